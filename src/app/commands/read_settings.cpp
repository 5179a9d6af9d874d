#include "app/commands/read_settings.hpp"

namespace mcp::app {

std::optional<LoadedSettings> read_settings(const std::string& env_file, const ConfigWorld& world, Io& io) {
    tl::expected<LoadedSettings, ConfigFaults> loaded = load_settings(env_file, world);
    if (!loaded) {
        for (const Message& fault : loaded.error()) {
            warn(io, fault);
        }
        return std::nullopt;
    }
    for (const Message& warning : loaded->warnings) {
        warn(io, warning);
    }
    return *std::move(loaded);
}

} // namespace mcp::app
