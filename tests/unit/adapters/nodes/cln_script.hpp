#pragma once
#include "adapters/nodes/cln_node.hpp"
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
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace mcp::test {

inline constexpr Day kClnDay{std::chrono::days{20'782}}; // 2026-11-25
inline constexpr Time kClnReadAt = kClnDay + std::chrono::hours{6};
inline constexpr const char* kClnKey = "033845802d25b4e074ccfd7cd8b339a41dc75bf9978a034800444b51d42b07799a";
inline constexpr const char* kClnPeer = "038194b5f32bdf0aa59812c86c4ef7ad2f294104fa027d1ace9b469bb6f88cf37b";

/// Seconds since 1970 at the beginning of a day.
inline std::int64_t cln_midnight(Day day) {
    return std::chrono::seconds{day.time_since_epoch()}.count();
}

/// "aa..a7", as long as a transaction's id.
inline std::string cln_txid(unsigned number) {
    const std::string digits = std::to_string(number);
    return std::string(64 - digits.size(), 'a') + digits;
}

/// A forward as Core Lightning keeps it; times are JSON text, empty ones are left out.
struct ClnKept {
    std::uint64_t index = 0;
    std::string received;
    std::string resolved = {};
    std::string status = "settled";
    std::string in = "116x1x1";
    std::string out = "130x1x0"; ///< empty: not known
    std::uint64_t htlc = 0;
    std::int64_t amount_in = 10'001;
    std::int64_t amount_out = 10'000;

    [[nodiscard]] std::string text(bool has_index) const {
        std::string row = "{";
        row += has_index ? "\"created_index\":" + std::to_string(index) + "," : "";
        row += "\"in_channel\":\"" + in + "\",\"in_htlc_id\":" + std::to_string(htlc);
        row += ",\"in_msat\":" + std::to_string(amount_in) + ",\"status\":\"" + status + "\"";
        row += out.empty() ? "" : ",\"out_channel\":\"" + out + "\"";
        if (status == "settled" || status == "failed" || status == "offered") {
            row += ",\"out_msat\":" + std::to_string(amount_out);
            row += ",\"fee_msat\":" + std::to_string(amount_in - amount_out);
        }
        row += received.empty() ? "" : ",\"received_time\":" + received;
        row += resolved.empty() ? "" : ",\"resolved_time\":" + resolved;
        return row + "}";
    }
};

inline boost::json::object cln_channel(unsigned number) {
    return boost::json::parse(R"({"peer_id":")" + std::string(kClnPeer) +
                              R"(","peer_connected":true,)"
                              R"("reestablished":true,"state":"CHANNELD_NORMAL","private":false,"opener":"local",)"
                              R"("short_channel_id":")" +
                              std::to_string(100 + number) +
                              R"(x1x0",)"
                              R"("alias":{"local":"777x)" +
                              std::to_string(number) +
                              R"(x1"},)"
                              R"("funding_txid":")" +
                              cln_txid(number) +
                              R"(","funding_outnum":0,)"
                              R"("total_msat":1000000000,"to_us_msat":600000000,"our_reserve_msat":10000000,)"
                              R"("their_reserve_msat":10000000,"spendable_msat":590000000,)"
                              R"("receivable_msat":390000000,"htlcs":[],)"
                              R"("updates":{"local":{"fee_base_msat":1,"fee_proportional_millionths":10}}})")
        .as_object();
}

inline std::string cln_list(const char* name, const std::vector<boost::json::object>& entries) {
    return boost::json::serialize(boost::json::object{{name, boost::json::array(entries.begin(), entries.end())}});
}

/// A Core Lightning behind clnrest that a test may change in every answer. listforwards is answered as by the real
/// one, by index, start and limit.
class ScriptedCln {
public:
    ScriptedCln() {
        http.otherwise([this](const ports::HttpRequest& request) { return answer(request); });
        answers["getinfo"] = std::string(R"({"id":")") + kClnKey +
                             R"(","alias":"cln","version":"v25.09",)"
                             R"("blockheight":900000,"num_active_channels":2,"num_inactive_channels":0})";
        answers["listpeerchannels"] = cln_list("channels", {cln_channel(1), cln_channel(2)});
        answers["listclosedchannels"] = R"({"closedchannels":[]})";
        answers["listfunds"] = R"({"outputs":[],"channels":[]})";
        answers["listpeers"] = std::string(R"({"peers":[{"id":")") + kClnPeer + R"(","connected":true}]})";
        answers["bkpr-listincome"] = R"({"income_events":[]})";
    }

    void refuses(const std::string& method, int status = 401, std::int64_t code = 1502,
                 const std::string& words = "Not permitted: method does not satisfy that") {
        refusals[method] = {.status = status,
                            .headers = {},
                            .body = R"({"code":)" + std::to_string(code) + R"(,"message":")" + words + R"("})"};
    }

    [[nodiscard]] adapters::NodeCalls calls(Timer::Span time_max = std::chrono::minutes{2}) {
        tools_.emplace(adapters::NodeTools{.http = http,
                                           .timer = time.timer(),
                                           .clock = time.clock(),
                                           .work = time.pool(),
                                           .addresses = {.anywhere = true, .allowed = {}, .tor_proxy = {}}});
        ports::NodeAccess access{.kind = domain::NodeKind::cln,
                                 .url = "https://cln.example:3010",
                                 .secret = "abcDEF-_=",
                                 .certificate = "-----BEGIN CERTIFICATE-----"};
        return adapters::NodeCalls(*tools_, std::move(access), time_max);
    }
    [[nodiscard]] Result<domain::OwnNode> read(std::vector<domain::NodeDayFlow> known = {}) {
        return time.run(adapters::read_cln(calls(), kClnDay, std::move(known)));
    }
    [[nodiscard]] Result<ports::NodeTrial> try_out() { return time.run(adapters::try_cln(calls())); }
    [[nodiscard]] Result<void> knock() { return time.run(adapters::knock_cln(calls())); }

    /// How often a method was asked.
    [[nodiscard]] std::size_t asked(const std::string& method) const {
        const auto& all = http.requests();
        return static_cast<std::size_t>(std::count_if(
            all.begin(), all.end(), [&](const ports::HttpRequest& request) { return method_of(request) == method; }));
    }

    template <typename T>
    static std::string fault(const Result<T>& result) {
        return result ? "" : language::render(result.error(), language::Language::en);
    }

    static std::string method_of(const ports::HttpRequest& request) {
        return request.url.substr(std::string("https://cln.example:3010/v1/").size());
    }

    VirtualTime time{kClnReadAt};
    FakeHttp http;
    std::map<std::string, std::string> answers;
    std::map<std::string, ports::HttpResponse> refusals;
    std::vector<ClnKept> forwards; ///< ascending by index
    bool has_index = true;         ///< since v23.11
    std::function<void()> before_page = [] {};
    std::function<std::optional<ports::HttpResponse>()> gate = [] { return std::nullopt; };

private:
    Result<ports::HttpResponse> answer(const ports::HttpRequest& request) {
        const std::string method = method_of(request);
        if (std::optional<ports::HttpResponse> barred = gate()) {
            return std::move(*barred);
        }
        if (const auto refused = refusals.find(method); refused != refusals.end()) {
            return refused->second;
        }
        ports::HttpResponse response{.status = 201, .headers = {}, .body = {}};
        if (method == "listforwards") {
            return page(boost::json::parse(request.body).as_object());
        }
        response.body = answers.at(method);
        return response;
    }

    ports::HttpResponse page(const boost::json::object& asked) {
        const bool is_paged = asked.contains("index");
        if (is_paged && !has_index) {
            return {.status = 500, .headers = {}, .body = R"({"code":-32602,"message":"unknown parameter: index"})"};
        }
        before_page();
        const std::uint64_t start = is_paged ? asked.at("start").to_number<std::uint64_t>() : 0;
        const std::size_t limit = is_paged ? asked.at("limit").to_number<std::size_t>() : forwards.size();
        std::string rows;
        std::size_t count = 0;
        for (const ClnKept& kept : forwards) {
            const bool is_other = asked.contains("in_channel") && asked.at("in_channel").as_string() != kept.in;
            if (kept.index >= start && count < limit && !is_other) {
                rows += (rows.empty() ? "" : ",") + kept.text(has_index);
                ++count;
            }
        }
        return {.status = 201, .headers = {}, .body = "{\"forwards\":[" + rows + "]}"};
    }

    std::optional<adapters::NodeTools> tools_;
};

} // namespace mcp::test
