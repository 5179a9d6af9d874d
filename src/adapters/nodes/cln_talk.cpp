#include "adapters/nodes/cln_talk.hpp"

#include "adapters/graphs/live/feed_answers.hpp"
#include "adapters/nodes/cln_refusals.hpp"
#include "domain/credential_commands.hpp"

#include <algorithm>

namespace mcp::adapters {
namespace {

constexpr std::string_view kUnknownParameter = "own_node.cln_parameters";
constexpr std::string_view kFailed = "own_node.cln_failed";
/// A little above the second of "rate=60", the line that the guide names.
constexpr Timer::Span kPaceMin = std::chrono::milliseconds{1'050};
constexpr Timer::Span kPaceMax = std::chrono::seconds{20};
constexpr Timer::Span kAnswerMax = std::chrono::seconds{60}; // the bookkeeper looks through its whole history

bool is_good(int status) {
    return status == 200 || status == 201;
}

Error in_owners_words(ClnRefused refused, const ports::HttpResponse& answer, std::string_view method) {
    const std::string command(domain::kCreateRune);
    const auto with_text = [&](ErrorKind kind, std::string_view key) {
        return Error{.kind = kind,
                     .what = {key, {{"text", refused.said}, {"method", std::string(method)}, {"command", command}}}};
    };
    switch (refused.why) {
    case ClnRefusal::no_rune:
        return with_text(ErrorKind::unauthenticated, "own_node.cln_no_rune");
    case ClnRefusal::not_authorized:
        return with_text(ErrorKind::unauthenticated, "own_node.cln_rune_refused");
    case ClnRefusal::expired:
        return with_text(ErrorKind::unauthenticated, "own_node.cln_rune_expired");
    case ClnRefusal::not_permitted:
        return with_text(ErrorKind::forbidden, "own_node.cln_right");
    case ClnRefusal::too_soon:
        return with_text(ErrorKind::rate_limited, "own_node.cln_too_soon");
    case ClnRefusal::no_method:
        return with_text(ErrorKind::not_found, "own_node.cln_no_method");
    case ClnRefusal::wrong_parameters:
        return with_text(ErrorKind::not_found, kUnknownParameter);
    case ClnRefusal::failed:
        return with_text(ErrorKind::unavailable, kFailed);
    case ClnRefusal::not_cln:
        break;
    }
    const bool is_nothing_there = answer.status == 404 || answer.status == 405;
    return is_nothing_there ? Error{.kind = ErrorKind::bad_upstream, .what = {"own_node.no_cln", {}}}
                            : odd_answer(answer);
}

} // namespace

bool is_unknown_parameter(const Error& error) {
    return error.what.key == kUnknownParameter;
}

bool is_cln_gap(const Error& error) {
    return is_gap(error) || error.what.key == kFailed;
}

Task<Result<std::string>> ClnTalk::ask(std::string_view method, std::string parameters, std::uint64_t body_bytes_max) {
    NodeQuestion question;
    question.body = std::move(parameters);
    question.body_bytes_max = body_bytes_max;
    question.time_max = kAnswerMax;
    Result<std::string> body = co_await send(std::move(question), method);
    co_return body;
}

Task<Result<void>> ClnTalk::may_ask(std::string_view method, std::string parameters) {
    NodeQuestion question;
    question.body = std::move(parameters);
    question.only_whether = true;
    Result<std::string> body = co_await send(std::move(question), method);
    if (!body) {
        co_return fail(std::move(body.error()));
    }
    co_return Result<void>{};
}

/// @return false when the pace is already the slowest
bool ClnTalk::slow_down() {
    if (pace_ >= kPaceMax) {
        return false;
    }
    pace_ = std::clamp(2 * pace_, kPaceMin, kPaceMax);
    return true;
}

Task<Result<std::string>> ClnTalk::send(NodeQuestion question, std::string_view method) {
    question.method = "POST";
    question.path = "/v1/" + std::string(method);
    question.headers = {
        {"Content-Type", "application/json"}, {"Accept", "application/json"}, {"Rune", calls_.access().secret}};
    std::optional<Error> fault;
    do {
        if (has_asked_ && pace_ > Timer::Span::zero()) {
            const bool has_time = co_await calls_.pause(pace_);
            if (!has_time && fault) {
                co_return fail(std::move(*fault));
            }
        }
        has_asked_ = true;
        NodeQuestion asked = question;
        Result<ports::HttpResponse> answer = co_await calls_.ask(std::move(asked));
        if (!answer) {
            co_return fail(std::move(answer.error()));
        }
        if (is_good(answer->status)) {
            co_return std::move(answer->body);
        }
        Error refused = in_owners_words(read_cln_refusal(*answer), *answer, method);
        fault = at_question(std::move(refused), question);
    } while (fault->what.key == "own_node.cln_too_soon" && slow_down());
    co_return fail(std::move(*fault));
}

} // namespace mcp::adapters
