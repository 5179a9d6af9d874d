#pragma once
#include "base/json/document.hpp"
#include "domain/pub_key.hpp"
#include "ports/http_client.hpp"
#include "tests/support/virtual_time.hpp"

#include <algorithm>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::sim {

/// What goes wrong with a provider.
enum class Trouble { none, timeout, refused, too_many, garbage, partial, lies };

/// mempool.space ("http://mempool.test") and Amboss ("http://amboss.test") as they answer over HTTP: of every node the
/// same figures, which are theirs alone.
class FakeProviders final : public ports::HttpClient {
public:
    explicit FakeProviders(test::VirtualTime& time) : time_(time) {}

    std::map<std::string, Trouble, std::less<>> trouble; ///< by host
    Timer::Span takes = std::chrono::milliseconds{200};
    std::vector<std::pair<Time, std::string>> asked; ///< when and where to

    [[nodiscard]] Task<Result<ports::HttpResponse>> send(ports::HttpRequest request) override {
        const std::string url = request.url;
        asked.emplace_back(time_.now(), url);
        const Trouble now = trouble_at(url);
        if (now == Trouble::timeout) {
            co_await time_.timer().wait(request.time_max);
            co_return fail(ErrorKind::timeout, {"outside.cut_off", {}});
        }
        co_await time_.timer().wait(takes);
        if (now == Trouble::refused) {
            co_return fail(ErrorKind::unavailable, {"outside.cut_off", {}});
        }
        ports::HttpResponse response{.status = now == Trouble::too_many ? 429 : 200, .headers = {}, .body = {}};
        if (now == Trouble::garbage || now == Trouble::too_many) {
            response.body = "<html>Just a moment...</html>";
            co_return response;
        }
        response.body = url.find("amboss") != url.npos ? amboss(request.body, now == Trouble::lies)
                                                       : mempool(url, now == Trouble::lies);
        if (now == Trouble::partial) {
            response.body.resize(response.body.size() / 2);
        }
        co_return response;
    }

private:
    [[nodiscard]] Trouble trouble_at(std::string_view url) const {
        for (const auto& [host, what] : trouble) {
            if (url.find(host) != url.npos) {
                return what;
            }
        }
        return Trouble::none;
    }

    [[nodiscard]] std::string mempool(std::string_view url, bool lies) const {
        const auto is = [url](std::string_view part) { return url.find(part) != url.npos; };
        const std::int64_t now = time_.now().time_since_epoch().count();
        if (is("/fees/")) {
            return fmt::format(R"({{"fastestFee":{},"halfHourFee":3,"hourFee":2.5,"economyFee":1,"minimumFee":0.1}})",
                               lies ? -7 : 4);
        }
        if (is("/prices")) {
            return fmt::format(R"({{"time":{},"USD":{},"EUR":55555}})", now, lies ? "1e30" : "66666");
        }
        if (is("/statistics/latest")) {
            return fmt::format(R"({{"latest":{{"id":1,"added":"{:%Y-%m-%d}T00:00:00.000Z","channel_count":{},)"
                               R"("node_count":16237,"total_capacity":379451516560,"med_capacity":2042066,)"
                               R"("med_fee_rate":100}}}})",
                               time_.now(), lies ? "-32674" : "32674");
        }
        if (is("/channels?")) {
            return lies ? R"([{"status":1,"closing_reason":null,"capacity":59200000,"short_id":"831726x2879x0"}])"
                        : "[]";
        }
        if (is("/statistics")) {
            return fmt::format(
                R"([{{"added":{},"capacity":31505027,"channels":777}},{{"added":{},"capacity":{},"channels":770}}])",
                now, now - 8 * 86'400, lies ? "-1" : "31000000");
        }
        const std::string_view key = url.substr(url.rfind('/') + 1);
        return fmt::format(R"({{"public_key":"{}","alias":"m","first_seen":1521504055,"updated_at":1661869523,)"
                           R"("active_channel_count":777,"capacity":"31505027","closed_channel_count":111}})",
                           lies ? "02" + std::string(64, 'f') : std::string(key));
    }

    [[nodiscard]] static std::string amboss(std::string_view body, bool lies) {
        const Result<json::Document> request = json::Document::parse(body);
        if (!request) {
            throw std::logic_error("Amboss was sent no JSON");
        }
        const json::Cursor variables = request->root().at("variables");
        const std::vector<std::string> names = variables.names();
        if (names.empty()) {
            return fmt::format(
                R"({{"data":{{"getNetworkMetrics":{{"historical_snapshots":{{"nodes":{{"active":"13733"}},)"
                R"("channels":{{"channel_metrics":{{"count":"{}","sum":"500000000000",)"
                R"("median":"2000000"}},"fee_rate_metrics":{{"median":"50"}}}}}}}}}}}})",
                lies ? "-36216" : "36216");
        }
        std::string nodes;
        for (std::size_t i = 0; i < names.size(); ++i) {
            const std::string key(variables.at(fmt::format("p{}", i)).as_string().value());
            nodes += fmt::format(R"({}"n{}":{{"graph_info":{{"last_update":"2026-02-27T15:54:27.395Z",)"
                                 R"("node":{{"alias":"a","pub_key":"{}"}},"metrics":{{"capacity":"30000000",)"
                                 R"("capacity_rank":5,"channels":"888","channels_rank":6}},)"
                                 R"("channels":{{"fee_info":{{"local":{{"median":"250","weighted":"300.5"}},)"
                                 R"("remote":{{"median":"100","weighted":"120"}}}}}},)"
                                 R"("closed_channels":{{"total_count":"0","list":[]}}}}}})",
                                 i == 0 ? "" : ",", i, lies ? "02" + std::string(64, 'f') : key);
        }
        return R"({"data":{)" + nodes + "}}";
    }

    test::VirtualTime& time_;
};

} // namespace mcp::sim
