#include "flow/outside/collector.hpp"

#include <algorithm>

namespace mcp::flow {
namespace {

/// What the sources take beyond the pauses between requests, as far as that can be told before.
constexpr std::chrono::minutes kMargin{5};
/// What those who are cut off get to keep what came, before nobody waits for them any more.
constexpr std::chrono::seconds kGrace{2};
/// Nobody waits for what may take longer: it is asked before the run is due.
constexpr std::chrono::minutes kPatientFrom{2};
/// Who has no more than that left leaves the rest to the run that begins now.
constexpr std::chrono::seconds kNearlyOver{5};

} // namespace

/// The asking for one run.
struct Collector::Round {
    Round(const boost::asio::any_io_executor& executor, const Deadline& end, bool of_all)
        : deadline(end), is_of_all(of_all), over(std::make_shared<Event>(executor)), askers(executor),
          watcher(executor) {}

    void cut_off() {
        is_over = true;
        askers.cancel();
    }
    void give_up() {
        cut_off();
        over->set();
        watcher.cancel();
    }

    Deadline deadline;
    bool is_of_all; ///< nodes
    std::shared_ptr<Event> over;
    Crew askers;
    Crew watcher;
    std::size_t asking = 0; ///< sources
    bool is_over = false;
};

std::shared_ptr<Event> Collector::begin(const ports::Run& run, Timer::Span time_max) {
    rounds_.remove_if([](const auto& round) { return round->askers.is_idle() && round->watcher.is_idle(); });
    const auto round = std::make_shared<Round>(executor_, Deadline(env_.timer, time_max), run.for_all);
    if (sources_.empty() || halt_.is_asked) {
        round->over->set();
        return round->over;
    }
    // What another one asks about already must not be asked twice.
    const bool is_under_way = std::any_of(rounds_.begin(), rounds_.end(), [](const auto& other) {
        return other->is_of_all && other->asking > 0 && !other->is_over && other->deadline.left() > kNearlyOver;
    });
    rounds_.push_back(round);
    Wanted wanted{.user_ids = {},
                  .since = run.started_at,
                  .is_patient = time_max > kPatientFrom,
                  .with_nodes = !(run.for_all && is_under_way)};
    if (!run.for_all) {
        wanted.user_ids = run.user_ids;
    }
    if (run.kind == ports::RunKind::scheduled) {
        wanted.since -= kLeadMost;
    }
    round->asking = sources_.size();
    for (const AskedSource& source : sources_) {
        round->askers.begin(ask(round, source, wanted));
    }
    round->watcher.begin(watch(round, time_max));
    return round->over;
}

Task<void> Collector::ask(std::shared_ptr<Round> round, AskedSource source, Wanted wanted) {
    Asking asking(env_, store_, source, std::move(wanted), round->is_over, halt_);
    co_await asking.run();
    if (--round->asking == 0) {
        round->over->set();
        round->watcher.cancel();
    }
}

Task<void> Collector::watch(std::shared_ptr<Round> round, Timer::Span time_max) {
    co_await env_.timer.wait(time_max);
    round->cut_off();
    co_await env_.timer.wait(kGrace);
    round->over->set();
}

Task<Timer::Span> Collector::lead() {
    const Result<ports::UserCounts> users = co_await store_.count_users();
    const auto nodes = users ? static_cast<std::size_t>(std::max<std::int64_t>(0, users->enabled)) : 0;
    Timer::Span longest{};
    for (const AskedSource& asked : sources_) {
        std::size_t of_network = 0;
        std::size_t of_nodes = 0;
        for (const ports::Question& question : asked.source->questions()) {
            (question.of_node ? of_nodes : of_network) +=
                question.of_node ? (nodes + question.nodes_max - 1) / question.nodes_max : 1;
        }
        const std::size_t requests = of_network + std::min(of_nodes, asked.requests_max.value_or(of_nodes));
        const Timer::Span pauses = asked.spacing * requests;
        longest = std::max(longest, pauses + pauses / 4 + kMargin);
    }
    co_return std::min<Timer::Span>(longest, kLeadMost);
}

void Collector::halt() {
    for (const auto& round : rounds_) {
        round->give_up();
    }
}

Task<void> Collector::end() {
    for (const auto& round : rounds_) {
        round->give_up();
        co_await round->askers.end();
        co_await round->watcher.end();
    }
    rounds_.clear();
}

} // namespace mcp::flow
