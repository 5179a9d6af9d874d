#include "app/commands/store_upkeep.hpp"

#include "adapters/store/sqlite/upkeep.hpp"
#include "adapters/system/no_core_dump.hpp"
#include "app/commands/format.hpp"
#include "app/commands/read_settings.hpp"
#include "app/commands/with_store.hpp"
#include "app/node/rotate_secrets.hpp"
#include "app/node/vault.hpp"
#include "base/json_text.hpp"

#include <array>
#include <boost/json.hpp>

namespace mcp::app {
namespace {

namespace sqlite = adapters::sqlite;

/// The data folder of a command. @return nothing, told, when the configuration cannot be used
std::optional<std::string> data_folder(const StoreOptions& options, const ConfigWorld& world, Io& io) {
    const std::optional<LoadedSettings> loaded = read_settings(options.env_file, world, io);
    return loaded ? std::optional(loaded->settings.data_folder) : std::nullopt;
}

int say(Io& io, const Message& message) {
    return deliver(io, language::render(message, io.language) + "\n");
}

boost::json::object as_object(const sqlite::StoreCheck& check) {
    boost::json::object tables;
    for (const sqlite::TableRows& rows : check.tables) {
        tables[rows.table] = rows.rows;
    }
    return {{"file", check.file},
            {"is_sound", check.is_sound()},
            {"damage", boost::json::array(check.damage.begin(), check.damage.end())},
            {"broken_references", check.broken_references},
            {"layout", check.layout.version},
            {"newest_layout", check.newest_layout},
            {"bytes", check.bytes},
            {"log_bytes", check.log_bytes},
            {"free_bytes", check.free_bytes},
            {"is_served", check.is_served},
            {"rows", std::move(tables)}};
}

std::string as_text(const sqlite::StoreCheck& check, language::Language language) {
    const auto line = [&](const Message& message) { return language::render(message, language) + "\n"; };
    std::string text =
        line({"check_store.file",
              {{"file", check.file}, {"bytes", check.bytes}, {"log", check.log_bytes}, {"free", check.free_bytes}}});
    text += line({"check_store.layout",
                  {{"layout", std::int64_t{check.layout.version}}, {"newest", std::int64_t{check.newest_layout}}}});
    text += line({check.is_served ? "check_store.served" : "check_store.not_served", {}});
    for (const sqlite::TableRows& rows : check.tables) {
        text += line({"check_store.table", {{"table", std::string(rows.table)}, {"rows", rows.rows}}});
    }
    return text + line({check.is_sound() ? "check_store.sound" : "check_store.damaged", {}});
}

/// Seals all credentials anew, and tells those that no key opens.
Task<int> rotate(ports::Store& store, const Settings& settings, Io& io) {
    const Result<std::unique_ptr<ports::Vault>> vault = make_vault(settings);
    if (!vault) {
        co_return report_failure(io, vault.error());
    }
    if (settings.secrets_key.empty()) {
        co_return report_failure(io, {.kind = ErrorKind::unavailable, .what = {"secrets.no_key", {}}});
    }
    const Result<Rotated> rotated = co_await rotate_secrets(store, **vault);
    if (!rotated) {
        co_return report_failure(io, rotated.error());
    }
    for (const auto& [user, why] : rotated->closed) {
        warn(io, {"migrate.closed_link", {{"id", user}, {"fault", language::render(why, io.language)}}});
    }
    const int said =
        say(io, {"migrate.rotated", {{"count", rotated->sealed_anew}, {"up_to_date", rotated->up_to_date}}});
    if (said != ExitStatus::kDone || rotated->closed.empty()) {
        co_return said;
    }
    const auto closed = static_cast<std::int64_t>(rotated->closed.size());
    co_return report_failure(io, {.kind = ErrorKind::unavailable, .what = {"migrate.closed", {{"count", closed}}}});
}

} // namespace

int migrate(const StoreOptions& options, Io& io, const ConfigWorld& world) {
    const std::optional<LoadedSettings> loaded = read_settings(options.env_file, world, io);
    if (!loaded) {
        return ExitStatus::kWorldFailed;
    }
    const std::string& folder = loaded->settings.data_folder;
    const Result<sqlite::Migrated> migrated = sqlite::migrate_store(folder);
    if (!migrated) {
        return report_failure(io, migrated.error());
    }
    const std::string_view key = migrated->from == 0              ? "migrate.made"
                                 : migrated->from == migrated->to ? "migrate.nothing"
                                                                  : "migrate.done";
    const int said = say(
        io, {key, {{"folder", folder}, {"from", std::int64_t{migrated->from}}, {"to", std::int64_t{migrated->to}}}});
    if (said != ExitStatus::kDone || !options.rotate_secrets) {
        return said;
    }
    adapters::forbid_core_dumps();
    return with_store(loaded->settings, io,
                      [&io](ports::Store& store, const Settings& settings) { return rotate(store, settings, io); });
}

int check_store(const StoreOptions& options, Io& io, const ConfigWorld& world) {
    const Result<Format> format = parse_format(options.format, std::array{Format::text, Format::json});
    if (!format) {
        return refuse_call(io, format.error().what);
    }
    const std::optional<std::string> folder = data_folder(options, world, io);
    if (!folder) {
        return ExitStatus::kWorldFailed;
    }
    const Result<sqlite::StoreCheck> check = sqlite::check_store(*folder);
    if (!check) {
        return report_failure(io, check.error());
    }
    const int delivered =
        deliver(io, *format == Format::json ? json_text(as_object(*check)) : as_text(*check, io.language));
    if (delivered != ExitStatus::kDone || check->is_sound()) {
        return delivered;
    }
    const std::string first = check->damage.empty() ? "foreign_key_check" : check->damage.front();
    return report_failure(io, {.kind = ErrorKind::unavailable, .what = {"store.damaged", {{"fault", first}}}});
}

int backup(const StoreOptions& options, Io& io, const ConfigWorld& world) {
    if (options.file.empty()) {
        return refuse_call(io, {"usage.backup_file", {}});
    }
    const std::optional<std::string> folder = data_folder(options, world, io);
    if (!folder) {
        return ExitStatus::kWorldFailed;
    }
    const Result<sqlite::Backup> made = sqlite::backup_store(*folder, options.file);
    return made ? say(io, {"backup.done", {{"file", options.file}, {"bytes", made->bytes}}})
                : report_failure(io, made.error());
}

int restore(const StoreOptions& options, Io& io, const ConfigWorld& world) {
    if (options.file.empty()) {
        return refuse_call(io, {"usage.restore_file", {}});
    }
    const std::optional<std::string> folder = data_folder(options, world, io);
    if (!folder) {
        return ExitStatus::kWorldFailed;
    }
    const Result<sqlite::Restored> restored = sqlite::restore_store(*folder, options.file, io.clock.now());
    if (!restored) {
        return report_failure(io, restored.error());
    }
    return restored->kept_as.empty()
               ? say(io, {"restore.done", {{"folder", *folder}}})
               : say(io, {"restore.done_beside", {{"folder", *folder}, {"kept", restored->kept_as}}});
}

} // namespace mcp::app
