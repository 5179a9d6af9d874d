#include "flow/manners/verdict.hpp"

namespace mcp::flow {
namespace {

using ports::HttpRequest;
using ports::HttpResponse;

bool looks_like_a_failure(const HttpResponse& response) {
    return response.status == 429 || response.status >= 500;
}

bool is_failure(const HttpRequest& request, const HttpResponse& response) {
    return looks_like_a_failure(response) && !(request.is_answer && request.is_answer(response));
}

} // namespace

Verdict verdict_on(const HttpRequest& request, const Result<HttpResponse>& answer) {
    if (answer) {
        return is_failure(request, *answer) ? Verdict::passing : Verdict::well;
    }
    switch (answer.error().kind) {
    case ErrorKind::timeout:
    case ErrorKind::unavailable:
    case ErrorKind::rate_limited:
        return Verdict::passing;
    case ErrorKind::bad_upstream:
    case ErrorKind::unauthenticated:
    case ErrorKind::forbidden:
    case ErrorKind::not_found:
    case ErrorKind::conflict:
        return Verdict::lasting;
    case ErrorKind::invalid_input:
    case ErrorKind::cancelled:
    case ErrorKind::internal:
        return Verdict::nothing;
    }
    return Verdict::nothing;
}

std::string_view outcome_of(const HttpRequest& request, const Result<HttpResponse>& answer) {
    if (!answer) {
        switch (answer.error().kind) {
        case ErrorKind::timeout:
            return "timeout";
        case ErrorKind::unavailable:
            return "unreachable";
        case ErrorKind::bad_upstream:
            return "bad_answer";
        case ErrorKind::cancelled:
            return "cancelled";
        case ErrorKind::rate_limited:
        case ErrorKind::unauthenticated:
        case ErrorKind::forbidden:
        case ErrorKind::not_found:
        case ErrorKind::conflict:
        case ErrorKind::invalid_input:
        case ErrorKind::internal:
            break;
        }
        return "failed";
    }
    if (is_failure(request, *answer)) {
        return answer->status == 429 ? "slow_down" : "out_of_order";
    }
    return answer->status >= 300 && !looks_like_a_failure(*answer) ? "refused" : "answered";
}

} // namespace mcp::flow
