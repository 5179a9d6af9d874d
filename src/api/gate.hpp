#pragma once
#include "api/api.hpp"
#include "api/problem.hpp"
#include "api/rate_limiter.hpp"
#include "api/router.hpp"
#include "api/settings.hpp"
#include "api/token_cache.hpp"
#include "base/ip_address.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::api {

/// What a request says before its body. Views: valid until admit() comes back.
struct Head {
    std::string_view method;
    std::string_view target;
    IpAddress peer;
    bool has_body = false;
    std::string_view authorization = {};
    std::string_view request_id = {};
    std::string_view accept_language = {};
    std::string_view content_type = {};
    std::string_view content_encoding = {};
    std::string_view forwarded_for = {};
    std::string_view origin = {};
    std::string_view wanted_method = {}; ///< Access-Control-Request-Method
    std::string_view agent_key = {};
    std::string_view signature = {};
};

/// A request on its way through the service.
struct Exchange {
    Request request;
    Method method = Method::other;
    std::string_view label = "other"; ///< template of its path, for metrics: bounded, whatever clients ask for
    std::string_view cors_origin;     ///< that the answer is open to; empty: to none
    IpAddress client;
};

/// What every request passes, in the order of ARCHITECTURE section 3, without any socket: row of the table, id, rate,
/// caller, right, handler, status, metrics, one line in the log.
class Gate {
public:
    /// @param settings outlives the gate   @param trusted networks of the proxies that are believed
    Gate(Api& api, const ServerSettings& settings, std::vector<IpNetwork> trusted);

    /// Takes a request in. @return nothing when its body may be read and answer() called, else the answer already:
    /// a refusal, or one that needs no handler
    [[nodiscard]] std::optional<Response> admit(const Head& head, Exchange& exchange);
    /// What must be known before its body is read. @return a refusal, or nothing   @pre admit() let it in
    [[nodiscard]] Task<std::optional<Response>> look_before(Exchange& exchange);
    /// Never throws but what is no std::exception. @pre look_before() let it in, and its body is in
    /// `exchange.request.body`
    [[nodiscard]] Task<Response> answer(Exchange& exchange);
    /// A refusal for a reason that only the server sees. @param bound that was broken, for metrics; a literal
    [[nodiscard]] Response refuse(const Exchange& exchange, int status, const Message& reason, std::string_view bound);
    /// Gives a request, of which perhaps nothing could be read, its id, time and language.
    void begin(const Head& head, Exchange& exchange);
    /// Counts and logs an answer that is on its way.
    void finish(const Exchange& exchange, const Response& response, Timer::Span took) const;

private:
    [[nodiscard]] Occasion occasion(const Exchange& exchange) const;
    [[nodiscard]] std::string next_id();
    [[nodiscard]] std::string_view allowed_origin(std::string_view origin) const;
    [[nodiscard]] Response options_answer(const Head& head, const Exchange& exchange, std::string_view allowed) const;
    [[nodiscard]] std::optional<Response> check_rate(std::uint64_t client, const Exchange& exchange);
    [[nodiscard]] std::optional<Response> check_caller(const Head& head, Exchange& exchange);
    [[nodiscard]] std::optional<Response> identify(std::string_view token, Exchange& exchange);
    [[nodiscard]] std::optional<Response> check_content(const Head& head, const Exchange& exchange) const;
    [[nodiscard]] Response failed(const Exchange& exchange, const Error& error);
    [[nodiscard]] Response broken(const Exchange& exchange, std::string_view fault);
    void log_failure(const Exchange& exchange, std::string_view fault);

    Api& api_;
    const ServerSettings& settings_;
    std::vector<IpNetwork> trusted_;
    Router router_;
    RateLimiter limiter_;
    TokenCache tokens_;
    std::uint64_t next_id_;
};

} // namespace mcp::api
