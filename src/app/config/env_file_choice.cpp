#include "app/config/env_file_choice.hpp"

namespace mcp::app {

std::string variable(const ConfigWorld& world, std::string_view name) {
    for (const auto& [known, value] : world.environment) {
        if (known == name) {
            return value;
        }
    }
    return {};
}

EnvFileChoice choose_env_file(const std::string& asked, const ConfigWorld& world) {
    EnvFileChoice choice{.path = asked.empty() ? variable(world, kEnvFileVariable) : asked};
    choice.asked_for = !choice.path.empty();
    for (const char* usual : {"./.env", kSystemEnvFile}) {
        const std::optional<std::string> found = world.identity(usual);
        if (!found) {
            continue;
        }
        if (choice.path.empty()) {
            choice.path = usual;
        } else if (choice.other.empty() && found != world.identity(choice.path)) {
            choice.other = usual;
        }
    }
    return choice;
}

} // namespace mcp::app
