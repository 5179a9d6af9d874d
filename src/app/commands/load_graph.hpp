#pragma once
#include "adapters/sources/gossip_file.hpp"
#include "app/commands/io.hpp"

#include <string>

namespace mcp::app {

/// Reads a graph file for a command: tells the step to who watches, and warns of all that the file held and could not
/// be taken as it was.
/// @param file a path, or "-" for standard input
[[nodiscard]] Result<adapters::LoadedGraph> load_graph(const std::string& file, Io& io);

} // namespace mcp::app
