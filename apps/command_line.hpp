#pragma once
#include "app/commands/io.hpp"

#include <string>
#include <vector>

namespace mcp::cli {

/// Understands the words of the call (without the program's name), runs the one command that they name, and returns
/// its exit status. `--lang` and `--progress` change `io` before anything is said.
[[nodiscard]] int run_command_line(const std::vector<std::string>& arguments, app::Io& io);

} // namespace mcp::cli
