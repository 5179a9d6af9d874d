#pragma once
#include "api/gate.hpp"
#include "api/services.hpp"
#include "tests/support/fake_runs.hpp"
#include "tests/support/fake_store.hpp"
#include "tests/support/node_fakes.hpp"
#include "tests/support/service_fakes.hpp"
#include "tests/support/virtual_time.hpp"

#include <boost/json.hpp>
#include <map>
#include <set>
#include <string>
#include <string_view>

namespace mcp::test {

inline constexpr Time kMorning{std::chrono::sys_days{std::chrono::year{2025} / 10 / 25} + std::chrono::hours{10}};
inline constexpr std::string_view kAliceKey = "02000000000000000000000000000000000000000000000000000000000000000a";
inline constexpr std::string_view kBobKey = "03000000000000000000000000000000000000000000000000000000000000000b";

/// Takes "user", "user@tenant" and, for admins, "user!" for a token; "old" is one that has expired.
class FakeTokens final : public ports::TokenVerifier {
public:
    Result<ports::Caller> verify(std::string_view token, Time now) const override {
        ++checked;
        if (token == "old" || token.empty()) {
            return fail(ErrorKind::unauthenticated, {"http.no_token", {}});
        }
        const bool is_admin = token.ends_with('!');
        token.remove_suffix(is_admin ? 1 : 0);
        const std::size_t cut = token.find('@');
        return ports::Caller{.user_id = std::string(token.substr(0, cut)),
                             .tenant_id = std::string(cut == token.npos ? token : token.substr(cut + 1)),
                             .is_admin = is_admin,
                             .valid_until = now + good_for};
    }

    std::chrono::seconds good_for{3600};
    mutable int checked = 0;
};

/// All that the API stands on, in memory and in virtual time.
class ApiWorld {
public:
    VirtualTime time{kMorning};
    FakeStore store;
    FakeRuns runs;
    KeptAssets assets;
    KeptLog log;
    KeptMetrics metrics;
    SeededChance chance{1};
    FakeTokens tokens;
    TriedNode node{time};
    HexVault vault;
    WordCredentials credentials;
    PlainSignatures signatures;
    flow::Schedule schedule;
    Env env{time.clock(), time.timer(), log, metrics, chance, time.pool(), time.pool()};
    std::map<std::string, std::optional<Error>> parts = {{"store", std::nullopt}}; ///< what is not ready, and why

    std::set<std::string> not_needed; ///< of parts
    std::function<std::string()> metrics_text = [] { return "up 1\n"; };

    [[nodiscard]] api::Services services() {
        const api::NodePorts own_nodes{node, vault, credentials, signatures};
        api::Services given{env,          store, runs, schedule, tokens, assets, own_nodes, domain::Language::en,
                            metrics_text, {}};
        for (const auto& [part, fault] : parts) {
            auto check = [this, part = part]() -> Task<Result<void>> { return state_of(part); };
            given.readiness.push_back({part, std::move(check), !not_needed.contains(part)});
        }
        return given;
    }

    /// A user with a node and the daily report enabled.
    domain::User add_user(const std::string& id, std::string_view key, const std::string& tenant = "") {
        domain::User user{.id = id,
                          .tenant = tenant.empty() ? id : tenant,
                          .node = domain::PubKey::parse(key),
                          .language = domain::Language::en,
                          .daily_report = true,
                          .created_at = kMorning - std::chrono::days{10},
                          .updated_at = kMorning - std::chrono::days{10}};
        must(store.put_user(user));
        return user;
    }

    /// A report of `days_ago`, generated at 06:00 of its day. @return its id
    std::string add_report(const domain::User& user, int days_ago, ports::ReportEnd end = ports::ReportEnd::completed,
                           double seconds = 1) {
        const Day day = std::chrono::floor<std::chrono::days>(kMorning) - std::chrono::days{days_ago};
        std::string id =
            fmt::format("00000000-0000-5000-8000-{:08}{:04}", user.id.size() * 1000 + user.id[0], days_ago);
        const bool is_completed = end == ports::ReportEnd::completed;
        ports::FinishedReport finished;
        finished.report = {.report_id = id,
                           .user_id = user.id,
                           .tenant_id = user.tenant,
                           .report_date = day,
                           .generated_at = Time(day) + std::chrono::hours{6},
                           .end = end,
                           .document = std::make_shared<const std::string>(
                               fmt::format(R"({{"report_id": "{}", "generation_status": "{}", "days_ago": {}}})", id,
                                           is_completed ? "completed" : "failed", days_ago))};
        finished.node = user.node;
        finished.seconds = seconds;
        finished.failure = is_completed ? "" : "no graph";
        must(store.finish(finished));
        return id;
    }

    void must(Task<Result<void>> task) {
        if (!time.run(std::move(task))) {
            throw std::runtime_error("what a test prepares failed");
        }
    }

private:
    Task<Result<void>> state_of(std::string part) {
        ++asked;
        const std::optional<Error>& fault = parts.at(part);
        co_return fault ? Result<void>(fail(*fault)) : Result<void>();
    }

public:
    int asked = 0; ///< how often parts were asked whether they are ready
};

/// What a request asks for, and what it is answered by the gate: everything but sockets.
class GateWorld : public ApiWorld {
public:
    struct Ask {
        std::string method = "GET";
        std::string target;
        std::string token = {};
        std::string body = {};
        std::string content_type = {};
        std::string accept_language = {};
        std::string request_id = {};
        std::string forwarded_for = {};
        std::string origin = {};
        std::string wanted_method = {};
        std::string peer = "192.0.2.1";
        std::string authorization = {}; ///< instead of the token
        std::string content_encoding = {};
        std::string agent_key = {};
        std::string signature = {};
    };
    struct Answer {
        int status = 0;
        std::string text;
        api::Response response;
        api::Exchange exchange;

        [[nodiscard]] boost::json::object json() const { return boost::json::parse(text).as_object(); }
        [[nodiscard]] std::string detail() const { return std::string(json().at("detail").as_string()); }
    };

    api::ServerSettings settings;

    /// Begins anew with the present settings.
    void restart() {
        gate_.reset();
        api_.emplace(services());
        std::vector<IpNetwork> trusted;
        for (const std::string& text : settings.trusted_proxies) {
            trusted.push_back(IpNetwork::parse(text).value());
        }
        gate_.emplace(*api_, settings, trusted);
    }

    Answer ask(const Ask& ask) {
        if (!gate_) {
            restart();
        }
        const std::string authorization = !ask.authorization.empty() ? ask.authorization
                                          : ask.token.empty()        ? ""
                                                                     : "Bearer " + ask.token;
        const api::Head head{.method = ask.method,
                             .target = ask.target,
                             .peer = IpAddress::parse(ask.peer).value(),
                             .has_body = !ask.body.empty(),
                             .authorization = authorization,
                             .request_id = ask.request_id,
                             .accept_language = ask.accept_language,
                             .content_type = ask.content_type,
                             .content_encoding = ask.content_encoding,
                             .forwarded_for = ask.forwarded_for,
                             .origin = ask.origin,
                             .wanted_method = ask.wanted_method,
                             .agent_key = ask.agent_key,
                             .signature = ask.signature};
        Answer answer;
        std::optional<api::Response> response = gate_->admit(head, answer.exchange);
        if (!response) {
            response = time.run(gate_->look_before(answer.exchange));
        }
        if (!response) {
            answer.exchange.request.body = ask.body;
            response = time.run(gate_->answer(answer.exchange));
        }
        answer.exchange.request.turn.reset(); // as the connection lets go of what it answered
        gate_->finish(answer.exchange, *response, std::chrono::milliseconds{1});
        answer.status = response->status;
        answer.text = response->body.text();
        answer.response = std::move(*response);
        return answer;
    }
    Answer get(const std::string& target, const std::string& token = "") {
        return ask({.target = target, .token = token});
    }
    Answer post(const std::string& target, const std::string& token, const std::string& body = "") {
        return ask(
            {.method = "POST", .target = target, .token = token, .body = body, .content_type = "application/json"});
    }
    Answer put(const std::string& target, const std::string& token, const std::string& body = "") {
        return ask(
            {.method = "PUT", .target = target, .token = token, .body = body, .content_type = "application/json"});
    }

private:
    std::optional<api::Api> api_;
    std::optional<api::Gate> gate_;
};

} // namespace mcp::test
