#include "flow/node/node_round.hpp"

#include "flow/tell.hpp"

#include <algorithm>
#include <deque>
#include <fmt/format.h>
#include <vector>

namespace mcp::flow {
namespace {

using domain::NodeLink;

constexpr std::string_view kName = "node";
constexpr std::size_t kAtOnce = 32;
constexpr std::size_t kBatch = 100; ///< links read from the store at once
constexpr int kStoreTries = 3;
constexpr std::chrono::seconds kStorePause{1};
/// What the reading takes beyond the nodes themselves.
constexpr std::chrono::minutes kMargin{1};
/// A round that began when its day was over already has so long.
constexpr std::chrono::hours kLateRoundMost{6};

/// A round of all goes over the links once for each of these that it meets.
enum class Pass {
    well,         ///< that went well the last time, or were never tried
    failed,       ///< that failed the last time
    failed_lately ///< that failed just before the round began: one that hangs would keep everybody's reports waiting
};

bool is_read(const NodeLink& link) {
    return link.kind != domain::LinkKind::agent;
}

} // namespace

/// A link to be read now.
struct NodeRound::Next {
    NodeLink link;
    bool is_waited_for = true;
};

/// The reading for one run.
struct NodeRound::Round {
    Round(const boost::asio::any_io_executor& executor, const ports::Run& run, Time now, Timer::Span timer_now)
        : day(run.day), is_of_all(run.for_all), began_at(now),
          ends_at(std::max(Time(run.day) + std::chrono::days{1}, now + kLateRoundMost)), begun(timer_now),
          named(run.user_ids.begin(), run.user_ids.end()), workers(executor), watchers(executor) {}

    void give_up() {
        is_done = true;
        release();
        watchers.cancel();
    }
    void release() {
        for (const std::shared_ptr<Event>& over : awaited) {
            over->set();
        }
    }
    /// Whether only those are left that nobody waits for.
    [[nodiscard]] bool is_over_for_runs() const { return pass == Pass::failed_lately && waited_for == 0; }
    [[nodiscard]] Pass pass_of(const NodeLink& link) const {
        if (link.failure.empty()) {
            return Pass::well;
        }
        return link.tried_at && began_at - *link.tried_at < kReadingFresh ? Pass::failed_lately : Pass::failed;
    }
    /// @return false when there is none left
    bool begin_next_pass() {
        is_pass_over = false;
        after.clear();
        const bool was_first = pass == Pass::well;
        if (was_first && has_failed) {
            pass = Pass::failed;
            return true;
        }
        if (pass != Pass::failed_lately && has_failed_lately) {
            pass = Pass::failed_lately;
            return true;
        }
        return false;
    }

    Day day;
    bool is_of_all;
    Time began_at;
    Time ends_at; ///< nobody needs its day's figures any more
    Timer::Span begun;
    std::deque<std::string> named; ///< users still to be looked up, unless it is of all
    std::deque<NodeLink> links;    ///< the next to be read
    std::string after;             ///< the user up to whom the links were looked up
    Pass pass = Pass::well;        ///< that `links` are of
    bool is_pass_over = false;
    bool has_failed = false;
    bool has_failed_lately = false;
    std::size_t waited_for = 0; ///< visits that go on
    bool is_all_read = false;   ///< no more links follow
    std::shared_ptr<Event> fetching;
    std::vector<std::shared_ptr<Event>> awaited;
    Crew workers;
    Crew watchers;
    std::size_t working = 0;
    bool is_done = false;
    std::map<VisitEnd, int> ends = {};
};

NodeRound::NodeRound(Env& env, ports::Store& store, ports::NodeReader* reader, const ports::Vault* vault,
                     const Halt& halt, const boost::asio::any_io_executor& executor)
    : env_(env), store_(store), halt_(halt), executor_(executor) {
    if (reader != nullptr && vault != nullptr) {
        visit_.emplace(env, store, *reader, *vault);
    }
}

std::shared_ptr<Event> NodeRound::begin(const ports::Run& run, Timer::Span time_max) {
    rounds_.remove_if([](const auto& round) { return round->workers.is_idle() && round->watchers.is_idle(); });
    if (!is_on() || halt_.is_asked) {
        auto over = std::make_shared<Event>(executor_);
        over->set();
        return over;
    }
    for (const std::shared_ptr<Round>& other : rounds_) {
        if (run.for_all && other->is_of_all && other->day == run.day && !other->is_done) {
            return await(*other, time_max);
        }
    }
    const auto round = std::make_shared<Round>(executor_, run, env_.clock.now(), env_.timer.now());
    rounds_.push_back(round);
    std::shared_ptr<Event> over = await(*round, time_max);
    round->working = run.for_all ? kAtOnce : std::clamp<std::size_t>(run.user_ids.size(), 1, kAtOnce);
    for (std::size_t i = 0; i < round->working; ++i) {
        round->workers.begin(work(round));
    }
    return over;
}

std::shared_ptr<Event> NodeRound::await(Round& round, Timer::Span time_max) {
    auto over = std::make_shared<Event>(executor_);
    round.awaited.push_back(over);
    if (round.is_over_for_runs()) {
        over->set();
        return over;
    }
    round.watchers.begin(cut_off(env_, over, time_max));
    return over;
}

Task<void> NodeRound::cut_off(Env& env, std::shared_ptr<Event> over, Timer::Span time_max) {
    co_await env.timer.wait(time_max);
    over->set();
}

Task<void> NodeRound::work(std::shared_ptr<Round> round) {
    while (true) {
        std::optional<Next> next_one = co_await next(round);
        if (!next_one) {
            break;
        }
        co_await visit(round, std::move(next_one->link));
        round->waited_for -= next_one->is_waited_for ? 1 : 0;
        if (round->is_over_for_runs()) {
            round->release();
        }
    }
    if (--round->working == 0) {
        finish(*round);
    }
}

Task<std::optional<NodeRound::Next>> NodeRound::next(std::shared_ptr<Round> round) {
    while (!halt_.is_asked && env_.clock.now() < round->ends_at) {
        if (!round->links.empty()) {
            Next next_one{.link = std::move(round->links.front()), .is_waited_for = round->pass != Pass::failed_lately};
            round->links.pop_front();
            round->waited_for += next_one.is_waited_for ? 1 : 0;
            co_return next_one;
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
        if (round->is_over_for_runs()) {
            round->release();
        }
    }
    co_return std::nullopt;
}

Task<void> NodeRound::fetch(std::shared_ptr<Round> round) {
    for (int tries = 1;; ++tries) {
        Task<Result<void>> fetching = round->is_of_all ? fetch_all(*round) : fetch_named(*round);
        const Result<void> fetched = co_await std::move(fetching);
        if (fetched) {
            co_return;
        }
        if (tries == kStoreTries) {
            env_.log.write(LogLevel::error, kName,
                           fmt::format("Cannot tell which nodes are to be read: {}", in_english(fetched.error())));
            round->is_all_read = true;
            co_return;
        }
        co_await env_.timer.wait(kStorePause);
    }
}

Task<Result<void>> NodeRound::fetch_named(Round& round) {
    if (round.named.empty()) {
        round.is_all_read = true;
        co_return Result<void>();
    }
    const std::string user_id = round.named.front();
    const Result<std::optional<NodeLink>> link = co_await store_.link(user_id);
    if (!link) {
        co_return fail(link.error());
    }
    round.named.pop_front();
    if (*link && is_read(**link)) {
        round.links.push_back(**link);
    }
    co_return Result<void>();
}

/// First those that went well the last time, so that they do not wait for others that hang; then the rest.
Task<Result<void>> NodeRound::fetch_all(Round& round) {
    if (round.is_pass_over && !round.begin_next_pass()) {
        round.is_all_read = true;
        co_return Result<void>();
    }
    Result<std::vector<NodeLink>> links = co_await store_.links_after(round.after, kBatch, true);
    if (!links) {
        co_return fail(std::move(links.error()));
    }
    for (NodeLink& link : *links) {
        round.after = link.user_id;
        const Pass pass = round.pass_of(link);
        const bool was_tried = round.pass != Pass::well && link.tried_at && *link.tried_at >= round.began_at;
        if (!is_read(link)) {
            continue;
        }
        round.has_failed = round.has_failed || pass == Pass::failed;
        round.has_failed_lately = round.has_failed_lately || (pass == Pass::failed_lately && !was_tried);
        if (pass == round.pass && !was_tried) {
            round.links.push_back(std::move(link));
        }
    }
    round.is_pass_over = links->size() < kBatch;
    co_return Result<void>();
}

Task<void> NodeRound::visit(std::shared_ptr<Round> round, NodeLink link) {
    const std::string user_id = link.user_id;
    if (const auto others = visited_now_.find(user_id); others != visited_now_.end()) {
        const std::shared_ptr<Event> ended = others->second; // of another round: its answer will do
        co_await ended->wait();
        co_return;
    }
    struct Visited {
        std::map<std::string, std::shared_ptr<Event>>& all;
        const std::string& user_id;
        ~Visited() { all.extract(user_id).mapped()->set(); }
    };
    visited_now_.emplace(user_id, std::make_shared<Event>(executor_));
    const Visited visited{visited_now_, user_id};
    const VisitEnd end = co_await visit_->visit(std::move(link), round->day);
    ++round->ends[end];
}

void NodeRound::finish(Round& round) {
    const int read = round.ends[VisitEnd::read];
    const int failed = round.ends[VisitEnd::failed];
    if (read + failed > 0) {
        env_.log.write(LogLevel::info, kName,
                       fmt::format("The users' own nodes: {} read, {} could not be read, {} were read before; {:.1f} s",
                                   read, failed, round.ends[VisitEnd::fresh],
                                   seconds_of(env_.timer.now() - round.begun)));
    }
    round.give_up();
}

Task<Timer::Span> NodeRound::lead() {
    std::size_t nodes = 0;
    std::string after;
    while (is_on()) {
        const Result<std::vector<NodeLink>> links = co_await store_.links_after(after, kBatch, true);
        if (!links) {
            co_return kNodeLeadMost;
        }
        nodes += static_cast<std::size_t>(std::count_if(links->begin(), links->end(), is_read));
        if (links->size() < kBatch) {
            break;
        }
        after = links->back().user_id;
    }
    const std::size_t turns = (nodes + kAtOnce - 1) / kAtOnce;
    const Timer::Span all = kReadingMost * turns + (nodes > 0 ? kMargin : std::chrono::minutes{0});
    co_return std::min<Timer::Span>(all, kNodeLeadMost);
}

void NodeRound::halt() {
    for (const auto& round : rounds_) {
        round->workers.cancel();
        round->give_up();
    }
}

Task<void> NodeRound::end() {
    for (const auto& round : rounds_) {
        round->give_up();
        co_await round->workers.end();
        co_await round->watchers.end();
    }
    rounds_.clear();
}

} // namespace mcp::flow
