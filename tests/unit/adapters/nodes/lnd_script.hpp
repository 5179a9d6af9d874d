#pragma once
#include "adapters/nodes/lnd_node.hpp"
#include "adapters/nodes/node_call.hpp"
#include "language/language.hpp"
#include "tests/support/fake_http.hpp"
#include "tests/support/virtual_time.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace mcp::test {

inline constexpr Day kReportDay{std::chrono::days{20'782}}; // 2026-11-25
inline constexpr Time kReadAt = kReportDay + std::chrono::hours{6};
inline constexpr const char* kNodeKey = "03c8b0b4013d0e1931e3d35b033cee88711c06170c0151d4cb48140b12f5fe705d";
inline constexpr const char* kAlice = "025ee074fd1aecf65b5638b1befc650ad8df5a80830eb81413a199053cb958769d";
inline constexpr const char* kCarol = "034a5203fb7985f8db0e3f64389848533ca293e7085cd767ea151c545aa8b8fd05";
inline constexpr std::int64_t kNs = 1'000'000'000;

inline std::int64_t midnight(Day day) {
    return std::chrono::seconds{day.time_since_epoch()}.count();
}

/// A forward as LND keeps it.
struct KeptForward {
    std::int64_t at_ns = 0;
    std::uint64_t in = 1;
    std::uint64_t out = 2;
    std::int64_t amount_in = 0; ///< msat
    std::int64_t amount_out = 0;
};

inline boost::json::object event_of(const KeptForward& kept) {
    const auto text = [](auto number) { return std::to_string(number); };
    const std::int64_t fee = kept.amount_in - kept.amount_out;
    return {{"timestamp", text(kept.at_ns / kNs)},
            {"timestamp_ns", text(kept.at_ns)},
            {"chan_id_in", text(kept.in)},
            {"chan_id_out", text(kept.out)},
            {"amt_in", text(kept.amount_in / 1000)},
            {"amt_out", text(kept.amount_out / 1000)},
            {"fee", text(fee / 1000)},
            {"fee_msat", text(fee)},
            {"amt_in_msat", text(kept.amount_in)},
            {"amt_out_msat", text(kept.amount_out)}};
}

inline boost::json::object channel_of(std::uint64_t id, const char* peer, std::int64_t capacity, std::int64_t local) {
    const std::string txid = std::string(63, 'a') + std::to_string(id % 10);
    return {{"active", true},
            {"remote_pubkey", peer},
            {"channel_point", txid + ":" + std::to_string(id)},
            {"chan_id", std::to_string(id)},
            {"capacity", std::to_string(capacity)},
            {"local_balance", std::to_string(local)},
            {"remote_balance", std::to_string(capacity - local - 3470)},
            {"commit_fee", "2810"},
            {"fee_per_kw", "2500"},
            {"unsettled_balance", "0"},
            {"pending_htlcs", boost::json::array{}},
            {"private", false},
            {"initiator", true},
            {"local_chan_reserve_sat", std::to_string(capacity / 100)},
            {"remote_chan_reserve_sat", std::to_string(capacity / 100)},
            {"lifetime", "1000"},
            {"uptime", "900"}};
}

/// An LND that a test may change in every answer. It answers as the real one does: /v1/switch from its forwards, by
/// slice, offset and page.
class ScriptedLnd {
public:
    ScriptedLnd() {
        http.otherwise(replies());
        answers["/v1/state"] = R"({"state":"SERVER_ACTIVE"})";
        answers["/v1/getinfo"] = std::string(R"({"version":"0.18.2-beta","identity_pubkey":")") + kNodeKey +
                                 R"(","alias":"bob","block_height":900000,"synced_to_chain":true,)" +
                                 R"("synced_to_graph":true,"num_active_channels":2})";
        channels = {channel_of(1, kAlice, 2'000'000, 700'000), channel_of(2, kCarol, 3'000'000, 1'000'000)};
        answers["/v1/fees"] = R"({"channel_fees":[]})";
        answers["/v1/channels/pending"] =
            R"({"pending_open_channels":[],"waiting_close_channels":[],"pending_force_closing_channels":[]})";
        answers["/v1/channels/closed"] = R"({"channels":[]})";
        answers["/v1/balance/channels"] =
            R"({"balance":"1700000","local_balance":{"sat":"1700000","msat":"1700000530"},)"
            R"("remote_balance":{"sat":"3293060","msat":"3293060470"},)"
            R"("unsettled_local_balance":{"sat":"0","msat":"0"},"unsettled_remote_balance":{"sat":"0","msat":"0"}})";
        answers["/v1/balance/blockchain"] = R"({"total_balance":"50","confirmed_balance":"40",)"
                                            R"("unconfirmed_balance":"10","reserved_balance_anchor_chan":"20000"})";
        answers["/v1/peers"] = R"({"peers":[]})";
        answers["/v1/transactions"] = R"({"transactions":[]})";
    }

    /// This path gets that answer from now on.
    void says(const std::string& path, int status, std::string body) {
        answers[path] = std::move(body);
        statuses[path] = status;
    }
    void refuses(const std::string& path, const std::string& words = "permission denied") {
        says(path, 500, R"({"code":2,"message":")" + words + R"(","details":[]})");
    }

    [[nodiscard]] adapters::NodeTools tools() {
        return {.http = http,
                .timer = time.timer(),
                .clock = time.clock(),
                .work = time.pool(),
                .addresses = {.anywhere = true, .allowed = {}, .tor_proxy = {}}};
    }
    [[nodiscard]] ports::NodeAccess access() const {
        return {.kind = domain::NodeKind::lnd,
                .url = "https://node.example:8080",
                .secret = "0201036c6e64",
                .certificate = "-----BEGIN CERTIFICATE-----"};
    }
    [[nodiscard]] Result<domain::OwnNode> read(std::vector<domain::NodeDayFlow> known = {}, Day day = kReportDay) {
        const adapters::NodeTools with = tools();
        adapters::NodeCalls calls(with, access(), std::chrono::minutes{2});
        return time.run(adapters::read_lnd(std::move(calls), day, std::move(known)));
    }
    [[nodiscard]] Result<ports::NodeTrial> try_out() {
        const adapters::NodeTools with = tools();
        adapters::NodeCalls calls(with, access(), std::chrono::minutes{2});
        return time.run(adapters::try_lnd(std::move(calls)));
    }
    [[nodiscard]] Result<void> knock() {
        const adapters::NodeTools with = tools();
        adapters::NodeCalls calls(with, access(), std::chrono::minutes{2});
        return time.run(adapters::knock_lnd(std::move(calls)));
    }

    /// "GET /v1/getinfo", with its query, of each request.
    [[nodiscard]] std::vector<std::string> asked() const {
        std::vector<std::string> all;
        for (const ports::HttpRequest& request : http.requests()) {
            all.push_back(request.method + " " + request.url.substr(access().url.size()));
        }
        return all;
    }

    template <typename T>
    static std::string fault(const Result<T>& result) {
        return result ? "" : language::render(result.error(), language::Language::en);
    }

    /// How it answers, for tests that answer some requests themselves.
    [[nodiscard]] FakeHttp::Answer replies() {
        return [this](const ports::HttpRequest& request) { return answer(request); };
    }

    VirtualTime time{kReadAt};
    FakeHttp http;
    std::map<std::string, std::string> answers;
    std::map<std::string, int> statuses;
    std::vector<boost::json::object> channels;
    std::vector<KeptForward> forwards; ///< in order of time
    std::size_t page_max = 50'000;
    std::function<void()> before_page = [] {};

private:
    Result<ports::HttpResponse> answer(const ports::HttpRequest& request) {
        const std::string target = request.url.substr(access().url.size());
        const std::string path = target.substr(0, target.find('?'));
        const auto status = statuses.find(path);
        ports::HttpResponse response{
            .status = status == statuses.end() ? 200 : status->second, .headers = {}, .body = {}};
        if (answers.contains(path)) {
            response.body = answers.at(path);
        } else if (path == "/v1/channels") {
            response.body = boost::json::serialize(
                boost::json::object{{"channels", boost::json::array(channels.begin(), channels.end())}});
        } else if (path == "/v1/switch") {
            before_page();
            response.body = boost::json::serialize(page(boost::json::parse(request.body).as_object()));
        } else {
            response = {.status = 404, .headers = {}, .body = R"({"code":5,"message":"Not Found","details":[]})"};
        }
        return response;
    }

    boost::json::object page(const boost::json::object& asked) const {
        const auto number = [&asked](const char* name) {
            return asked.at(name).is_string() ? std::stoll(asked.at(name).as_string().c_str())
                                              : asked.at(name).to_number<std::int64_t>();
        };
        const std::int64_t from = number("start_time") * kNs;
        const std::int64_t to = number("end_time") * kNs; // the last instant, as the real one has it
        const auto offset = static_cast<std::size_t>(number("index_offset"));
        const std::size_t most = std::min(page_max, static_cast<std::size_t>(number("num_max_events")));
        boost::json::array events;
        std::size_t index = 0;
        for (const KeptForward& kept : forwards) {
            const bool is_inside = kept.at_ns >= from && kept.at_ns <= to;
            if (is_inside && index++ >= offset && events.size() < most) {
                events.emplace_back(event_of(kept));
            }
        }
        const std::size_t last = offset + events.size();
        return {{"forwarding_events", std::move(events)}, {"last_offset_index", last}};
    }
};

} // namespace mcp::test
