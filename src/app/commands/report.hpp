#pragma once
#include "app/commands/io.hpp"
#include "app/config/world.hpp"
#include "app/node/given_node.hpp"

#include <string>
#include <vector>

namespace mcp::app {

struct ReportOptions {
    std::string graph_file; ///< empty: the sources of the configuration are asked
    std::string env_file;   ///< of that configuration
    std::string node;       ///< public key, 8 digits or more of its beginning, or alias; empty: `own`
    NodeOptions own;        ///< the node itself, if it is one's own
    std::vector<std::string> history_files;
    std::string date; ///< "YYYY-MM-DD", empty: the day of the graph's newest update
    std::string format = "text";
    std::string out_file; ///< empty or "-": standard output
};

/// `mcp-api report`: one node's daily report, from graph files or from the configured sources, with what the node
/// itself tells where it is one's own. Where no source of the graph is configured, one's own node is asked for it;
/// without one those that need no account are offered to whoever can be asked. @return the exit status
[[nodiscard]] int report_node(const ReportOptions& options, Io& io, const ConfigWorld& world = this_process());

} // namespace mcp::app
