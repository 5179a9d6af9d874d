#include "api/gate.hpp"

#include "api/accept_language.hpp"
#include "api/client_address.hpp"
#include "api/target.hpp"
#include "language/language.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace mcp::api {
namespace {

constexpr std::size_t kTokensKept = 4096;
constexpr std::string_view kAllMethods = "GET, HEAD, POST, PUT, DELETE, OPTIONS";
constexpr std::string_view kOpenHeaders = "Authorization, Content-Type, Accept-Language, X-Request-ID";

bool is_id_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
}

/// Scripts search the log for these words (CONTRACT section 1): no client may plant them there by an id.
bool holds_word_of_log(std::string_view id) {
    constexpr std::array<std::string_view, 4> kWords = {"generation_duration", "daily_report", "ERROR", "scheduler"};
    return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) { return id.find(word) != id.npos; });
}

bool is_sane_id(std::string_view id) {
    constexpr std::size_t kIdMax = 64;
    return !id.empty() && id.size() <= kIdMax && std::all_of(id.begin(), id.end(), is_id_letter) &&
           !holds_word_of_log(id);
}

bool equals_ignoring_case(std::string_view a, std::string_view small) {
    return a.size() == small.size() && std::equal(a.begin(), a.end(), small.begin(), [](char x, char y) {
               return (x >= 'A' && x <= 'Z' ? static_cast<char>(x | 0x20) : x) == y;
           });
}

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    const std::size_t last = text.find_last_not_of(" \t");
    return first == text.npos ? std::string_view() : text.substr(first, last - first + 1);
}

/// The token of "Bearer TOKEN".
std::optional<std::string_view> bearer_token(std::string_view authorization) {
    const std::size_t space = authorization.find(' ');
    if (space == authorization.npos || !equals_ignoring_case(authorization.substr(0, space), "bearer")) {
        return std::nullopt;
    }
    return trimmed(authorization.substr(space));
}

/// Whether a Content-Type is JSON in UTF-8; one that is left out is taken for it.
bool is_json_type(std::string_view type) {
    const std::size_t semicolon = type.find(';');
    const std::string_view media = trimmed(type.substr(0, semicolon));
    if (!media.empty() && !equals_ignoring_case(media, kJson)) {
        return false;
    }
    const std::string_view parameter = semicolon == type.npos ? "" : trimmed(type.substr(semicolon + 1));
    constexpr std::string_view kCharset = "charset=";
    if (parameter.size() < kCharset.size() || !equals_ignoring_case(parameter.substr(0, kCharset.size()), kCharset)) {
        return true;
    }
    const std::string_view charset = parameter.substr(kCharset.size());
    return equals_ignoring_case(charset, "utf-8") || equals_ignoring_case(charset, "\"utf-8\"") ||
           equals_ignoring_case(charset, "utf8");
}

std::uint64_t client_of(const ports::Caller& caller) {
    const std::hash<std::string_view> hash;
    return hash(caller.user_id) ^ hash(caller.tenant_id) * 0x9E3779B97F4A7C15ULL;
}

/// Whole seconds to wait, at least one.
std::chrono::seconds whole_seconds(Timer::Span wait) {
    return std::max(std::chrono::ceil<std::chrono::seconds>(wait), std::chrono::seconds{1});
}

} // namespace

Gate::Gate(Api& api, const ServerSettings& settings, std::vector<IpNetwork> trusted)
    : api_(api), settings_(settings), trusted_(std::move(trusted)), router_(routes()),
      limiter_(settings.rate_limit_per_minute, api.services.env.chance.bits()), tokens_(kTokensKept),
      next_id_(api.services.env.chance.bits()) {}

Occasion Gate::occasion(const Exchange& exchange) const {
    return {exchange.request.language, exchange.request.id, exchange.request.now};
}

/// Each one once, in no order that tells how many there were: a bijection of a counter that begins anywhere.
std::string Gate::next_id() {
    std::uint64_t bits = next_id_ += 0x9E3779B97F4A7C15ULL;
    bits = (bits ^ bits >> 30) * 0xBF58476D1CE4E5B9ULL;
    bits = (bits ^ bits >> 27) * 0x94D049BB133111EBULL;
    return fmt::format("{:016x}", bits ^ bits >> 31);
}

void Gate::begin(const Head& head, Exchange& exchange) {
    exchange.request.id = is_sane_id(head.request_id) ? std::string(head.request_id) : next_id();
    exchange.request.now = api_.services.env.clock.now();
    exchange.request.language = accepted_language(head.accept_language, api_.services.default_language);
    exchange.method = parse_method(head.method);
    exchange.client = client_address(head.peer, head.forwarded_for, trusted_);
    exchange.cors_origin = allowed_origin(head.origin);
}

std::string_view Gate::allowed_origin(std::string_view origin) const {
    if (origin.empty()) {
        return {};
    }
    for (const std::string& known : settings_.cors_origins) {
        if (known == "*" || known == origin) {
            return known;
        }
    }
    return {};
}

std::optional<Response> Gate::admit(const Head& head, Exchange& exchange) {
    begin(head, exchange);
    std::optional<Target> target = parse_target(head.target);
    if (!target || (target->is_asterisk && exchange.method != Method::options)) {
        return problem(400, {"http.bad_target", {}}, occasion(exchange));
    }
    Router::Match match = router_.find(exchange.method, target->segments);
    if (!match.path.empty()) {
        exchange.label = match.path;
    }
    if (match.route == nullptr) {
        if (std::optional<Response> refusal = check_rate(exchange.client.client(), exchange)) {
            return refusal;
        }
        if (exchange.method == Method::options && (target->is_asterisk || !match.path.empty())) {
            return options_answer(head, exchange, target->is_asterisk ? kAllMethods : match.allowed);
        }
        return match.path.empty() ? problem(404, {"http.no_such_path", {}}, occasion(exchange))
                                  : method_not_allowed(match.allowed, occasion(exchange));
    }
    exchange.request.route = match.route;
    exchange.request.path = std::move(match.values);
    exchange.request.query = std::move(target->query);
    exchange.request.agent_key = head.agent_key;
    exchange.request.signature = head.signature;
    if (std::optional<Response> refusal = check_caller(head, exchange)) {
        return refusal;
    }
    return check_content(head, exchange);
}

Response Gate::options_answer(const Head& head, const Exchange& exchange, std::string_view allowed) const {
    Response response;
    response.status = 204;
    response.headers.push_back({"Allow", std::string(allowed)});
    if (!exchange.cors_origin.empty() && !head.wanted_method.empty()) {
        response.headers.push_back({"Access-Control-Allow-Methods", std::string(allowed)});
        response.headers.push_back({"Access-Control-Allow-Headers", std::string(kOpenHeaders)});
        response.headers.push_back({"Access-Control-Max-Age", "600"});
    }
    return response;
}

std::optional<Response> Gate::check_rate(std::uint64_t client, const Exchange& exchange) {
    const std::optional<Timer::Span> wait = limiter_.take(client, api_.services.env.timer.now());
    return wait ? std::optional(too_many_requests(whole_seconds(*wait), occasion(exchange))) : std::nullopt;
}

std::optional<Response> Gate::check_caller(const Head& head, Exchange& exchange) {
    const Route& route = *exchange.request.route;
    const std::uint64_t address = exchange.client.client();
    if (route.access == Access::open) {
        return route.is_limited ? check_rate(address, exchange) : std::nullopt;
    }
    const std::optional<std::string_view> token = bearer_token(head.authorization);
    if (!token) {
        std::optional<Response> refusal = check_rate(address, exchange);
        return refusal ? std::move(refusal) : unauthorized({"http.no_token", {}}, false, occasion(exchange));
    }
    if (std::optional<Response> refusal = identify(*token, exchange)) {
        return refusal;
    }
    if (std::optional<Response> refusal = check_rate(client_of(*exchange.request.caller), exchange)) {
        return refusal;
    }
    if (route.access == Access::admin && !exchange.request.caller->is_admin) {
        return problem(403, {"http.not_admin", {}}, occasion(exchange));
    }
    return std::nullopt;
}

/// Who an unknown token is from costs a signature check, so its address must have requests left, and pays for a bad
/// one.
std::optional<Response> Gate::identify(std::string_view token, Exchange& exchange) {
    Request& request = exchange.request;
    request.caller = tokens_.find(token, request.now);
    if (request.caller) {
        return std::nullopt;
    }
    const std::uint64_t address = exchange.client.client();
    if (const std::optional<Timer::Span> wait = limiter_.look(address, api_.services.env.timer.now())) {
        return too_many_requests(whole_seconds(*wait), occasion(exchange));
    }
    Result<ports::Caller> verified = api_.services.tokens.verify(token, request.now);
    if (!verified) {
        std::optional<Response> refusal = check_rate(address, exchange);
        return refusal ? std::move(refusal) : unauthorized(verified.error().what, true, occasion(exchange));
    }
    request.caller = tokens_.keep(token, std::move(*verified));
    return std::nullopt;
}

std::optional<Response> Gate::check_content(const Head& head, const Exchange& exchange) const {
    const bool is_read = exchange.request.route->body_use != BodyUse::none && head.has_body;
    if (!is_read) {
        return std::nullopt;
    }
    const bool is_packed = !head.content_encoding.empty() && !equals_ignoring_case(head.content_encoding, "identity");
    if (is_packed || !is_json_type(head.content_type)) {
        return problem(415, {"http.not_json", {}}, occasion(exchange));
    }
    return std::nullopt;
}

Task<std::optional<Response>> Gate::look_before(Exchange& exchange) {
    Request& request = exchange.request;
    if (request.route->guard == nullptr) {
        co_return std::nullopt;
    }
    std::string fault;
    try {
        Task<Result<std::optional<Response>>> looking = request.route->guard(api_, request);
        Result<std::optional<Response>> refusal = co_await std::move(looking);
        co_return refusal ? std::move(*refusal) : failed(exchange, refusal.error());
    } catch (const std::exception& thrown) {
        fault = thrown.what();
    }
    co_return broken(exchange, fault);
}

Response Gate::failed(const Exchange& exchange, const Error& error) {
    if (status_of(error.kind) >= 500) {
        log_failure(exchange, language::render(error, language::Language::en));
    }
    return problem(error, occasion(exchange));
}

Task<Response> Gate::answer(Exchange& exchange) {
    const Request& request = exchange.request;
    std::string fault;
    try {
        Task<Result<Response>> handled = request.route->handler(api_, request);
        Result<Response> result = co_await std::move(handled);
        co_return result ? std::move(*result) : failed(exchange, result.error());
    } catch (const std::exception& thrown) {
        fault = thrown.what();
    }
    co_return broken(exchange, fault);
}

Response Gate::broken(const Exchange& exchange, std::string_view fault) {
    log_failure(exchange, fault);
    return problem(500, {"http.internal", {{"id", exchange.request.id}}}, occasion(exchange));
}

void Gate::log_failure(const Exchange& exchange, std::string_view fault) {
    const std::string text =
        fmt::format("{} {} failed: {} (request {})", name(exchange.method), exchange.label, fault, exchange.request.id);
    api_.services.env.log.write(LogLevel::error, "http", text);
}

Response Gate::refuse(const Exchange& exchange, int status, const Message& reason, std::string_view bound) {
    api_.services.env.metrics.count(Metric::http_refused, {bound});
    Response response = problem(status, reason, occasion(exchange));
    if (status == 503) {
        response.headers.push_back({"Retry-After", std::to_string(kRetryAfter.count())});
    }
    return response;
}

void Gate::finish(const Exchange& exchange, const Response& response, Timer::Span took) const {
    const Env& env = api_.services.env;
    const std::array<char, 3> status = {static_cast<char>('0' + response.status / 100),
                                        static_cast<char>('0' + response.status / 10 % 10),
                                        static_cast<char>('0' + response.status % 10)};
    const std::string_view status_text(status.data(), status.size());
    const double seconds = std::chrono::duration<double>(took).count();
    env.metrics.count(Metric::http_requests, {exchange.label, name(exchange.method), status_text});
    env.metrics.observe(Metric::http_duration, seconds, {exchange.label});
    if (!settings_.access_log) {
        return;
    }
    // The path as it was asked for does not come here: clients could write into the log what scripts look for.
    const auto bytes = static_cast<std::int64_t>(response.body.size());
    const std::string text =
        fmt::format("{} {} {} in {:.1f} ms, {} bytes, from {}, request {}", name(exchange.method), exchange.label,
                    response.status, seconds * 1e3, bytes, exchange.client.text(), exchange.request.id);
    env.log.write(LogLevel::info, "http", text,
                  {{"method", std::string(name(exchange.method))},
                   {"route", std::string(exchange.label)},
                   {"status", std::int64_t{response.status}},
                   {"seconds", seconds},
                   {"bytes", bytes},
                   {"client", exchange.client.text()},
                   {"request_id", exchange.request.id}});
}

} // namespace mcp::api
