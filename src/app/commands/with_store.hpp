#pragma once
#include "app/commands/io.hpp"
#include "app/config/settings.hpp"
#include "app/config/world.hpp"
#include "async/task.hpp"
#include "ports/store.hpp"

#include <functional>
#include <string>

namespace mcp::app {

/// Opens the configured store for a command and runs `work` on it, beside a running server if there is one.
/// @param env_file what `--env-file` says, empty when it is not there
/// @return what `work` answers; kWorldFailed, told, when configuration or store cannot be used
[[nodiscard]] int with_store(const std::string& env_file, const ConfigWorld& world, Io& io,
                             const std::function<Task<int>(ports::Store&, const Settings&)>& work);

/// The same under settings that are known already.
[[nodiscard]] int with_store(const Settings& settings, Io& io,
                             const std::function<Task<int>(ports::Store&, const Settings&)>& work);

} // namespace mcp::app
