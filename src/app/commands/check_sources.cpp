#include "app/commands/check_sources.hpp"

#include "adapters/render/text_layout.hpp"
#include "app/commands/format.hpp"
#include "app/commands/read_settings.hpp"
#include "app/sources/asking_world.hpp"
#include "app/sources/probes.hpp"
#include "base/iso_time.hpp"
#include "base/json_text.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace mcp::app {
namespace {

namespace json = boost::json;
using adapters::width_of;
using language::render;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

constexpr int kIndent = 4;

std::string joined(const std::vector<std::string_view>& keys) {
    std::string text;
    for (const std::string_view key : keys) {
        text += (text.empty() ? "" : ", ") + std::string(key);
    }
    return text;
}

std::string_view state_code(const SourceProbe& probe) {
    if (!probe.is_configured) {
        return "not_configured";
    }
    return probe.is_good() ? "ok" : "unavailable";
}

std::string state_word(const SourceProbe& probe, language::Language language) {
    const std::string_view key = !probe.is_configured ? "check_sources.not_configured"
                                 : probe.is_good()    ? "check_sources.good"
                                                      : "check_sources.failed";
    return render({key, {}}, language);
}

/// What else there is to say of a source, a sentence each.
std::vector<std::string> remarks(const SourceProbe& probe, const Io& io) {
    std::vector<std::string> said;
    const auto say = [&](const Message& message) { said.push_back(render(message, io.language)); };
    if (!probe.missing.empty()) {
        say({"check_sources.missing", {{"keys", joined(probe.missing)}}});
    }
    if (probe.fault) {
        said.push_back(render(*probe.fault, io.language));
    }
    if (probe.as_of) {
        const auto age = duration_cast<std::chrono::days>(io.clock.now() - *probe.as_of).count();
        say({"check_sources.as_of", {{"time", *probe.as_of}, {"days", std::max<std::int64_t>(age, 0)}}});
    }
    if (probe.is_configured && probe.is_left_out) {
        say({"check_sources.left_out", {}});
    }
    return said;
}

/// In columns of which none is wider than needed: name, state, version, time.
using Cells = std::array<std::string, 4>;

Cells head(language::Language language) {
    return {render({"check_sources.head.source", {}}, language), render({"check_sources.head.state", {}}, language),
            render({"check_sources.head.version", {}}, language), render({"check_sources.head.took", {}}, language)};
}

Cells cells_of(const SourceProbe& probe, language::Language language) {
    const bool is_timed = probe.took && !probe.fault;
    const std::string version = probe.version.substr(0, probe.version.find(' ')); // LND adds its commit
    return {std::string(probe.row->name), state_word(probe, language), version,
            is_timed ? std::to_string(duration_cast<milliseconds>(*probe.took).count()) + " ms" : std::string()};
}

std::string line_of(const Cells& cells, const std::array<int, 4>& widths) {
    std::string line;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        line += cells[i];
        line.append(static_cast<std::size_t>(widths[i] - width_of(cells[i]) + 2), ' ');
    }
    return line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
}

std::string as_text(const std::vector<SourceProbe>& probes, const Io& io) {
    std::vector<Cells> rows{head(io.language)};
    for (const SourceProbe& probe : probes) {
        rows.push_back(cells_of(probe, io.language));
    }
    std::array<int, 4> widths{};
    for (const Cells& row : rows) {
        std::transform(row.begin(), row.end(), widths.begin(), widths.begin(),
                       [](const std::string& cell, int width) { return std::max(width_of(cell), width); });
    }
    std::string text = line_of(rows.front(), widths);
    for (std::size_t i = 0; i < probes.size(); ++i) {
        text += line_of(rows[i + 1], widths);
        for (const std::string& remark : remarks(probes[i], io)) {
            text += std::string(kIndent, ' ') + adapters::wrapped(remark, std::max(io.columns, 40) - kIndent, kIndent);
        }
    }
    const bool none = std::none_of(probes.begin(), probes.end(), [](const auto& one) { return one.is_configured; });
    return none ? text + "\n" + render({"check_sources.none", {}}, io.language) + "\n" : text;
}

json::array texts(const std::vector<std::string_view>& words) {
    json::array array;
    for (const std::string_view word : words) {
        array.emplace_back(word);
    }
    return array;
}

json::value text_or_null(const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object as_object(const SourceProbe& probe, const Io& io) {
    json::object row;
    row["name"] = probe.row->name;
    row["status"] = state_code(probe);
    row["missing"] = texts(probe.missing);
    row["left_out"] = probe.is_left_out;
    row["error"] = probe.fault ? json::value(render(*probe.fault, io.language)) : json::value(nullptr);
    row["version"] = text_or_null(probe.version);
    row["took_ms"] = probe.took ? json::value(duration_cast<milliseconds>(*probe.took).count()) : json::value(nullptr);
    row["data_as_of"] = probe.as_of ? json::value(iso_time(*probe.as_of)) : json::value(nullptr);
    row["data_age_seconds"] = probe.as_of
                                  ? json::value(std::max<std::int64_t>((io.clock.now() - *probe.as_of).count(), 0))
                                  : json::value(nullptr);
    return row;
}

std::string as_json(const std::vector<SourceProbe>& probes, const Io& io) {
    json::array rows;
    for (const SourceProbe& probe : probes) {
        rows.push_back(as_object(probe, io));
    }
    return json_text(json::object{{"sources", std::move(rows)}});
}

} // namespace

int check_sources(const CheckSourcesOptions& options, Io& io, const ConfigWorld& world) {
    const Result<Format> format = parse_format(options.format, std::array{Format::text, Format::json});
    if (!format) {
        return refuse_call(io, format.error().what);
    }
    const std::optional<LoadedSettings> loaded = read_settings(options.env_file, world, io);
    if (!loaded) {
        return ExitStatus::kWorldFailed;
    }
    AskingWorld asking(io);
    const std::vector<SourceProbe> probes =
        asking.run(probe_sources(loaded->settings, asking.env(), asking.http(), asking.executor()));
    const int delivered = deliver(io, *format == Format::json ? as_json(probes, io) : as_text(probes, io));
    const bool all_good = std::all_of(probes.begin(), probes.end(),
                                      [](const SourceProbe& one) { return !one.is_configured || one.is_good(); });
    return delivered == ExitStatus::kDone && !all_good ? ExitStatus::kWorldFailed : delivered;
}

} // namespace mcp::app
