#pragma once
#include "app/commands/io.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace mcp::app {

struct GraphWhatIfOptions {
    std::string graph_file; ///< "-": standard input
    std::string node;       ///< who would open it: public key, 8 digits or more of its beginning, or alias
    std::string peer;       ///< likewise; empty: every node with a direction that can carry the amount
    std::int64_t capacity_sats = 5'000'000;
    std::int64_t amount_sats = 500'000;
    std::optional<std::int64_t> fee_ppm = std::nullopt; ///< absent: the median of the node's own policies
    std::int64_t top = 30;                              ///< how many of the best are shown
    std::string format = "text";
};

/// `mcp-api graph what-if`: what a new channel would add to a node's weighted betweenness. @return the exit status
[[nodiscard]] int graph_what_if(const GraphWhatIfOptions& options, Io& io);

} // namespace mcp::app
