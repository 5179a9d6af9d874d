#include "flow/node/node_watch.hpp"

#include "async/event.hpp"
#include "flow/node/node_round_visit.hpp"
#include "flow/tell.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace mcp::flow {
namespace {

using domain::NodeLink;
using ports::WatchedSpan;

constexpr std::string_view kName = "node";
constexpr std::size_t kAtOnce = 16;
constexpr std::chrono::seconds kKnockMost{10};
constexpr std::size_t kBatch = 100; ///< links read, and spans written, at once
/// When so many knocks, or more, all went unanswered, the fault is sooner ours than theirs.
constexpr int kOursFrom = 4;

} // namespace

/// One knock at each.
struct NodeWatch::Round {
    explicit Round(const boost::asio::any_io_executor& executor) : ended(executor) {}

    std::deque<NodeLink> links; ///< the next to be knocked at
    std::string after;          ///< the user up to whom the links were looked up
    bool is_all_read = false;
    std::shared_ptr<Event> fetching;
    std::vector<WatchedSpan> spans; ///< not kept yet
    int knocked = 0;
    int reached = 0;
    std::size_t working = 0;
    Event ended;
};

Task<void> NodeWatch::run() {
    while (is_on() && !halt_.is_asked) {
        const Timer::Span begun = env_.timer.now();
        co_await knock_at_all();
        const Timer::Span left = every_ - (env_.timer.now() - begun);
        co_await env_.timer.wait(left);
    }
}

Task<void> NodeWatch::knock_at_all() {
    ++round_;
    const auto round = std::make_shared<Round>(executor_);
    round->working = kAtOnce;
    for (std::size_t i = 0; i < kAtOnce; ++i) {
        workers_.begin(work(round));
    }
    co_await round->ended.wait();
    co_await workers_.end();
    const bool are_we_cut_off = round->reached == 0 && round->knocked >= kOursFrom;
    if (are_we_cut_off) {
        env_.log.write(LogLevel::warning, kName,
                       fmt::format("None of {} nodes answers: it is not counted against them, this machine may be cut "
                                   "off; check its network",
                                   round->knocked));
    } else {
        co_await keep(round);
    }
    std::erase_if(seen_, [this](const auto& entry) { return entry.second.round != round_; });
    env_.metrics.set(Metric::nodes_watched, round->knocked);
    env_.metrics.set(Metric::nodes_reached, round->reached);
}

Task<void> NodeWatch::work(std::shared_ptr<Round> round) {
    while (true) {
        std::optional<NodeLink> link = co_await next(round);
        if (!link) {
            break;
        }
        const std::string user_id = link->user_id;
        const std::optional<bool> is_reached = co_await knock(std::move(*link));
        note(*round, user_id, is_reached);
    }
    if (--round->working == 0) {
        round->ended.set();
    }
}

Task<std::optional<NodeLink>> NodeWatch::next(std::shared_ptr<Round> round) {
    while (!halt_.is_asked) {
        if (!round->links.empty()) {
            std::optional<NodeLink> link = std::move(round->links.front());
            round->links.pop_front();
            co_return link;
        }
        if (round->is_all_read) {
            break;
        }
        if (const std::shared_ptr<Event> others = round->fetching) {
            co_await others->wait();
            continue;
        }
        round->fetching = std::make_shared<Event>(executor_);
        const Release release(round->fetching);
        co_await fetch(round);
    }
    co_return std::nullopt;
}

Task<void> NodeWatch::fetch(std::shared_ptr<Round> round) {
    if (round->spans.size() >= kBatch && round->reached > 0) {
        co_await keep(round);
    }
    Result<std::vector<NodeLink>> links = co_await store_.links_after(round->after, kBatch, false);
    if (!links) {
        env_.log.write(LogLevel::error, kName,
                       fmt::format("Cannot tell which nodes are to be watched: {}", in_english(links.error())));
        round->is_all_read = true;
        co_return;
    }
    for (NodeLink& link : *links) {
        round->after = link.user_id;
        if (link.kind != domain::LinkKind::agent) {
            round->links.push_back(std::move(link));
        }
    }
    round->is_all_read = links->size() < kBatch;
}

/// @return nothing when it cannot be told
Task<std::optional<bool>> NodeWatch::knock(NodeLink link) {
    Result<ports::NodeSecret> secret = vault_->open(link.user_id, link.sealed);
    if (!secret) {
        co_return std::nullopt;
    }
    ports::NodeAccess access{.kind = link.kind == domain::LinkKind::cln ? domain::NodeKind::cln : domain::NodeKind::lnd,
                             .url = std::move(link.url),
                             .secret = std::move(secret->secret),
                             .certificate = std::move(secret->certificate)};
    std::string thrown;
    try {
        const Result<void> answer = co_await reader_->knock(std::move(access), kKnockMost);
        if (answer) {
            co_return true;
        }
        switch (answer.error().kind) {
        case ErrorKind::timeout:
        case ErrorKind::unavailable:
        case ErrorKind::bad_upstream:
            co_return false;
        case ErrorKind::unauthenticated: // it answers, if only to refuse us
        case ErrorKind::rate_limited:
            co_return true;
        case ErrorKind::forbidden: // it is us who may not knock there
        case ErrorKind::invalid_input:
        case ErrorKind::not_found:
        case ErrorKind::conflict:
        case ErrorKind::cancelled:
        case ErrorKind::internal:
            co_return std::nullopt;
        }
    } catch (const std::exception& error) { // a programmer's: it must not take the watch with it
        if (is_cancellation(std::current_exception())) {
            throw;
        }
        thrown = error.what();
    }
    env_.log.write(LogLevel::error, kName, fmt::format("Watching a node met a fault of the program: {}", thrown));
    co_return std::nullopt;
}

void NodeWatch::note(Round& round, const std::string& user_id, std::optional<bool> is_reached) {
    if (!is_reached) {
        seen_.erase(user_id); // of this time nothing is known
        return;
    }
    ++round.knocked;
    round.reached += *is_reached ? 1 : 0;
    const Timer::Span now = env_.timer.now();
    const auto before = seen_.find(user_id);
    if (before != seen_.end() && now - before->second.at <= 2 * every_) {
        const auto length =
            std::chrono::floor<std::chrono::seconds>(now) - std::chrono::floor<std::chrono::seconds>(before->second.at);
        std::vector<WatchedSpan> spans = spans_before(user_id, env_.clock.now(), length, *is_reached);
        round.spans.insert(round.spans.end(), spans.begin(), spans.end());
    }
    seen_[user_id] = {.at = now, .round = round_};
}

Task<void> NodeWatch::keep(std::shared_ptr<Round> round) {
    while (!round->spans.empty()) {
        const auto end =
            round->spans.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(kBatch, round->spans.size()));
        std::vector<WatchedSpan> some(round->spans.begin(), end);
        round->spans.erase(round->spans.begin(), end);
        const Result<void> kept = co_await store_.add_watched(std::move(some));
        if (!kept) { // it counts as not watched
            env_.log.write(LogLevel::error, kName,
                           fmt::format("How nodes could be reached could not be kept: {}", in_english(kept.error())));
        }
    }
}

std::vector<WatchedSpan> spans_before(const std::string& user_id, Time end, std::chrono::seconds length,
                                      bool is_reached) {
    std::vector<WatchedSpan> spans;
    Time from = end - length;
    while (from < end) {
        const Day day = std::chrono::floor<std::chrono::days>(from);
        const Time to = std::min(end, Time(day) + std::chrono::days{1});
        const std::chrono::seconds span = to - from;
        spans.push_back({.user_id = user_id,
                         .day = day,
                         .span = {.watched = span, .reached = is_reached ? span : std::chrono::seconds{0}}});
        from = to;
    }
    return spans;
}

} // namespace mcp::flow
