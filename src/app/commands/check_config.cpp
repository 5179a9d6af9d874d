#include "app/commands/check_config.hpp"

#include "adapters/render/text_layout.hpp"
#include "app/commands/format.hpp"
#include "app/commands/read_settings.hpp"
#include "app/config/token_keys.hpp"
#include "app/node/vault.hpp"
#include "base/json_text.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace mcp::app {
namespace {

using adapters::width_of;
using language::render;

constexpr const char* kMasked = "********";

std::string shown_value(const Setting& setting, const Settings& settings) {
    if (is_secret(*setting.key)) {
        return setting.text.empty() ? "" : kMasked;
    }
    const auto* const member = std::get_if<std::string Settings::*>(&setting.key->member);
    return member != nullptr ? settings.**member : setting.text; // a folder that nobody named has its place by now
}

Message origin(const Setting& setting) {
    const bool is_alias = setting.name != setting.key->name;
    switch (setting.source) {
    case SettingSource::by_default:
        return {"config.from_default", {}};
    case SettingSource::environment:
        return is_alias ? Message{"config.from_environment_as", {{"name", setting.name}}}
                        : Message{"config.from_environment", {}};
    case SettingSource::file:
        break;
    }
    const std::string line = std::to_string(setting.line);
    return is_alias ? Message{"config.from_line_as", {{"line", line}, {"name", setting.name}}}
                    : Message{"config.from_line", {{"line", line}}};
}

std::string padded(std::string text, int width) {
    text.append(static_cast<std::size_t>(std::max(0, width - width_of(text))), ' ');
    return text;
}

std::string as_text(const LoadedSettings& loaded, language::Language language) {
    const Message file =
        loaded.file.empty() ? Message{"config.no_file", {}} : Message{"config.read_file", {{"file", loaded.file}}};
    std::vector<std::array<std::string, 3>> rows;
    for (const Setting& setting : loaded.all) {
        const std::string value = shown_value(setting, loaded.settings);
        rows.push_back(
            {std::string(setting.key->name), value.empty() ? "-" : value, render(origin(setting), language)});
    }
    std::array<int, 2> widths{};
    for (const auto& row : rows) {
        widths = {std::max(widths[0], width_of(row[0])), std::max(widths[1], std::min(width_of(row[1]), 40))};
    }
    std::string text = render(file, language) + "\n\n";
    for (const auto& row : rows) {
        text += padded(row[0], widths[0]) + "  " + padded(row[1], widths[1]) + "  " + row[2] + "\n";
    }
    return text;
}

std::string_view code(SettingSource source) {
    switch (source) {
    case SettingSource::by_default:
        return "default";
    case SettingSource::environment:
        return "environment";
    case SettingSource::file:
        return "file";
    }
    return {};
}

/// The value as its type is in JSON; of a secret only whether there is one is told, beside it.
boost::json::value typed_value(const Setting& setting, const Settings& settings) {
    if (is_secret(*setting.key)) {
        return nullptr;
    }
    if (const auto* member = std::get_if<bool Settings::*>(&setting.key->member)) {
        return settings.**member;
    }
    if (const auto* member = std::get_if<std::int64_t Settings::*>(&setting.key->member)) {
        return settings.**member;
    }
    if (const auto* member = std::get_if<std::vector<std::string> Settings::*>(&setting.key->member)) {
        const std::vector<std::string>& items = settings.**member;
        return boost::json::array(items.begin(), items.end());
    }
    return boost::json::string(shown_value(setting, settings));
}

boost::json::value path_or_null(const std::string& path) {
    return path.empty() ? boost::json::value(nullptr) : boost::json::value(path);
}

std::string as_json(const LoadedSettings& loaded) {
    boost::json::array settings;
    for (const Setting& setting : loaded.all) {
        boost::json::object row;
        row["key"] = setting.key->name;
        row["value"] = typed_value(setting, loaded.settings);
        row["is_secret"] = is_secret(*setting.key);
        row["is_empty"] = shown_value(setting, loaded.settings).empty();
        row["source"] = code(setting.source);
        row["name"] = setting.name;
        row["line"] = setting.line == 0 ? boost::json::value(nullptr) : boost::json::value(setting.line);
        settings.push_back(std::move(row));
    }
    boost::json::object document;
    document["file"] = path_or_null(loaded.file);
    document["other_file"] = path_or_null(loaded.other_file);
    document["settings"] = std::move(settings);
    return json_text(document);
}

} // namespace

int check_config(const CheckConfigOptions& options, Io& io, const ConfigWorld& world) {
    const Result<Format> format = parse_format(options.format, std::array{Format::text, Format::json});
    if (!format) {
        return refuse_call(io, format.error().what);
    }
    const std::optional<LoadedSettings> loaded = read_settings(options.env_file, world, io);
    if (!loaded) {
        return ExitStatus::kWorldFailed;
    }
    const int delivered = deliver(io, *format == Format::json ? as_json(*loaded) : as_text(*loaded, io.language));
    if (delivered != ExitStatus::kDone) {
        return delivered;
    }
    const auto verifier = make_token_verifier(loaded->settings);
    const auto vault = make_vault(loaded->settings);
    if (!verifier || !vault) {
        return report_failure(io, verifier ? vault.error() : verifier.error());
    }
    if (loaded->settings.secrets_key.empty()) {
        warn(io, {"config.no_secrets_key", {}});
    }
    return ExitStatus::kDone;
}

} // namespace mcp::app
