#pragma once
#include "app/config/world.hpp"

#include <string>

namespace mcp::app {

inline constexpr const char* kEnvFileVariable = "MCP_ENV_FILE";
inline constexpr const char* kSystemEnvFile = "/etc/mcp/.env";

/// Which file the configuration is read from.
struct EnvFileChoice {
    std::string path = {};  ///< empty: none is there, and none was asked for
    std::string other = {}; ///< another file of those looked for that exists too and is not read; empty: none
    bool asked_for = false; ///< by the call or the environment: it must be there
};

/// @param asked what `--env-file` says, empty when it is not there
[[nodiscard]] EnvFileChoice choose_env_file(const std::string& asked, const ConfigWorld& world);

/// The variable `name` of the environment; empty when it is not set.
[[nodiscard]] std::string variable(const ConfigWorld& world, std::string_view name);

} // namespace mcp::app
