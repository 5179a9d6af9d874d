#include "app/config/load_settings.hpp"

#include "app/config/env_file.hpp"
#include "app/config/env_file_choice.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <stdexcept>

namespace mcp::app {
namespace {

constexpr std::string_view kReportsPrefix = "DAILY_REPORTS_";
constexpr std::string_view kOwnPrefix = "MCP_";

/// A value and where it stands.
struct Given {
    SettingSource source = SettingSource::environment;
    std::string name;
    std::string value;
    std::size_t line = 0;
    EnvLineFault fault = EnvLineFault::none;
};

/// Where both kinds of sources keep what they say of a key.
using GivenByName = std::map<std::string, Given, std::less<>>;

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 0x20 : c; });
    return text;
}

std::vector<std::string> all_names() {
    std::vector<std::string> names;
    for (const ConfigKey& key : config_keys()) {
        names.emplace_back(key.name);
        names.insert(names.end(), key.aliases.begin(), key.aliases.end());
    }
    return names;
}

/// Collects what is wrong, and tells it in the order of the lines.
class Loading {
public:
    Loading(EnvFileChoice choice, const ConfigWorld& world) : choice_(std::move(choice)), names_(all_names()) {
        read_environment(world);
        read_file(world);
    }

    tl::expected<LoadedSettings, ConfigFaults> load() {
        loaded_.file = choice_.path;
        loaded_.other_file = choice_.other;
        if (!choice_.other.empty()) {
            warn({"config.other_file", {{"file", choice_.path}, {"other", choice_.other}}});
        }
        for (const GivenByName* source : {&environment_, &file_}) {
            for (const auto& [name, given] : *source) {
                judge_name(given);
            }
        }
        for (const ConfigKey& key : config_keys()) {
            take(key);
        }
        loaded_.settings.complete();
        if (faults_.empty()) {
            return std::move(loaded_);
        }
        std::stable_sort(faults_.begin(), faults_.end(),
                         [](const auto& a, const auto& b) { return a.first < b.first; });
        ConfigFaults told;
        std::transform(faults_.begin(), faults_.end(), std::back_inserter(told), [](auto& f) { return f.second; });
        return tl::unexpected(std::move(told));
    }

private:
    void read_environment(const ConfigWorld& world) {
        for (const auto& [name, value] : world.environment) {
            if (!value.empty()) {
                environment_[name] = {.source = SettingSource::environment, .name = name, .value = value};
            }
        }
    }

    void read_file(const ConfigWorld& world) {
        if (choice_.path.empty()) {
            return;
        }
        const Result<std::string> text = world.read_file(choice_.path);
        const Result<std::vector<EnvEntry>> entries = text ? parse_env_file(*text) : fail(text.error());
        if (!entries) {
            const std::vector<Message> fault{entries.error().what};
            faults_.push_back({0, {"config.file_fault", {{"file", choice_.path}, {"fault", fault}}}});
            return;
        }
        take_entries(*entries);
    }

    void take_entries(const std::vector<EnvEntry>& entries) {
        std::int64_t skipped = 0;
        std::size_t first_skipped = 0;
        for (const EnvEntry& entry : entries) {
            if (entry.fault == EnvLineFault::no_equals && !is_ours(entry.key)) {
                first_skipped = skipped++ == 0 ? entry.line : first_skipped;
                continue;
            }
            file_[entry.key] = {SettingSource::file, entry.key, entry.value, entry.line, entry.fault};
        }
        if (skipped != 0) {
            warn({"config.lines_skipped",
                  {{"file", choice_.path}, {"count", skipped}, {"line", std::to_string(first_skipped)}}});
        }
    }

    [[nodiscard]] bool is_known(std::string_view name) const {
        return std::find(names_.begin(), names_.end(), name) != names_.end();
    }
    [[nodiscard]] bool is_ours(const std::string& name) const {
        return is_known(name) || name.starts_with(kReportsPrefix) || name.starts_with(kOwnPrefix);
    }

    /// Tells names that look like ours and are none; those of other programs are nobody's business.
    void judge_name(const Given& given) {
        if (is_known(given.name)) {
            return;
        }
        const std::string capitals = upper(given.name);
        if (!capitals.starts_with(kReportsPrefix) && !capitals.starts_with(kOwnPrefix)) {
            return;
        }
        const std::optional<std::string> meant = nearest(capitals, names_);
        Message fault =
            meant ? Message{"config.unknown_but_near", {{"nearest", *meant}}} : Message{"config.unknown_key", {}};
        if (given.name.starts_with(kReportsPrefix)) {
            add_fault(given, std::move(fault));
        } else {
            warn(placed(given, std::move(fault)));
        }
    }

    [[nodiscard]] const Given* given(const ConfigKey& key) const {
        for (const GivenByName* source : {&environment_, &file_}) {
            if (source == &file_ && key.only_environment) {
                continue;
            }
            if (const auto found = source->find(key.name); found != source->end()) {
                return &found->second;
            }
            for (const std::string_view alias : key.aliases) {
                if (const auto found = source->find(alias); found != source->end()) {
                    return &found->second;
                }
            }
        }
        return nullptr;
    }

    void take(const ConfigKey& key) {
        Setting setting{.key = &key, .text = std::string(key.by_default), .name = std::string(key.name)};
        if (const Given* found = given(key)) {
            setting = {&key, found->value, found->source, found->name, found->line};
            if (found->fault != EnvLineFault::none) {
                add_fault(*found, broken_line(found->fault));
            } else if (std::optional<Message> fault = put_value(key, found->value, loaded_.settings)) {
                add_fault(*found, std::move(*fault));
            }
        } else if (put_value(key, setting.text, loaded_.settings)) {
            throw std::logic_error("the default of " + setting.name + " does not fit");
        }
        if (key.only_environment && file_.contains(key.name)) {
            warn(placed(file_.find(key.name)->second, {"config.only_environment", {}}));
        }
        loaded_.all.push_back(std::move(setting));
    }

    static Message broken_line(EnvLineFault fault) {
        switch (fault) {
        case EnvLineFault::quote_not_closed:
            return {"config.quote_not_closed", {}};
        case EnvLineFault::text_after_quote:
            return {"config.text_after_quote", {}};
        case EnvLineFault::no_equals:
        case EnvLineFault::none:
            break;
        }
        return {"config.no_equals", {}};
    }

    /// "/etc/mcp/.env, line 3: DAILY_REPORTS_HOUR: ..."
    [[nodiscard]] Message placed(const Given& given, Message fault) const {
        const std::string key = clean_text(given.name).text;
        const std::vector<Message> what{std::move(fault)};
        if (given.source == SettingSource::file) {
            return {"config.in_file",
                    {{"file", choice_.path}, {"line", std::to_string(given.line)}, {"key", key}, {"fault", what}}};
        }
        return {"config.in_environment", {{"key", key}, {"fault", what}}};
    }

    void add_fault(const Given& given, Message fault) {
        faults_.emplace_back(given.line, placed(given, std::move(fault)));
    }
    void warn(Message warning) { loaded_.warnings.push_back(std::move(warning)); }

    EnvFileChoice choice_;
    std::vector<std::string> names_; ///< that the table knows
    GivenByName environment_;
    GivenByName file_;
    std::vector<std::pair<std::size_t, Message>> faults_; ///< with their line, 0 outside the file
    LoadedSettings loaded_;
};

} // namespace

bool LoadedSettings::is_set(std::string_view name) const {
    return std::any_of(all.begin(), all.end(), [&](const Setting& setting) {
        return setting.key->name == name && setting.source != SettingSource::by_default;
    });
}

tl::expected<LoadedSettings, ConfigFaults> load_settings(const std::string& env_file, const ConfigWorld& world) {
    return Loading(choose_env_file(env_file, world), world).load();
}

} // namespace mcp::app
