#pragma once
#include "app/commands/io.hpp"

#include <string>

namespace mcp::app {

struct GraphFactsOptions {
    std::string graph_file; ///< "-": standard input
    std::string format = "text";
};

/// `mcp-api graph facts`: totals of the network in text or JSON, or a CSV row for each node.
[[nodiscard]] int graph_facts(const GraphFactsOptions& options, Io& io);

} // namespace mcp::app
