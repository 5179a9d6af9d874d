#include "adapters/graphs/live/lnd_feed.hpp"

#include "adapters/graphs/live/feed_answers.hpp"
#include "adapters/graphs/live/node_keys.hpp"
#include "domain/figure.hpp"

#include <algorithm>
#include <utility>

namespace mcp::adapters {
namespace {

using ports::HttpRequest;
using ports::HttpResponse;

constexpr std::chrono::seconds kQuestionMax{15}; // for all but the graph itself

/// Certificates of LND end after 14 months, and LND renews them only when asked to.
Error in_words_of_lnd(Error error) {
    if (error.what.key == "fetch.certificate_expired") {
        error.what = {"live.lnd_certificate_expired", {}};
    }
    return error;
}

/// Of a request that was called off as soon as an answer came.
std::optional<Error> why_not_let_in(const Result<HttpResponse>& answer) {
    if (!answer) {
        return answer.error().kind == ErrorKind::cancelled ? std::nullopt : std::optional(answer.error());
    }
    return answer->status == 200 ? std::nullopt : std::optional(lnd_refusal(*answer));
}

} // namespace

LndFeed::LndFeed(LndFeedOptions options, FeedTools tools) : options_(std::move(options)), tools_(std::move(tools)) {
    options_.url = place_without_slash(options_.url);
}

std::string_view LndFeed::name() const {
    return domain::source::kLndGraph;
}

/// A request without its path.
Task<Result<HttpRequest>> LndFeed::with_keys() {
    auto read = [options = options_]() -> Result<HttpRequest> {
        HttpRequest request;
        Result<std::optional<std::string>> certificate = certificate_pem(options.certificate_file);
        Result<std::optional<std::string>> macaroon = macaroon_hex(options.macaroon_file);
        if (!certificate || !macaroon) {
            return fail(std::move(certificate ? macaroon.error() : certificate.error()));
        }
        request.trusted_certificate = std::move(*certificate);
        if (*macaroon) {
            request.headers.emplace_back("Grpc-Metadata-macaroon", std::move(**macaroon));
        }
        return request;
    };
    Result<HttpRequest> request = co_await run_on(tools_.files, std::move(read));
    co_return request;
}

/// Asked without the macaroon, which is none of the business of a server that is not LND.
Task<Result<void>> LndFeed::look_at_state(HttpRequest request) {
    request.headers.clear();
    request.url = options_.url + "/v1/state";
    const Result<HttpResponse> answer = co_await tools_.http.send(std::move(request));
    if (std::optional<Error> fault = fault_of(answer)) {
        co_return fail(std::move(*fault));
    }
    co_return read_lnd_state(*answer);
}

Task<Result<LndFeed::Asked>> LndFeed::look(Deadline deadline) {
    Result<HttpRequest> keys = co_await with_keys();
    if (!keys) {
        co_return fail(std::move(keys.error()));
    }
    HttpRequest request = *keys;
    request.time_max = std::min<Timer::Span>(kQuestionMax, deadline.left());
    Result<void> state = co_await look_at_state(request);
    if (!state) {
        co_return fail(at_request(in_words_of_lnd(std::move(state.error())), "GET /v1/state"));
    }
    request.time_max = std::min<Timer::Span>(kQuestionMax, deadline.left());
    request.url = options_.url + "/v1/getinfo";
    Result<HttpResponse> answer = co_await tools_.http.send(std::move(request));
    Result<FeedFacts> facts = answer ? read_lnd_info(*answer) : fail(in_words_of_lnd(std::move(answer.error())));
    if (!facts) {
        co_return fail(at_request(std::move(facts.error()), "GET /v1/getinfo"));
    }
    Asked asked;
    asked.request = std::move(*keys);
    asked.facts = std::move(*facts);
    co_return asked;
}

Task<Result<FeedFacts>> LndFeed::probe(Timer::Span time_max) {
    const Deadline deadline(tools_.timer, time_max);
    Result<Asked> asked = co_await look(deadline);
    if (!asked) {
        co_return fail(std::move(asked.error()));
    }
    HttpRequest request = std::move(asked->request);
    request.url = options_.url + "/v1/graph"; // only its first bytes tell whether the macaroon may read it
    request.time_max = deadline.left();
    request.on_body = [](std::string_view) { return false; };
    const Result<HttpResponse> answer = co_await tools_.http.send(std::move(request));
    if (std::optional<Error> fault = why_not_let_in(answer)) {
        co_return fail(at_request(std::move(*fault), "GET /v1/graph"));
    }
    co_return std::move(asked->facts);
}

Task<Result<void>> LndFeed::fetch(std::shared_ptr<GraphSink> sink, Timer::Span time_max) {
    const Deadline deadline(tools_.timer, time_max);
    Result<Asked> asked = co_await look(deadline);
    if (!asked) {
        co_return fail(std::move(asked.error()));
    }
    HttpRequest request = into(sink, "{", std::move(asked->request));
    request.url = options_.url + "/v1/graph";
    request.time_max = deadline.left();
    const Result<HttpResponse> answer = co_await tools_.http.send(std::move(request));
    std::optional<Error> fault = fault_of(answer, sink.get());
    if (!fault && answer->status != 200) {
        fault = lnd_refusal(*answer);
    }
    if (fault) {
        co_return fail(at_request(std::move(*fault), "GET /v1/graph"));
    }
    co_return Result<void>{};
}

} // namespace mcp::adapters
