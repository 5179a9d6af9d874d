#include "adapters/graphs/live/feed_answers.hpp"

#include "base/json/document.hpp"
#include "base/text.hpp"

#include <utility>

namespace mcp::adapters {
namespace {

constexpr std::size_t kSaidMax = 200;
constexpr std::size_t kParsedMax = 64 << 10; // no error's JSON is longer

bool is_within_letter(char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::string shortened(std::string text) {
    if (text.size() > kSaidMax) {
        std::size_t end = kSaidMax;
        while (end > 0 && is_within_letter(text[end])) {
            --end;
        }
        text = text.substr(0, end) + "…";
    }
    return text;
}

} // namespace

std::string place_without_slash(std::string_view url) {
    while (url.ends_with('/')) {
        url.remove_suffix(1);
    }
    return std::string(url);
}

ports::HttpRequest into(const std::shared_ptr<GraphSink>& sink, std::string_view beginning,
                        ports::HttpRequest request) {
    sink->expect(beginning);
    request.body_bytes_max = sink->bytes_left();
    request.on_body = [sink](std::string_view piece) { return sink->write(piece); };
    return request;
}

std::optional<Error> fault_of(const Result<ports::HttpResponse>& answer, const GraphSink* sink) {
    if (sink != nullptr && sink->fault()) {
        return sink->fault();
    }
    return answer ? std::nullopt : std::optional(answer.error());
}

std::string said_in(std::string_view body) {
    std::string_view text = body.substr(0, 4 * kSaidMax);
    const Result<json::Document> document = json::Document::parse(body.substr(0, kParsedMax));
    if (document) {
        if (const Result<std::string_view> message = document->root().at("message").as_string()) {
            text = *message;
        }
    }
    return shortened(clean_text(text).text);
}

Error odd_answer(const ports::HttpResponse& answer) {
    const std::int64_t status = answer.status;
    if (status >= 200 && status <= 299) {
        return {.kind = ErrorKind::bad_upstream, .what = {"live.no_graph", {}}};
    }
    if (status >= 300 && status <= 399) {
        return {.kind = ErrorKind::bad_upstream, .what = {"live.moved", {{"status", status}}}};
    }
    const ErrorKind kind = status == 429   ? ErrorKind::rate_limited
                           : status >= 500 ? ErrorKind::unavailable
                                           : ErrorKind::bad_upstream;
    std::string said = said_in(answer.body);
    if (said.empty()) {
        return {.kind = kind, .what = {"live.status", {{"status", status}}}};
    }
    return {.kind = kind, .what = {"live.said", {{"status", status}, {"text", std::move(said)}}}};
}

Error at_request(Error error, std::string_view request) {
    return std::move(error).in({"live.request", {{"request", std::string(request)}}});
}

} // namespace mcp::adapters
