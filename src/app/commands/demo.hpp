#pragma once
#include "app/commands/io.hpp"

#include <string>

namespace mcp::app {

struct DemoOptions {
    std::string graph_file; ///< empty: the sample that ships with the program
    std::string date;       ///< "YYYY-MM-DD"; empty: that of the sample, or of the graph's newest update
};

/// `mcp-api demo`: what the program says of a real network: its facts, then the reports of a hub, of a mid-size router
/// and of a small node, with the time each step took. @return the exit status
[[nodiscard]] int demo(const DemoOptions& options, Io& io);

} // namespace mcp::app
