#pragma once
#include "app/commands/io.hpp"

#include <string>
#include <vector>

namespace mcp::app {

struct ReportOptions {
    std::string graph_file;
    std::string node; ///< public key, 8 digits or more of its beginning, or alias
    std::vector<std::string> history_files;
    std::string date; ///< "YYYY-MM-DD", empty: the day of the graph's newest update
    std::string format = "text";
    std::string out_file; ///< empty or "-": standard output
};

/// `mcp-api report`: one node's daily report from graph files. @return the exit status
[[nodiscard]] int report_node(const ReportOptions& options, Io& io);

} // namespace mcp::app
