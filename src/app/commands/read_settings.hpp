#pragma once
#include "app/commands/io.hpp"
#include "app/config/load_settings.hpp"

#include <optional>
#include <string>

namespace mcp::app {

/// The configuration for a command: its warnings are told, and if it has faults all of them, one a line.
/// @param env_file what `--env-file` says, empty when it is not there
/// @return nothing when there are faults: the command ends with ExitStatus::kWorldFailed
[[nodiscard]] std::optional<LoadedSettings> read_settings(const std::string& env_file, const ConfigWorld& world,
                                                          Io& io);

} // namespace mcp::app
