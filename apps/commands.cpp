#include "commands.hpp"

namespace mcp::cli {
std::span<const CommandRow> commands() {
    return {};
}

} // namespace mcp::cli
