#include "adapters/graphs/live/rgs_feed.hpp"

#include "adapters/graphs/live/feed_answers.hpp"
#include "domain/figure.hpp"

#include <utility>

namespace mcp::adapters {
namespace {

using ports::HttpRequest;
using ports::HttpResponse;

constexpr std::string_view kBeginning = "LDK";
constexpr std::size_t kDateAt = 36; // behind "LDK", the version and the chain's hash
constexpr std::size_t kHeadBytes = kDateAt + 4;
constexpr std::string_view kWhat = "GET /0";

HttpRequest request_of(const std::string& url, Timer::Span time_max) {
    HttpRequest request;
    request.url = url + "/0";
    request.time_max = time_max;
    return request;
}

} // namespace

std::optional<Time> rgs_date(std::string_view head) {
    if (head.size() < kHeadBytes || !head.starts_with(kBeginning)) {
        return std::nullopt;
    }
    std::uint32_t seconds = 0;
    for (const char byte : head.substr(kDateAt, 4)) {
        seconds = seconds << 8U | static_cast<unsigned char>(byte);
    }
    return Time{std::chrono::seconds{seconds}};
}

RgsFeed::RgsFeed(std::string_view url, FeedTools tools) : url_(place_without_slash(url)), tools_(std::move(tools)) {}

std::string_view RgsFeed::name() const {
    return domain::source::kRgs;
}

Task<Result<void>> RgsFeed::fetch(std::shared_ptr<GraphSink> sink, Timer::Span time_max) {
    HttpRequest request = into(sink, kBeginning, request_of(url_, time_max));
    const Result<HttpResponse> answer = co_await tools_.http.send(std::move(request));
    std::optional<Error> fault = fault_of(answer, sink.get());
    if (!fault && answer->status != 200) {
        fault = odd_answer(*answer);
    }
    if (fault) {
        co_return fail(at_request(std::move(*fault), kWhat));
    }
    co_return Result<void>{};
}

Task<Result<FeedFacts>> RgsFeed::probe(Timer::Span time_max) {
    const auto head = std::make_shared<std::string>();
    HttpRequest request = request_of(url_, time_max);
    request.body_bytes_max = 1 << 30; // it is left before
    request.on_body = [head](std::string_view piece) {
        *head += piece.substr(0, kHeadBytes - head->size());
        return head->size() < kHeadBytes;
    };
    const Result<HttpResponse> answer = co_await tools_.http.send(std::move(request));
    if (const std::optional<Time> date = rgs_date(*head)) {
        FeedFacts facts;
        facts.as_of = date;
        co_return facts;
    }
    if (!head->empty()) {
        co_return fail(at_request(Error{.kind = ErrorKind::bad_upstream, .what = {"live.no_graph", {}}}, kWhat));
    }
    co_return fail(at_request(answer ? odd_answer(*answer) : answer.error(), kWhat));
}

} // namespace mcp::adapters
