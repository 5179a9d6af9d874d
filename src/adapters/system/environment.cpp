#include "adapters/system/environment.hpp"

#include <cstdlib>

namespace mcp::adapters {

std::optional<std::string> environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr || *value == '\0' ? std::nullopt : std::optional<std::string>(value);
}

std::optional<std::string> message_locale() {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        if (std::optional<std::string> value = environment(name)) {
            return value;
        }
    }
    return std::nullopt;
}

} // namespace mcp::adapters
