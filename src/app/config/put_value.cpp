#include "app/config/keys.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <stdexcept>

namespace mcp::app {
namespace {

constexpr std::size_t kShownBytes = 60;

std::optional<bool> parse_flag(std::string_view text) {
    const std::string word = fold_case(text);
    const auto is = [&](std::initializer_list<std::string_view> words) {
        return std::find(words.begin(), words.end(), word) != words.end();
    };
    if (is({"true", "yes", "on", "1"})) {
        return true;
    }
    return is({"false", "no", "off", "0"}) ? std::optional(false) : std::nullopt;
}

std::optional<std::int64_t> parse_whole(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t");
    return begin == std::string_view::npos ? "" : text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::vector<std::string> parse_list(std::string_view text) {
    std::vector<std::string> items;
    while (!text.empty()) {
        const std::size_t comma = std::min(text.find(','), text.size());
        if (const std::string_view item = trimmed(text.substr(0, comma)); !item.empty()) {
            items.emplace_back(item);
        }
        text.remove_prefix(std::min(comma + 1, text.size()));
    }
    return items;
}

Message joined(const std::vector<std::string_view>& choices) {
    std::string words;
    for (const std::string_view choice : choices) {
        words += (words.empty() ? "" : ", ") + std::string(choice);
    }
    return {"config.accepts.choices", {{"choices", words}}};
}

Message refusal(const ConfigKey& key, std::string_view text) {
    std::vector<Message> accepted{accepted_values(key)};
    if (text.empty()) {
        return {"config.empty_value", {{"accepted", std::move(accepted)}}};
    }
    const bool may_hold_password =
        text.find("://") != std::string_view::npos && text.find('@') != std::string_view::npos;
    if (is_secret(key) || may_hold_password) {
        return {"config.bad_secret",
                {{"bytes", static_cast<std::int64_t>(text.size())}, {"accepted", std::move(accepted)}}};
    }
    const std::string shown =
        text.size() <= kShownBytes ? std::string(text) : clean_text(text.substr(0, kShownBytes)).text + "...";
    return {"config.bad_value", {{"value", shown}, {"accepted", std::move(accepted)}}};
}

bool text_fits(const ConfigKey& key, const std::string& text) {
    if (!key.choices.empty()) {
        return std::find(key.choices.begin(), key.choices.end(), text) != key.choices.end();
    }
    return text.empty() ? key.by_default.empty() || key.type == KeyType::file || key.type == KeyType::folder
                        : key.fits == nullptr || key.fits(text);
}

/// Puts a value into the member that the row names; false when it does not fit.
struct Putting {
    const ConfigKey& key;
    const std::string& text;
    Settings& settings;

    bool operator()(std::monostate) const { return true; }
    bool operator()(bool Settings::*member) const {
        const std::optional<bool> flag = parse_flag(text);
        settings.*member = flag.value_or(settings.*member);
        return flag.has_value();
    }
    bool operator()(std::int64_t Settings::*member) const {
        const std::optional<std::int64_t> number = parse_whole(text);
        const bool fits = number && *number >= key.min && *number <= key.max;
        settings.*member = fits ? *number : settings.*member;
        return fits;
    }
    bool operator()(std::string Settings::*member) const {
        const bool fits = text_fits(key, text);
        settings.*member = fits ? text : settings.*member;
        return fits;
    }
    bool operator()(std::vector<std::string> Settings::*member) const {
        std::vector<std::string> items = parse_list(text);
        const bool fit = std::all_of(items.begin(), items.end(),
                                     [&](const std::string& item) { return key.fits == nullptr || key.fits(item); });
        settings.*member = fit ? std::move(items) : settings.*member;
        return fit;
    }
};

} // namespace

Message accepted_values(const ConfigKey& key) {
    if (!key.accepts.empty()) {
        return {key.accepts, {}};
    }
    if (!key.choices.empty()) {
        return joined(key.choices);
    }
    switch (key.type) {
    case KeyType::flag:
        return {"config.accepts.flag", {}};
    case KeyType::whole_number:
        return {"config.accepts.whole_number", {{"min", std::to_string(key.min)}, {"max", std::to_string(key.max)}}};
    case KeyType::file:
        return {"config.accepts.file", {}};
    case KeyType::folder:
        return {"config.accepts.folder", {}};
    case KeyType::text:
    case KeyType::secret:
    case KeyType::list:
        break;
    }
    return {"config.accepts.text", {}};
}

std::optional<Message> put_value(const ConfigKey& key, const std::string& text, Settings& settings) {
    if (!is_utf8(text) || clean_text(text).changed) {
        return Message{"config.unreadable_value", {}};
    }
    if (key.only_empty && !text.empty()) {
        return accepted_values(key);
    }
    if (std::visit(Putting{key, text, settings}, key.member)) {
        return std::nullopt;
    }
    return refusal(key, text);
}

Settings default_settings() {
    Settings settings;
    for (const ConfigKey& key : config_keys()) {
        if (put_value(key, std::string(key.by_default), settings)) {
            throw std::logic_error("the default of " + std::string(key.name) + " does not fit");
        }
    }
    settings.complete();
    return settings;
}

} // namespace mcp::app
