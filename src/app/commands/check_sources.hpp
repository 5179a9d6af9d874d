#pragma once
#include "app/commands/io.hpp"
#include "app/config/world.hpp"

#include <string>

namespace mcp::app {

struct CheckSourcesOptions {
    std::string format = "text";
    std::string env_file;
};

/// `mcp-api check sources`: tries each configured source and tells what came of it. @return kDone when all configured
/// ones can be used, kWorldFailed when one cannot
[[nodiscard]] int check_sources(const CheckSourcesOptions& options, Io& io, const ConfigWorld& world = this_process());

} // namespace mcp::app
