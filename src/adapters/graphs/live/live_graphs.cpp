#include "adapters/graphs/live/live_graphs.hpp"

#include "adapters/files/atomic_file.hpp"
#include "adapters/files/file_stamp.hpp"
#include "base/iso_time.hpp"
#include "domain/figure.hpp"
#include "language/language.hpp"

#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <filesystem>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace mcp::adapters {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kComponent = "graph";
constexpr std::string_view kEnding = ".graph";
constexpr std::string_view kUnchecked = ".unchecked";
constexpr std::chrono::hours kServesAgain{1};
constexpr std::chrono::minutes kSlowFor{5}; ///< so long a server that took too long is not waited for again

Day day_of(Time time) {
    return std::chrono::floor<std::chrono::days>(time);
}

std::optional<Time> fetched_at(const std::string& path) {
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0) {
        return std::nullopt;
    }
    return Time{std::chrono::seconds{facts.st_mtim.tv_sec}};
}

/// Of a URL, for a file's name: the same in each process (FNV-1a), and without what the URL tells.
std::uint64_t mark_of(std::string_view url) {
    std::uint64_t mark = 14'695'981'039'346'656'037U;
    for (const char byte : url) {
        mark = (mark ^ static_cast<unsigned char>(byte)) * 1'099'511'628'211U;
    }
    return mark;
}

/// What a crash left, and what feeds gave that are configured no more: 100 MB each.
void remove_what_nobody_needs(const std::string& folder, const std::vector<std::string>& needed) {
    remove_leftovers(folder);
    std::error_code fault;
    for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) {
        const std::string path = entry->path().string();
        const bool is_graph = path.ends_with(kEnding) || path.ends_with(kUnchecked);
        if (is_graph && std::find(needed.begin(), needed.end(), path) == needed.end()) {
            ::unlink(path.c_str());
        }
    }
}

} // namespace

LiveGraphs::LiveGraphs(LiveGraphsOptions options, const Env& env) : options_(std::move(options)), env_(env) {}

std::string LiveGraphs::path_of(const GraphFeed& feed) const {
    const std::string place = feed.url().empty() ? std::string() : fmt::format("-{:016x}", mark_of(feed.url()));
    return fmt::format("{}/{}{}{}", options_.folder, feed.name(), place, kEnding);
}

std::vector<GraphPlace> LiveGraphs::places() const {
    std::vector<GraphPlace> places;
    const std::lock_guard lock(mutex_);
    for (const auto& feed : options_.feeds) {
        GraphPlace place{.name = feed->name(), .path = path_of(*feed), .is_live = true};
        place.fetched_at = fetched_at(place.path);
        if (const auto outcome = outcomes_.find(feed->name()); outcome != outcomes_.end()) {
            place.fault = outcome->second.fault;
            place.after = outcome->second.after;
        }
        places.push_back(std::move(place));
    }
    return places;
}

Task<void> LiveGraphs::refresh(Timer::Span time_max, Check check) {
    if (const std::shared_ptr<Event> others = refreshing_) {
        co_await others->wait();
        co_return;
    }
    const auto executor = co_await boost::asio::this_coro::executor;
    refreshing_ = std::make_shared<Event>(executor);
    const Release release(refreshing_);
    const Deadline deadline(env_.timer, time_max);
    std::optional<std::string> winner;
    for (std::size_t i = 0; i <= options_.feeds.size(); ++i) {
        if (i == options_.feeds_before_file && !winner && !options_.graph_file.empty()) {
            const bool serves = co_await is_good(options_.graph_file, check);
            winner = serves ? std::optional<std::string>(domain::source::kGraph) : std::nullopt;
        }
        if (i == options_.feeds.size()) {
            break;
        }
        const GraphFeed& feed = *options_.feeds[i];
        if (winner) {
            note(feed, {.fault = {}, .after = winner});
            continue;
        }
        const Timer::Span share = deadline.left() / static_cast<Timer::Span::rep>(options_.feeds.size() - i);
        const bool serves = co_await gives_a_graph(i, share, check);
        winner = serves ? std::optional<std::string>(feed.name()) : std::nullopt;
    }
}

Task<bool> LiveGraphs::gives_a_graph(std::size_t feed, Timer::Span time_max, Check check) {
    GraphFeed& asked = *options_.feeds[feed];
    if (is_fresh(asked)) {
        std::string path = path_of(asked);
        const bool serves = co_await is_good(std::move(path), check);
        if (serves) {
            note(asked, {});
            co_return true;
        }
    }
    if (was_too_slow_lately(asked)) {
        co_return false; // runs that follow one another do not each wait for it again
    }
    Result<void> fetched = co_await fetch(asked, time_max, check);
    if (!fetched) {
        if (fetched.error().kind != ErrorKind::cancelled) { // the service stops
            log_fault(asked, fetched.error());
        }
    }
    const bool was_too_slow = !fetched && fetched.error().kind == ErrorKind::timeout;
    note(asked, {.fault = fetched ? std::nullopt : std::optional(fetched.error()),
                 .after = {},
                 .timed_out_at = was_too_slow ? std::optional(env_.clock.now()) : std::nullopt});
    co_return fetched.has_value();
}

Task<Result<void>> LiveGraphs::fetch(GraphFeed& feed, Timer::Span time_max, Check check) {
    if (time_max <= Timer::Span::zero()) {
        co_return fail(ErrorKind::timeout, {"live.no_time", {}});
    }
    std::vector<std::string> needed;
    for (const auto& one : options_.feeds) {
        needed.push_back(path_of(*one));
    }
    auto begin = [folder = options_.folder, needed = std::move(needed)] {
        remove_what_nobody_needs(folder, needed);
        return GraphSink::begin(folder);
    };
    const Timer::Span begun = env_.timer.now();
    Result<std::shared_ptr<GraphSink>> sink = co_await run_on(env_.blocking, std::move(begin));
    if (!sink) {
        co_return fail(std::move(sink.error()));
    }
    Result<void> fetched = co_await feed.fetch(*sink, time_max);
    if (!fetched) {
        co_return fetched;
    }
    const Time now = env_.clock.now();
    const std::string path = path_of(feed);
    const std::string unchecked = path + std::string(kUnchecked);
    auto commit = [sink = *sink, unchecked, now] { return sink->commit(unchecked, now); };
    Result<void> committed = co_await run_on(env_.blocking, std::move(commit));
    if (!committed) {
        co_return committed;
    }
    const double seconds = std::chrono::duration<double>(env_.timer.now() - begun).count();
    auto look = [check, path, unchecked]() -> Result<void> {
        if (Result<void> checked = check(unchecked); !checked) {
            ::unlink(unchecked.c_str());
            return checked;
        }
        std::error_code fault;
        fs::rename(unchecked, path, fault);
        return fault ? Result<void>(fail(ErrorKind::unavailable, {"live.not_kept", {}})) : Result<void>();
    };
    Result<void> good = co_await run_on(env_.compute, std::move(look));
    if (!good) {
        env_.metrics.count(Metric::graph_refused);
        co_return good;
    }
    good_[path] = file_stamp(path).value_or("") + " " + iso_time(day_of(now));
    env_.log.write(LogLevel::info, kComponent,
                   fmt::format("The graph of {} was fetched in {:.1f} s", feed.name(), seconds));
    co_return Result<void>();
}

/// Looks at a file again only when it is another one, or another day: what was kept since then may judge it otherwise.
Task<bool> LiveGraphs::is_good(std::string path, Check check) {
    const std::string mark = file_stamp(path).value_or("missing") + " " + iso_time(day_of(env_.clock.now()));
    if (good_[path] == mark) {
        co_return true;
    }
    auto look = [check, path] { return check(path); };
    const Result<void> checked = co_await run_on(env_.compute, std::move(look));
    good_[path] = checked ? mark : "";
    co_return checked.has_value();
}

bool LiveGraphs::is_fresh(const GraphFeed& feed) const {
    const std::optional<Time> at = fetched_at(path_of(feed));
    const Time now = env_.clock.now();
    return at && day_of(*at) == day_of(now) && *at <= now && now - *at < kServesAgain;
}

bool LiveGraphs::was_too_slow_lately(const GraphFeed& feed) const {
    const std::lock_guard lock(mutex_);
    const auto last = outcomes_.find(feed.name());
    if (last == outcomes_.end() || !last->second.timed_out_at) {
        return false;
    }
    const auto ago = env_.clock.now() - *last->second.timed_out_at;
    return ago >= ago.zero() && ago < kSlowFor;
}

void LiveGraphs::note(const GraphFeed& feed, Outcome outcome) {
    const std::lock_guard lock(mutex_);
    outcomes_[feed.name()] = std::move(outcome);
}

void LiveGraphs::log_fault(const GraphFeed& feed, const Error& fault) const {
    const Error told = Error(fault).in({"live.source", {{"source", std::string(feed.name())}}});
    env_.log.write(LogLevel::error, kComponent, language::render(told, language::Language::en));
}

} // namespace mcp::adapters
