#pragma once
#include "adapters/graphs/live/graph_sink.hpp"
#include "async/pool.hpp"
#include "async/task.hpp"
#include "async/timer.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "ports/http_client.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// What feeds work with; all outlives them. The client must not try again by itself: what has reached a sink cannot be
/// taken back.
struct FeedTools {
    ports::HttpClient& http;
    const Timer& timer;
    Pool files; ///< where keys are read from disk
};

/// What a server says of itself without sending its graph.
struct FeedFacts {
    std::string version;       ///< cleaned; empty: it does not tell
    std::optional<Time> as_of; ///< of its graph, where it dates it
};

/// A server that has the whole public graph. Errors name neither URL nor secret, and say what helps.
class GraphFeed {
public:
    virtual ~GraphFeed() = default;
    [[nodiscard]] virtual std::string_view name() const = 0; ///< of domain::source
    /// What one place gave does not stand for another's. Empty: there is but one.
    [[nodiscard]] virtual std::string_view url() const = 0;
    /// Writes the whole graph into the sink, in a format that load_graph() knows. @param time_max for all of it
    [[nodiscard]] virtual Task<Result<void>> fetch(std::shared_ptr<GraphSink> sink, Timer::Span time_max) = 0;
    /// Whether fetch() would be let in, asked for next to nothing.
    [[nodiscard]] virtual Task<Result<FeedFacts>> probe(Timer::Span time_max) = 0;
};

} // namespace mcp::adapters
