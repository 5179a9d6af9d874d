#pragma once
#include "app/commands/io.hpp"
#include "app/config/world.hpp"

#include <string>

namespace mcp::app {

struct ServeOptions {
    std::string env_file; ///< empty: the usual ones
};

/// `mcp-api serve`: the service, until it is told to stop. @return kDone after SIGTERM or SIGINT
[[nodiscard]] int serve(const ServeOptions& options, Io& io, const ConfigWorld& world = this_process());

} // namespace mcp::app
