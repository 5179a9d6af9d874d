#pragma once
#include "app/commands/io.hpp"

#include <string>

namespace mcp::app {

struct DemoOptions {
    std::string graph_file; ///< empty: the sample that ships with the program
    std::string date;       ///< "YYYY-MM-DD"; empty: that of the sample, or of the graph's newest update
    bool once = false;      ///< ends by itself instead of serving until Ctrl-C
};

/// `mcp-api demo`: what the program says of a real network (its facts, then the reports of a hub, of a mid-size router
/// and of a small node, with the time each step took), then the service itself, in a temporary folder on loopback, with
/// these three as its users: the daily run at once, and the calls that a newcomer would try next.
/// @return the exit status
[[nodiscard]] int demo(const DemoOptions& options, Io& io);

} // namespace mcp::app
