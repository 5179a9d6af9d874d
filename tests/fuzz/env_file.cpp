// Any bytes as a configuration file: read by its grammar, then as settings. Whatever it says, the answer is settings
// within their ranges or faults that can be told in both languages, and no secret is in them.
#include "app/config/env_file.hpp"
#include "app/config/load_settings.hpp"
#include "language/language.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using mcp::language::Language;

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void tell(const mcp::Message& message) {
    demand(!mcp::language::render(message, Language::en).empty());
    demand(!mcp::language::render(message, Language::fr).empty());
}

/// Writing an entry anew, quoted, must say the same.
void demand_same_when_quoted(const mcp::app::EnvEntry& entry) {
    std::string text = entry.key + "=\"";
    for (const char c : entry.value) {
        text += c == '"' || c == '\\' || c == '$' ? std::string{'\\', c} : c == '\n' ? "\\n" : std::string(1, c);
    }
    const auto again = mcp::app::parse_env_file(text + '"');
    demand(again && again->size() == 1 && again->front().value == entry.value && again->front().key == entry.key);
}

void demand_ranges(const mcp::app::Settings& settings) {
    demand(settings.run_hour >= 0 && settings.run_hour <= 23 && settings.run_minute >= 0 && settings.run_minute <= 59);
    demand(settings.reports_at_once >= 1 && settings.reports_at_once <= 1000);
    demand(settings.port >= 0 && settings.port <= 65535);
    demand(settings.jwt_secret.empty() || settings.jwt_secret.size() >= 32);
    demand(settings.mongodb_uri.empty() && settings.redis_url.empty());
    demand(!settings.data_folder.empty() && !settings.rag_folder.empty() && !settings.host.empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    if (const auto entries = mcp::app::parse_env_file(text)) {
        for (const mcp::app::EnvEntry& entry : *entries) {
            if (entry.fault == mcp::app::EnvLineFault::none) {
                demand_same_when_quoted(entry);
            }
        }
    } else {
        tell(entries.error().what);
    }
    const mcp::app::ConfigWorld world{.environment = {},
                                      .read_file = [&](const std::string&) -> mcp::Result<std::string> { return text; },
                                      .identity = [](const std::string& path) { return std::optional(path); }};
    const auto loaded = mcp::app::load_settings("", world);
    for (const mcp::Message& message : loaded ? loaded->warnings : loaded.error()) {
        tell(message);
    }
    if (loaded) {
        demand_ranges(loaded->settings);
    }
    return 0;
}
