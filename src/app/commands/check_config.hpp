#pragma once
#include "app/commands/io.hpp"
#include "app/config/world.hpp"

#include <string>

namespace mcp::app {

struct CheckConfigOptions {
    std::string env_file = {}; ///< empty: the usual ones
    std::string format = "text";
};

/// `mcp-api check config`: every setting, its value (secrets masked) and where it came from. Whatever would stop the
/// start of the service is told on standard error, and the status is 1.
[[nodiscard]] int check_config(const CheckConfigOptions& options, Io& io, const ConfigWorld& world = this_process());

} // namespace mcp::app
