#pragma once
#include "app/config/settings.hpp"
#include "base/message.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mcp::app {

enum class KeyType { flag, whole_number, text, secret, file, folder, list };

/// Where a key's value goes. std::monostate: to nobody, it says where the others are.
using Member = std::variant<std::monostate, bool Settings::*, std::int64_t Settings::*, std::string Settings::*,
                            std::vector<std::string> Settings::*>;

/// One configuration key. A new one is a member of Settings and a row here.
struct ConfigKey {
    std::string_view name;
    std::vector<std::string_view> aliases = {}; ///< names of old, or of other programs; read when `name` is not set
    KeyType type;
    Member member;
    std::string_view by_default;         ///< as it would stand in the file
    std::string_view default_words = {}; ///< English, for the page: where the default is no plain value
    std::int64_t min = 0;                ///< of a whole number
    std::int64_t max = 0;
    std::vector<std::string_view> choices = {};     ///< of a text: nothing else fits
    std::string_view accepts = {};                  ///< message key: what fits, where `fits` says so
    bool (*fits)(std::string_view value) = nullptr; ///< of a text that is not empty, or of one item of a list
    bool only_empty = false;                        ///< a value stops the start with the message `accepts`
    bool only_environment = false;                  ///< cannot stand in the file
    std::string_view meaning;                       ///< one sentence, English: docs/reference/configuration.md
    std::string_view since = "0.1.0";               ///< version of the program
};

/// THE TABLE of configuration keys, in the order of the page.
[[nodiscard]] const std::vector<ConfigKey>& config_keys();

[[nodiscard]] inline bool is_secret(const ConfigKey& key) {
    return key.type == KeyType::secret;
}

/// What values a key takes, as a fragment of a sentence: "a whole number from 0 to 23".
[[nodiscard]] Message accepted_values(const ConfigKey& key);

/// Puts a value, as it stands in the file or environment, where it belongs.
/// @return what is wrong with it; secrets are never repeated
[[nodiscard]] std::optional<Message> put_value(const ConfigKey& key, const std::string& text, Settings& settings);

/// What applies when nobody sets anything.
[[nodiscard]] Settings default_settings();

} // namespace mcp::app
