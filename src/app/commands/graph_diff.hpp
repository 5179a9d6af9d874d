#pragma once
#include "app/commands/io.hpp"

#include <string>

namespace mcp::app {

struct GraphDiffOptions {
    std::string older_file;
    std::string newer_file;
    std::string format = "text";
    bool list = false; ///< the channels themselves, not only their counts
};

/// `mcp-api graph diff`: what happened to the network between two graphs, in text or JSON.
[[nodiscard]] int graph_diff(const GraphDiffOptions& options, Io& io);

} // namespace mcp::app
