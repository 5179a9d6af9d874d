#include "api/problem.hpp"

#include "base/iso_time.hpp"
#include "base/json_text.hpp"
#include "language/language.hpp"

#include <boost/json.hpp>
#include <optional>
#include <variant>

namespace mcp::api {
namespace {

Response problem_saying(int status, std::string_view detail, const Occasion& occasion) {
    const boost::json::object shape{{"detail", detail},
                                    {"status_code", status},
                                    {"timestamp", iso_time(occasion.now)},
                                    {"request_id", occasion.request_id}};
    Response response;
    response.status = status;
    response.body.add(json_text(shape));
    response.headers.push_back({"Vary", "Accept-Language"});
    return response;
}

/// How long to wait, where the reason says so.
std::optional<std::chrono::seconds> told_wait(const Message& reason) {
    for (const MessageArg& arg : reason.args) {
        const auto* seconds = std::get_if<std::int64_t>(&arg.value);
        if (arg.name == "seconds" && seconds != nullptr) {
            return std::chrono::seconds{*seconds};
        }
    }
    return std::nullopt;
}

void tell_when_to_retry(Response& response, std::chrono::seconds wait) {
    response.headers.push_back({"Retry-After", std::to_string(wait.count())});
}

} // namespace

int status_of(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::invalid_input:
        return 400;
    case ErrorKind::unauthenticated:
        return 401;
    case ErrorKind::forbidden:
        return 403;
    case ErrorKind::not_found:
        return 404;
    case ErrorKind::conflict:
        return 409;
    case ErrorKind::rate_limited:
        return 429;
    case ErrorKind::timeout:
    case ErrorKind::unavailable:
    case ErrorKind::bad_upstream:
    case ErrorKind::cancelled:
        return 503;
    case ErrorKind::internal:
        return 500;
    }
    return 500;
}

Response problem(int status, const Message& detail, const Occasion& occasion) {
    return problem_saying(status, language::render(detail, occasion.language), occasion);
}

Response problem(const Error& error, const Occasion& occasion) {
    const int status = status_of(error.kind);
    if (status == 500) {
        return problem(status, {"http.internal", {{"id", std::string(occasion.request_id)}}}, occasion);
    }
    if (status == 503) {
        Response response =
            problem(status, {"http.unavailable", {{"seconds", std::int64_t{kRetryAfter.count()}}}}, occasion);
        tell_when_to_retry(response, kRetryAfter);
        return response;
    }
    if (status == 401) {
        return unauthorized(error.what, true, occasion);
    }
    Response response = problem_saying(status, language::render(error, occasion.language), occasion);
    if (status == 429) {
        tell_when_to_retry(response, told_wait(error.what).value_or(kRetryAfter));
    }
    return response;
}

Response too_many_requests(std::chrono::seconds wait, const Occasion& occasion) {
    Response response = problem(429, {"http.too_many_requests", {{"seconds", std::int64_t{wait.count()}}}}, occasion);
    tell_when_to_retry(response, wait);
    return response;
}

Response unauthorized(const Message& reason, bool had_token, const Occasion& occasion) {
    Response response = problem(401, reason, occasion);
    response.headers.push_back({"WWW-Authenticate", had_token ? R"(Bearer realm="mcp-api", error="invalid_token")"
                                                              : R"(Bearer realm="mcp-api")"});
    return response;
}

Response method_not_allowed(std::string_view allowed, const Occasion& occasion) {
    Response response = problem(405, {"http.method_not_allowed", {{"allowed", std::string(allowed)}}}, occasion);
    response.headers.push_back({"Allow", std::string(allowed)});
    return response;
}

} // namespace mcp::api
