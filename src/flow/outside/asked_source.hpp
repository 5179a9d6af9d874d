#pragma once
#include "async/timer.hpp"
#include "ports/source.hpp"

#include <cstddef>
#include <optional>

namespace mcp::flow {

/// A source beside the graph that is configured, and how it is asked.
struct AskedSource {
    ports::Source* source; ///< behind a client with manners; outlives the flows
    /// About nodes, in one run; the questions about the network come on top. Nothing: as many as it takes.
    std::optional<std::size_t> requests_max = {};
    Timer::Span spacing = std::chrono::seconds{1}; ///< that its client keeps between two requests
};

} // namespace mcp::flow
