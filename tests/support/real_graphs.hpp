#pragma once
#include <filesystem>

namespace mcp::test {

/// The folder of real recordings beside the project; empty when this machine has none (tests then skip).
inline std::filesystem::path real_graphs() {
    const std::filesystem::path folder = MCP_SOURCE_DIR "/../shared/data/graph";
    return std::filesystem::exists(folder) ? folder : std::filesystem::path();
}

} // namespace mcp::test
