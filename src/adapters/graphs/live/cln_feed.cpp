#include "adapters/graphs/live/cln_feed.hpp"

#include "adapters/graphs/live/feed_answers.hpp"
#include "adapters/graphs/live/node_keys.hpp"
#include "adapters/nodes/cln_refusals.hpp"
#include "base/json/document.hpp"
#include "base/text.hpp"
#include "domain/figure.hpp"

#include <algorithm>
#include <utility>

namespace mcp::adapters {
namespace {

using ports::HttpRequest;
using ports::HttpResponse;

constexpr std::chrono::seconds kQuestionMax{15};
constexpr std::string_view kNothing = "{}";
/// Of a key and of a channel that are there in no network: they cost the node nothing, and need the same rights.
constexpr std::string_view kNoNode = R"({"id":"0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"})";
constexpr std::string_view kNoChannel = R"({"short_channel_id":"1x1x1"})";

bool is_good(int status) {
    return status == 200 || status == 201;
}

std::string version_in(std::string_view body) {
    const Result<json::Document> document = json::Document::parse(body);
    if (!document) {
        return "";
    }
    const Result<std::string_view> version = document->root().at("version").as_string();
    return clean_text(version.value_or("").substr(0, 100)).text;
}

} // namespace

Error cln_refusal(const HttpResponse& answer) {
    ClnRefused refused = read_cln_refusal(answer);
    switch (refused.why) {
    case ClnRefusal::no_rune:
        return {.kind = ErrorKind::unauthenticated, .what = {"live.cln_no_rune", {}}};
    case ClnRefusal::not_authorized:
    case ClnRefusal::expired:
    case ClnRefusal::not_permitted:
    case ClnRefusal::too_soon:
        return {.kind = ErrorKind::unauthenticated,
                .what = {"live.cln_rune_refused", {{"text", std::move(refused.said)}}}};
    case ClnRefusal::no_method:
        return {.kind = ErrorKind::bad_upstream, .what = {"live.cln_no_method", {}}};
    case ClnRefusal::wrong_parameters:
    case ClnRefusal::failed:
        return odd_answer(answer);
    case ClnRefusal::not_cln:
        break;
    }
    return answer.status == 404 ? Error{.kind = ErrorKind::bad_upstream, .what = {"live.cln_no_method", {}}}
                                : odd_answer(answer);
}

ClnFeed::ClnFeed(ClnFeedOptions options, FeedTools tools) : options_(std::move(options)), tools_(std::move(tools)) {
    options_.url = place_without_slash(options_.url);
}

std::string_view ClnFeed::name() const {
    return domain::source::kClnGraph;
}

/// A request without its path.
Task<Result<HttpRequest>> ClnFeed::with_keys() {
    auto read = [options = options_]() -> Result<HttpRequest> {
        HttpRequest request;
        Result<std::optional<std::string>> certificate = certificate_pem(options.certificate_file);
        Result<std::optional<std::string>> rune = rune_text(options.rune_file);
        if (!certificate || !rune) {
            return fail(std::move(certificate ? rune.error() : certificate.error()));
        }
        request.method = "POST";
        request.trusted_certificate = std::move(*certificate);
        request.headers = {{"Content-Type", "application/json"}, {"Accept", "application/json"}};
        if (*rune) {
            request.headers.emplace_back("Rune", std::move(**rune));
        }
        return request;
    };
    Result<HttpRequest> request = co_await run_on(tools_.files, std::move(read));
    co_return request;
}

/// @param sink nullptr: the answer is short
Task<Result<HttpResponse>> ClnFeed::ask(HttpRequest request, std::string method, std::shared_ptr<GraphSink> sink) {
    if (sink) {
        request = into(sink, "{", std::move(request));
    }
    request.url = options_.url + "/v1/" + method;
    Result<HttpResponse> answer = co_await tools_.http.send(std::move(request));
    std::optional<Error> fault = fault_of(answer, sink.get());
    if (!fault && !is_good(answer->status)) {
        fault = cln_refusal(*answer);
    }
    if (fault) {
        co_return fail(at_request(std::move(*fault), "POST /v1/" + method));
    }
    co_return answer;
}

Task<Result<void>> ClnFeed::fetch(std::shared_ptr<GraphSink> sink, Timer::Span time_max) {
    const Deadline deadline(tools_.timer, time_max);
    Result<HttpRequest> keys = co_await with_keys();
    if (!keys) {
        co_return fail(std::move(keys.error()));
    }
    for (const char* method : {"listnodes", "listchannels"}) {
        HttpRequest request = *keys;
        request.body = kNothing;
        request.time_max = deadline.left();
        std::string name = method;
        Result<HttpResponse> answer = co_await ask(std::move(request), std::move(name), sink);
        if (!answer) {
            co_return fail(std::move(answer.error()));
        }
        if (!sink->write("\n")) {
            co_return fail(*sink->fault());
        }
    }
    co_return Result<void>{};
}

/// A rune may allow the two methods and nothing else: the version is then not known.
Task<Result<FeedFacts>> ClnFeed::probe(Timer::Span time_max) {
    const Deadline deadline(tools_.timer, time_max);
    Result<HttpRequest> keys = co_await with_keys();
    if (!keys) {
        co_return fail(std::move(keys.error()));
    }
    FeedFacts facts;
    const std::shared_ptr<GraphSink> none;
    const std::pair<const char*, std::string_view> questions[] = {
        {"listnodes", kNoNode}, {"listchannels", kNoChannel}, {"getinfo", kNothing}};
    for (const auto& [method, body] : questions) {
        HttpRequest request = *keys;
        request.body = body;
        request.time_max = std::min<Timer::Span>(kQuestionMax, deadline.left());
        std::string name = method;
        Result<HttpResponse> answer = co_await ask(std::move(request), std::move(name), none);
        const bool is_needed = body != kNothing;
        if (!answer && is_needed) {
            co_return fail(std::move(answer.error()));
        }
        facts.version = answer && !is_needed ? version_in(answer->body) : "";
    }
    co_return facts;
}

} // namespace mcp::adapters
