#include "adapters/graphs/graph_shelf.hpp"

#include "adapters/files/file_stamp.hpp"
#include "adapters/graphs/cached_facts.hpp"
#include "base/iso_time.hpp"
#include "language/language.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

namespace mcp::adapters {
namespace {

using analysis::DayFacts;
using domain::SourceState;
using domain::SourceStatus;
using std::chrono::days;
using std::chrono::hours;

constexpr std::string_view kComponent = "graph";
constexpr hours kFresh{24};         ///< older than that is stale
constexpr hours kAheadMax{24};      ///< of this machine's clock
constexpr days kHistory{7};         ///< the days that reports look back
constexpr std::size_t kShrunkBy{2}; ///< a network does not lose half of its channels in a week

std::string english(const Error& error) {
    return language::render(error, language::Language::en);
}

Message in_graph_of(Day day) {
    return {"shelf.kept_graph", {{"day", day}}};
}

/// The error in one message for a report, where paths of the server have no place.
Message without_path(const Error& error) {
    std::vector<Message> parts;
    for (const Message& step : error.steps) {
        if (step.key != "file.path" && step.key != "shelf.file") {
            parts.push_back(step);
        }
    }
    parts.push_back(error.what);
    return {"shelf.reason", {{"parts", std::move(parts)}}};
}

std::optional<std::int64_t> age_of(const domain::Network& network, Time now) {
    if (!network.as_of) {
        return std::nullopt;
    }
    return std::max<std::int64_t>((now - *network.as_of).count(), 0); // clocks differ by seconds
}

bool is_stale(const domain::Network& network, Time now) {
    return network.as_of && now - *network.as_of > kFresh;
}

SourceState state_of_file(const domain::Network& network, Time now) {
    SourceState state{.name = domain::source::kGraph,
                      .status = SourceStatus::ok,
                      .fetched_at = now,
                      .age_seconds = age_of(network, now),
                      .error = {}};
    if (is_stale(network, now)) {
        state.status = SourceStatus::stale;
        state.error = Message{"shelf.old", {{"newest", *network.as_of}}};
    }
    return state;
}

bool is_unset(const Error& refusal) {
    return refusal.what.key == "shelf.not_configured";
}

SourceState state_of_stand_in(const KeptGraph& kept, const domain::Network& network, const Error& refusal, Time now) {
    Message why =
        is_unset(refusal)
            ? Message{"shelf.unset", {{"day", kept.day}}}
            : Message{"shelf.refused", {{"reason", std::vector<Message>{without_path(refusal)}}, {"day", kept.day}}};
    return {.name = domain::source::kGraph,
            .status = SourceStatus::stale,
            .fetched_at = taken_at(kept),
            .age_seconds = age_of(network, now),
            .error = std::move(why)};
}

std::string in_words(const domain::Network& network) {
    const std::string date = network.as_of ? "newest update " + iso_time(*network.as_of) : "undated";
    return fmt::format("{} nodes, {} channels, {}", network.nodes.size(), network.channels.size(), date);
}

} // namespace

GraphShelf::GraphShelf(GraphShelfOptions options, Log& log, Metrics& metrics)
    : options_(std::move(options)), kept_(options_.data_folder + "/graphs"), cache_(options_.data_folder + "/cache"),
      log_(log), metrics_(metrics) {}

/// A file is read by load() itself.
Task<void> GraphShelf::refresh(Timer::Span /*time_max*/) {
    co_return;
}

Result<ports::GraphDays> GraphShelf::load(Day day, Time now, const Stop& stop) {
    const std::lock_guard lock(mutex_);
    unreadable_.clear();
    std::vector<OlderDay> older = older_days(day, stop);
    const std::string stamp = stamp_of_file(); // before reading: what is renewed meanwhile counts as changed
    GraphCopy copy = kept_.begin_copy();
    Result<LoadedGraph> fresh = read_file(copy);
    if (fresh) {
        if (Result<void> judged = judge(fresh->network, day, now); !judged) {
            fresh = fail(std::move(judged.error()).in({"shelf.file", {}}));
        }
    }
    if (stopped(stop)) {
        return fail(ErrorKind::timeout, {"shelf.too_slow", {}});
    }
    Result<Today> today =
        fresh ? take(std::move(*fresh), std::move(copy), day, now) : stand_in(fresh.error(), older, day, now);
    if (!today) {
        return fail(std::move(today.error()));
    }
    if (today->source.age_seconds) {
        metrics_.set(Metric::graph_age, static_cast<double>(*today->source.age_seconds));
    }
    ports::GraphDays loaded;
    loaded.today = std::move(today->facts);
    for (OlderDay& one : older) {
        if (one.sha256 != today->sha256) {
            loaded.history.push_back(std::move(one.facts));
        }
    }
    loaded.source = std::move(today->source);
    loaded.fingerprint = fingerprint(stamp, day);
    std::erase_if(known_, [](const auto& one) { return !file_stamp(one.first); }); // made room for newer ones
    return loaded;
}

bool GraphShelf::is_unchanged(const ports::GraphDays& loaded, Day day) {
    return loaded.fingerprint == fingerprint(stamp_of_file(), day);
}

Result<LoadedGraph> GraphShelf::read_file(GraphCopy& copy) const {
    if (options_.graph_file.empty()) {
        return fail(ErrorKind::unavailable, {"shelf.not_configured", {}});
    }
    std::error_code ignored; // what cannot be looked at cannot be opened either, and that is told
    const auto kind = std::filesystem::status(options_.graph_file, ignored).type();
    if (kind == std::filesystem::file_type::fifo || kind == std::filesystem::file_type::socket) {
        const Error special{.kind = ErrorKind::invalid_input, .what = {"file.special", {}}};
        return fail(Error(special).in({"file.path", {{"path", options_.graph_file}}}).in({"shelf.file", {}}));
    }
    const LoadOptions options{.and_to = [&copy](std::string_view piece) { copy.add(piece); }};
    return load_graph(options_.graph_file, options).map_error([](Error error) {
        return std::move(error).in({"shelf.file", {}});
    });
}

Result<void> GraphShelf::judge(const domain::Network& network, Day day, Time now) {
    if (network.as_of && *network.as_of - now > kAheadMax) {
        return fail(ErrorKind::invalid_input, {"shelf.future", {{"newest", *network.as_of}}});
    }
    std::vector<KeptGraph> kept = kept_graphs();
    std::reverse(kept.begin(), kept.end());
    for (const KeptGraph& one : kept) {
        const bool is_recent = one.day <= day && day - one.day <= kHistory;
        const std::optional<Known> before = is_recent ? known(one) : std::nullopt;
        if (before && network.channels.size() * kShrunkBy < before->channels) {
            return fail(ErrorKind::invalid_input, {"shelf.far_smaller",
                                                   {{"channels", static_cast<std::int64_t>(network.channels.size())},
                                                    {"day", one.day},
                                                    {"before", static_cast<std::int64_t>(before->channels)}}});
        }
        if (before) {
            return {};
        }
    }
    return {};
}

GraphShelf::Today GraphShelf::take(LoadedGraph graph, GraphCopy copy, Day day, Time now) {
    log_.write(LogLevel::info, kComponent, "The day's graph is taken: " + in_words(graph.network));
    keep(std::move(copy), graph, day, now);
    Today today{.facts = nullptr, .sha256 = graph.sha256, .source = state_of_file(graph.network, now)};
    today.facts = facts(std::move(graph), day);
    return today;
}

void GraphShelf::keep(GraphCopy copy, const LoadedGraph& graph, Day day, Time now) {
    const bool is_old = is_stale(graph.network, now);
    const Day own_day = is_old ? std::chrono::floor<days>(*graph.network.as_of) : day;
    const std::vector<KeptGraph> kept = kept_graphs();
    const bool has_own_day =
        std::any_of(kept.begin(), kept.end(), [&](const KeptGraph& one) { return one.day == own_day; });
    if (is_kept(graph.sha256) || (is_old && has_own_day)) {
        return;
    }
    if (Result<void> done = kept_.keep(std::move(copy), own_day, now); !done) {
        log_error(done.error());
    }
}

Result<GraphShelf::Today> GraphShelf::stand_in(const Error& refusal, std::vector<OlderDay>& older, Day day, Time now) {
    if (!is_unset(refusal)) {
        metrics_.count(Metric::graph_refused);
        log_error(refusal);
    }
    std::vector<KeptGraph> kept = kept_graphs();
    std::reverse(kept.begin(), kept.end());
    for (const KeptGraph& one : kept) {
        const auto loaded = std::find_if(older.begin(), older.end(), [&](const auto& o) { return o.path == one.path; });
        Today today;
        if (loaded != older.end()) {
            today.facts = std::move(loaded->facts);
            today.facts->date = day;
            today.sha256 = loaded->sha256;
            older.erase(loaded);
        } else if (std::optional<LoadedGraph> graph = load_kept(one)) {
            today.sha256 = graph->sha256;
            today.facts = facts(std::move(*graph), day);
        } else {
            continue;
        }
        today.source = state_of_stand_in(one, today.facts->network, refusal, now);
        log_.write(LogLevel::warning, kComponent,
                   fmt::format("The graph kept on {} stands in: {}", iso_time(one.day).substr(0, 10),
                               in_words(today.facts->network)));
        return today;
    }
    return fail(Error(refusal).in({"shelf.none", {}}));
}

std::vector<GraphShelf::OlderDay> GraphShelf::older_days(Day day, const Stop& stop) {
    std::vector<OlderDay> older;
    for (const KeptGraph& kept : kept_graphs()) {
        if (kept.day >= day || day - kept.day > kHistory || stopped(stop)) {
            continue;
        }
        std::optional<LoadedGraph> graph = load_kept(kept);
        if (!graph) {
            continue;
        }
        const auto is_same = [&](const OlderDay& one) { return one.sha256 == graph->sha256; };
        if (std::none_of(older.begin(), older.end(), is_same)) {
            std::string sha256 = graph->sha256;
            older.push_back({kept.path, std::move(sha256), facts(std::move(*graph), kept.day)});
        }
    }
    return older;
}

std::vector<KeptGraph> GraphShelf::kept_graphs() {
    Result<std::vector<KeptGraph>> kept = kept_.list();
    if (!kept) {
        log_error(kept.error());
        return {};
    }
    return std::move(*kept);
}

/// Tells once in each load() that a kept graph cannot be read.
std::optional<LoadedGraph> GraphShelf::load_kept(const KeptGraph& kept) {
    if (unreadable_.contains(kept.path)) {
        return std::nullopt;
    }
    const std::string stamp = file_stamp(kept.path).value_or("");
    Result<LoadedGraph> graph = load_graph(kept.path);
    if (!graph) {
        unreadable_.insert(kept.path);
        log_error(std::move(graph.error()).in(in_graph_of(kept.day)));
        return std::nullopt;
    }
    known_[kept.path] = {stamp, graph->sha256, graph->network.channels.size()};
    return std::move(*graph);
}

std::optional<GraphShelf::Known> GraphShelf::known(const KeptGraph& kept) {
    const auto found = known_.find(kept.path);
    const bool is_known = found != known_.end() && found->second.stamp == file_stamp(kept.path);
    if (!is_known && !load_kept(kept)) {
        return std::nullopt;
    }
    return known_.at(kept.path);
}

bool GraphShelf::is_kept(const std::string& sha256) {
    for (const KeptGraph& kept : kept_graphs()) {
        const std::optional<Known> facts_of_kept = known(kept);
        if (facts_of_kept && facts_of_kept->sha256 == sha256) {
            return true;
        }
    }
    return false;
}

std::unique_ptr<DayFacts> GraphShelf::facts(LoadedGraph graph, Day day) const {
    return cached_facts(std::move(graph), day, cache_, options_.threads);
}

std::string GraphShelf::stamp_of_file() const {
    return options_.graph_file.empty() ? "unset" : file_stamp(options_.graph_file).value_or("missing");
}

std::string GraphShelf::fingerprint(const std::string& stamp_of_file, Day day) const {
    std::string text = fmt::format("{} {}", iso_time(day), stamp_of_file);
    if (const Result<std::vector<KeptGraph>> kept = kept_.list()) {
        for (const KeptGraph& one : *kept) {
            text += " " + one.path + "=" + file_stamp(one.path).value_or("missing");
        }
    }
    return text;
}

void GraphShelf::log_error(const Error& error) {
    log_.write(LogLevel::error, kComponent, english(error));
}

} // namespace mcp::adapters
