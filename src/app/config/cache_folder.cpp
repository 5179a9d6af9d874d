#include "app/config/cache_folder.hpp"

#include "adapters/system/environment.hpp"

namespace mcp::app {

std::string cache_folder() {
    if (const auto cache = adapters::environment("XDG_CACHE_HOME")) {
        return *cache + "/mcp-api";
    }
    const auto home = adapters::environment("HOME");
    return home ? *home + "/.cache/mcp-api" : "";
}

} // namespace mcp::app
