#include "app/config/world.hpp"

#include "adapters/files/read_file.hpp"
#include "app/config/env_file.hpp"

#include <string_view>
#include <sys/stat.h>
#include <unistd.h>

namespace mcp::app {

ConfigWorld this_process() {
    ConfigWorld world;
    for (char** variable = environ; variable != nullptr && *variable != nullptr; ++variable) {
        const std::string_view text = *variable;
        if (const std::size_t equals = text.find('='); equals != std::string_view::npos) {
            world.environment.emplace_back(text.substr(0, equals), text.substr(equals + 1));
        }
    }
    world.read_file = [](const std::string& path) { return adapters::read_file(path, kEnvFileBytesMax); };
    world.identity = [](const std::string& path) -> std::optional<std::string> {
        struct stat facts {};
        if (::stat(path.c_str(), &facts) != 0) {
            return std::nullopt;
        }
        return std::to_string(facts.st_dev) + ":" + std::to_string(facts.st_ino);
    };
    return world;
}

} // namespace mcp::app
