#include "adapters/graphs/graph_shelf.hpp"

#include "adapters/files/file_stamp.hpp"
#include "adapters/graphs/cached_facts.hpp"
#include "adapters/sources/fill_aliases.hpp"
#include "analysis/outside/source_gaps.hpp"
#include "base/iso_time.hpp"
#include "language/language.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <tuple>

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
constexpr hours kFetchedServes{24}; ///< what a feed gave, when none gives anything newer
constexpr days kHistory{7};         ///< the days that reports look back
constexpr std::size_t kShrunkBy{2}; ///< a network does not lose half of its channels in a week

std::string english(const Error& error) {
    return language::render(error, language::Language::en);
}

Message in_graph_of(Day day) {
    return {"shelf.kept_graph", {{"day", day}}};
}

/// The error in one message for a report, where paths of the server have no place, and the source is told beside it.
Message without_path(const Error& error) {
    Message reason = error.what;
    for (auto step = error.steps.rbegin(); step != error.steps.rend(); ++step) {
        if (step->key != "file.path" && step->key != "shelf.file" && step->key != "live.source") {
            reason = {"shelf.at", {{"step", std::vector<Message>{*step}}, {"what", std::vector<Message>{reason}}}};
        }
    }
    return reason;
}

std::vector<Message> reason_of(const Error& error) {
    return {without_path(error)};
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

bool is_recent(const GraphPlace& place, Time now) {
    return place.fetched_at && now - *place.fetched_at < kFetchedServes && *place.fetched_at - now < kAheadMax;
}

/// What the last try left is used only when nobody gives anything newer.
bool is_answer(const GraphPlace& place, Time now) {
    return !place.is_live || (is_recent(place, now) && !place.fault && !place.after);
}

SourceState state_of_today(const GraphPlace& place, const domain::Network& network, Time now) {
    SourceState state{.name = place.name,
                      .status = SourceStatus::ok,
                      .fetched_at = place.is_live ? place.fetched_at : now,
                      .age_seconds = age_of(network, now),
                      .error = {}};
    if (is_stale(network, now)) {
        state.status = SourceStatus::stale;
        state.error = Message{"shelf.old", {{"newest", *network.as_of}}};
    } else if (place.fault) {
        state.status = SourceStatus::stale;
        state.error = Message{"shelf.earlier", {{"reason", reason_of(*place.fault)}, {"time", *place.fetched_at}}};
    }
    return state;
}

/// One that did not give today's graph. @param winner that did
SourceState state_of_other(const GraphPlace& place, std::string_view winner, Time now) {
    SourceState state{.name = place.name,
                      .status = SourceStatus::unavailable,
                      .fetched_at = is_recent(place, now) ? place.fetched_at : std::nullopt,
                      .age_seconds = {},
                      .error = {}};
    if (place.fault) {
        state.error = without_path(*place.fault);
    } else {
        state.status = SourceStatus::ok;
        state.error = Message{"shelf.not_needed", {{"source", analysis::display_name(winner)}}};
    }
    return state;
}

Error not_configured() {
    return {.kind = ErrorKind::unavailable, .what = {"shelf.not_configured", {}}};
}

SourceState state_of_stand_in(const std::vector<GraphPlace>& places, const KeptGraph& kept,
                              const domain::Network& network, Time now) {
    Message why = places.empty() ? Message{"shelf.unset", {{"day", kept.day}}}
                                 : Message{"shelf.refused",
                                           {{"reason", reason_of(places.front().fault.value())}, {"day", kept.day}}};
    return {.name = places.empty() ? domain::source::kGraph : places.front().name,
            .status = SourceStatus::stale,
            .fetched_at = taken_at(kept),
            .age_seconds = age_of(network, now),
            .error = std::move(why)};
}

/// Whether both graphs can tell the same things: what one format leaves out is no change of the network.
bool are_comparable(const domain::Network& one, const domain::Network& other) {
    return one.tells.update_dates == other.tells.update_dates && one.tells.inbound_fees == other.tells.inbound_fees;
}

/// What load() makes of the places depends on this and on nothing else of them.
std::string stamps_of(const std::vector<GraphPlace>& places) {
    std::string stamps;
    for (const GraphPlace& place : places) {
        stamps += fmt::format("{}={} {} {};", place.path, file_stamp(place.path).value_or("missing"),
                              place.fault ? english(*place.fault) : "", place.after.value_or(""));
    }
    return stamps;
}

std::string in_words(const domain::Network& network) {
    const std::string date = network.as_of ? "newest update " + iso_time(*network.as_of) : "undated";
    return fmt::format("{} nodes, {} channels, {}", network.nodes.size(), network.channels.size(), date);
}

} // namespace

GraphShelf::GraphShelf(GraphShelfOptions options, Log& log, Metrics& metrics)
    : options_(std::move(options)), kept_(options_.data_folder + "/graphs"), cache_(options_.data_folder + "/cache"),
      log_(log), metrics_(metrics) {
    if (!options_.feeds.empty()) {
        LiveGraphsOptions live{.folder = options_.data_folder + "/graphs/incoming",
                               .feeds = std::move(options_.feeds),
                               .graph_file = options_.graph_file,
                               .feeds_before_file = options_.feeds_before_file};
        live_ = std::make_unique<LiveGraphs>(std::move(live), *options_.env);
    }
}

/// A file is read by load() itself.
Task<void> GraphShelf::refresh(Timer::Span time_max) {
    if (live_) {
        LiveGraphs::Check check_graph = [this](const std::string& path) { return check(path); };
        co_await live_->refresh(time_max, std::move(check_graph));
    }
}

/// Whether load() would take it.
Result<void> GraphShelf::check(const std::string& path) {
    const std::lock_guard lock(mutex_);
    const Time now = live_->now();
    return read_file(path, nullptr).and_then([&](const LoadedGraph& graph) {
        return judge(graph.network, std::chrono::floor<days>(now), now);
    });
}

/// All that is configured, in order.
std::vector<GraphPlace> GraphShelf::places() const {
    std::vector<GraphPlace> places = live_ ? live_->places() : std::vector<GraphPlace>();
    if (!options_.graph_file.empty()) {
        const std::size_t before = std::min(options_.feeds_before_file, places.size());
        GraphPlace file{.name = domain::source::kGraph, .path = options_.graph_file};
        places.insert(places.begin() + static_cast<std::ptrdiff_t>(before), std::move(file));
    }
    return places;
}

Result<ports::GraphDays> GraphShelf::load(Day day, Time now, const Stop& stop) {
    const std::lock_guard lock(mutex_);
    unreadable_.clear();
    std::vector<OlderDay> older = older_days(day, stop);
    std::vector<GraphPlace> all = places();
    const std::string stamps = stamps_of(all); // before reading: what is renewed meanwhile counts as changed
    std::optional<Found> found = first_good(all, day, now, stop);
    if (stopped(stop)) {
        return fail(ErrorKind::timeout, {"shelf.too_slow", {}});
    }
    ports::GraphDays loaded;
    const std::optional<std::size_t> winner = found ? std::optional(found->place) : std::nullopt;
    Result<Today> today =
        found ? take(std::move(*found), all[*winner], older, day, now) : stand_in(all, older, day, now);
    if (!today) {
        return fail(std::move(today.error()));
    }
    if (today->source.age_seconds) {
        metrics_.set(Metric::graph_age, static_cast<double>(*today->source.age_seconds));
    }
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i != winner.value_or(0)) { // a stand-in serves in the name of the first
            loaded.other_sources.push_back(state_of_other(all[i], today->source.name, now));
        }
    }
    loaded.is_live = winner ? all[*winner].is_live : live_ != nullptr;
    give_history(std::move(older), *today, loaded);
    loaded.source = std::move(today->source);
    loaded.today = std::move(today->facts);
    loaded.fingerprint = fingerprint(stamps, day);
    std::erase_if(known_, [](const auto& one) { return !file_stamp(one.first); }); // made room for newer ones
    return loaded;
}

void GraphShelf::give_history(std::vector<OlderDay> older, const Today& today, ports::GraphDays& loaded) {
    std::size_t other_kinds = 0;
    for (OlderDay& one : older) {
        if (!are_comparable(one.facts->network, today.facts->network)) {
            ++other_kinds;
        } else if (one.sha256 != today.sha256) {
            loaded.history.push_back(std::move(one.facts));
        }
    }
    if (other_kinds > 0) {
        log_.write(LogLevel::info, kComponent,
                   fmt::format("Graphs of {} earlier days came in another format: today's is not compared with them",
                               other_kinds));
    }
}

bool GraphShelf::is_unchanged(const ports::GraphDays& loaded, Day day) {
    return loaded.fingerprint == fingerprint(stamps_of(places()), day);
}

/// The first that answered; else the first that gave something lately. Notes why the others before it cannot serve.
std::optional<GraphShelf::Found> GraphShelf::first_good(std::vector<GraphPlace>& places, Day day, Time now,
                                                        const Stop& stop) {
    for (const bool wants_answer : {true, false}) {
        for (std::size_t i = 0; i < places.size(); ++i) {
            GraphPlace& place = places[i];
            const bool is_there = !place.is_live || is_recent(place, now);
            if (!is_there || is_answer(place, now) != wants_answer || stopped(stop)) {
                continue;
            }
            Result<Found> found = good_at(place, day, now);
            if (found) {
                found->place = i;
                return std::move(*found);
            }
            place.fault = std::move(found.error());
            place.after.reset();
            place.fetched_at.reset();
            metrics_.count(Metric::graph_refused);
            log_error(*place.fault);
        }
    }
    for (GraphPlace& place : places) {
        if (!place.fault) {
            place.fault = Error{.kind = ErrorKind::unavailable, .what = {"shelf.nothing_fetched", {}}};
        }
    }
    return std::nullopt;
}

Result<GraphShelf::Found> GraphShelf::good_at(const GraphPlace& place, Day day, Time now) {
    GraphCopy copy = kept_.begin_copy();
    const auto at_place = [&](Error error) {
        return std::move(error).in(place.is_live ? Message{"live.source", {{"source", std::string(place.name)}}}
                                                 : Message{"shelf.file", {}});
    };
    Result<LoadedGraph> graph = read_file(place.path, &copy);
    Result<void> judged = graph ? judge(graph->network, day, now) : fail(graph.error());
    if (!judged) {
        return fail(at_place(std::move(judged.error())));
    }
    return Found{.place = 0, .graph = std::move(*graph), .copy = std::move(copy)};
}

/// @param copy nullptr: none is made
Result<LoadedGraph> GraphShelf::read_file(const std::string& path, GraphCopy* copy) const {
    std::error_code ignored; // what cannot be looked at cannot be opened either, and that is told
    const auto kind = std::filesystem::status(path, ignored).type();
    if (kind == std::filesystem::file_type::fifo || kind == std::filesystem::file_type::socket) {
        const Error special{.kind = ErrorKind::invalid_input, .what = {"file.special", {}}};
        return fail(Error(special).in({"file.path", {{"path", path}}}));
    }
    LoadOptions options;
    if (copy != nullptr) {
        options.and_to = [copy](std::string_view piece) { copy->add(piece); };
    }
    return load_graph(path, options);
}

Result<void> GraphShelf::judge(const domain::Network& network, Day day, Time now) {
    if (network.as_of && *network.as_of - now > kAheadMax) {
        return fail(ErrorKind::invalid_input, {"shelf.future", {{"newest", *network.as_of}}});
    }
    struct Size {
        std::size_t channels;
        Day day;
    };
    std::vector<Size> sizes; // of the last week
    for (const KeptGraph& one : kept_graphs()) {
        const bool is_recent = one.day <= day && day - one.day <= kHistory;
        if (const std::optional<Known> before = is_recent ? known(one) : std::nullopt) {
            sizes.push_back({before->channels, one.day});
        }
    }
    if (sizes.empty()) {
        return {};
    }
    // The middle one, the newest of equals: a single graph that was far too large makes no true one look too small.
    std::sort(sizes.begin(), sizes.end(), [](const Size& one, const Size& other) {
        return std::tie(one.channels, other.day) < std::tie(other.channels, one.day);
    });
    const Size usual = sizes[(sizes.size() - 1) / 2];
    if (network.channels.size() * kShrunkBy < usual.channels) {
        return fail(ErrorKind::invalid_input, {"shelf.far_smaller",
                                               {{"channels", static_cast<std::int64_t>(network.channels.size())},
                                                {"day", usual.day},
                                                {"before", static_cast<std::int64_t>(usual.channels)}}});
    }
    return {};
}

GraphShelf::Today GraphShelf::take(Found found, const GraphPlace& place, const std::vector<OlderDay>& older, Day day,
                                   Time now) {
    LoadedGraph& graph = found.graph;
    log_.write(LogLevel::info, kComponent, "The day's graph is taken: " + in_words(graph.network));
    keep(std::move(found.copy), graph, day, now);
    for (auto day_before = older.rbegin(); day_before != older.rend(); ++day_before) { // names of the newest come first
        fill_aliases(graph.network, day_before->facts->network);
    }
    Today today{.facts = nullptr, .sha256 = graph.sha256, .source = state_of_today(place, graph.network, now)};
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

/// @pre each place knows why it cannot serve
Result<GraphShelf::Today> GraphShelf::stand_in(const std::vector<GraphPlace>& places, std::vector<OlderDay>& older,
                                               Day day, Time now) {
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
        today.source = state_of_stand_in(places, one, today.facts->network, now);
        log_.write(LogLevel::warning, kComponent,
                   fmt::format("The graph kept on {} stands in: {}", iso_time(one.day).substr(0, 10),
                               in_words(today.facts->network)));
        return today;
    }
    Error reason = places.empty() ? not_configured() : *places.front().fault;
    return fail(std::move(reason).in({"shelf.none", {}}));
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

std::string GraphShelf::fingerprint(const std::string& stamps, Day day) const {
    std::string text = fmt::format("{} {}", iso_time(day), stamps);
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
