#pragma once
#include "app/config/keys.hpp"
#include "app/config/world.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

namespace mcp::app {

enum class SettingSource { by_default, environment, file };

/// One key of the table: what applies, and where it came from.
struct Setting {
    const ConfigKey* key;
    std::string text; ///< as it stands there; a secret too
    SettingSource source = SettingSource::by_default;
    std::string name;     ///< the name that was used: the key's own or an alias
    std::size_t line = 0; ///< of the file
};

struct LoadedSettings {
    Settings settings;
    std::vector<Setting> all;      ///< one for each key, in the order of the table
    std::string file;              ///< the one that was read; empty: none is there
    std::string other_file;        ///< one more that would be read if `file` were not; empty: none
    std::vector<Message> warnings; ///< to be told at start; `other_file` is among them

    /// Whether somebody set the key `name`, be it to its default.
    [[nodiscard]] bool is_set(std::string_view name) const;
};

/// All that is wrong at once: a sentence each, with file, line, key, fault and what is accepted.
using ConfigFaults = std::vector<Message>;

/// The configuration: the process environment first, then one file: `env_file`, else MCP_ENV_FILE, else ./.env, else
/// /etc/mcp/.env. An empty variable of the environment counts as not set. Foreign keys are ignored; an unknown
/// DAILY_REPORTS_ key is a fault, an unknown MCP_ key a warning. Of a key given twice in the file the last one counts.
/// @param env_file of the call, empty when it named none
[[nodiscard]] tl::expected<LoadedSettings, ConfigFaults> load_settings(const std::string& env_file,
                                                                       const ConfigWorld& world);

} // namespace mcp::app
