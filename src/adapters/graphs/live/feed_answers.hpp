#pragma once
#include "adapters/graphs/live/graph_sink.hpp"
#include "base/error.hpp"
#include "ports/http_client.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// What the feeds share.
namespace mcp::adapters {

/// "https://host:8080/" is the same place as "https://host:8080".
[[nodiscard]] std::string place_without_slash(std::string_view url);

/// A request whose good answer is streamed into the sink. @param beginning of such a body
[[nodiscard]] ports::HttpRequest into(const std::shared_ptr<GraphSink>& sink, std::string_view beginning,
                                      ports::HttpRequest request);

/// What went wrong with a request, if anything. @param sink nullptr: it was not streamed
[[nodiscard]] std::optional<Error> fault_of(const Result<ports::HttpResponse>& answer, const GraphSink* sink = nullptr);

/// The `message` of an error's JSON; the text itself when it is none. Cleaned and cut short.
[[nodiscard]] std::string said_in(std::string_view body);

/// An answer that is no good, and that is not known better.
[[nodiscard]] Error odd_answer(const ports::HttpResponse& answer);

/// "GET /v1/graph: ..."
[[nodiscard]] Error at_request(Error error, std::string_view request);

} // namespace mcp::adapters
