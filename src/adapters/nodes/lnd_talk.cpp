#include "adapters/nodes/lnd_talk.hpp"

#include "adapters/graphs/live/lnd_feed.hpp"
#include "base/json/document.hpp"

#include <algorithm>
#include <array>

namespace mcp::adapters::lnd {
namespace {

/// The operator of the service and the owner of a node are told different things to do.
struct Wording {
    std::string_view key;
    std::string_view owners;
};

constexpr std::array kWordings = {
    Wording{"live.no_lnd", "own_node.no_lnd"},
    Wording{"live.no_graph", "own_node.no_lnd"},
    Wording{"live.lnd_https", "own_node.lnd_https"},
    Wording{"live.lnd_no_macaroon", "own_node.lnd_no_macaroon"},
    Wording{"live.lnd_macaroon_damaged", "own_node.lnd_macaroon_damaged"},
    Wording{"live.lnd_macaroon_other", "own_node.lnd_macaroon_other"},
    Wording{"live.lnd_macaroon_expired", "own_node.lnd_macaroon_expired"},
    Wording{"live.lnd_macaroon_address", "own_node.lnd_macaroon_address"},
    Wording{"fetch.certificate_expired", "live.lnd_certificate_expired"},
};

Error in_owners_words(Error error) {
    const auto found = std::find_if(kWordings.begin(), kWordings.end(),
                                    [&error](const Wording& one) { return one.key == error.what.key; });
    if (found != kWordings.end()) {
        error.what = {found->owners, {}};
    }
    return error;
}

Error refusal_of(const ports::HttpResponse& answer, const Call& call) {
    constexpr int kNotFound = 404;
    constexpr int kNotImplemented = 501;
    if (answer.status == kNotFound || answer.status == kNotImplemented) {
        return {.kind = ErrorKind::not_found, .what = {"own_node.lnd_too_old", {}}};
    }
    Error refusal = lnd_refusal(answer);
    if (refusal.kind == ErrorKind::forbidden) {
        refusal.what = {"own_node.lnd_right", {{"right", std::string(call.right)}, {"uri", std::string(call.uri)}}};
    }
    return in_owners_words(std::move(refusal));
}

/// read_lnd_state() has found no reason to wait; a word that is none of LND's is no reason to go on.
Result<State> state_in(const ports::HttpResponse& answer) {
    constexpr int kOk = 200;
    if (answer.status != kOk) {
        return State::untold;
    }
    const Result<json::Document> document = json::Document::parse(answer.body);
    const Result<std::string_view> word = document ? document->root().at("state").as_string() : fail(document.error());
    if (word && (*word == "RPC_ACTIVE" || *word == "SERVER_ACTIVE")) {
        return State::active;
    }
    return fail(ErrorKind::bad_upstream, {"own_node.no_lnd", {}});
}

NodeQuestion question_of(const Call& call) {
    NodeQuestion question;
    question.method = std::string(call.method);
    question.path = std::string(call.path);
    question.body_bytes_max = call.body_bytes_max;
    return question;
}

} // namespace

Error at_call(Error error, const Call& call) {
    return at_question(std::move(error), question_of(call));
}

Task<Result<State>> Talk::state() const {
    NodeQuestion question;
    question.path = "/v1/state";
    question.body_bytes_max = 64 << 10;
    NodeQuestion asked = question;
    const Result<ports::HttpResponse> answer = co_await calls_.ask(std::move(asked));
    if (!answer) {
        Error error = answer.error();
        co_return fail(in_owners_words(std::move(error)));
    }
    Result<void> readiness = read_lnd_state(*answer);
    if (!readiness) {
        co_return fail(at_question(in_owners_words(std::move(readiness.error())), question));
    }
    Result<State> state = state_in(*answer);
    if (!state) {
        co_return fail(at_question(std::move(state.error()), question));
    }
    co_return state;
}

Task<Result<std::string>> Talk::send(Call call, std::string more, bool only_whether) const {
    NodeQuestion question = question_of(call);
    question.headers.emplace_back("Grpc-Metadata-macaroon", calls_.access().secret);
    if (call.method == "POST") {
        question.headers.emplace_back("Content-Type", "application/json");
        question.body = std::move(more);
    } else {
        question.path += more;
    }
    question.only_whether = only_whether;
    Result<ports::HttpResponse> answer = co_await calls_.ask(std::move(question));
    if (!answer) {
        co_return fail(in_owners_words(std::move(answer.error())));
    }
    constexpr int kOk = 200;
    if (answer->status != kOk) {
        co_return fail(at_call(refusal_of(*answer, call), call));
    }
    co_return std::move(answer->body);
}

Task<Result<std::string>> Talk::ask(Call call, std::string more) const {
    constexpr bool kWhole = false;
    Result<std::string> body = co_await send(call, std::move(more), kWhole);
    co_return body;
}

Task<Result<void>> Talk::may_ask(Call call, std::string more) const {
    constexpr bool kOnlyWhether = true;
    Result<std::string> body = co_await send(call, std::move(more), kOnlyWhether);
    if (!body) {
        co_return fail(std::move(body.error()));
    }
    co_return Result<void>{};
}

} // namespace mcp::adapters::lnd
