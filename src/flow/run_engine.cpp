#include "flow/run_engine.hpp"

#include "flow/tell.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unordered_set>

namespace mcp::flow {

using ports::Run;
using ports::RunKind;
using ports::RunState;

struct RunEngine::Live {
    std::shared_ptr<const RunContext> context;
    std::int64_t total = 0;
    std::int64_t done = 0;
    std::int64_t failed = 0;
    std::int64_t ended_here = 0;  ///< since this process took the run up: what the rate is made of
    std::int64_t outstanding = 0; ///< jobs that are queued or in progress
    std::int64_t unrecorded = 0;  ///< jobs whose end the store does not know, as far as we do
    bool all_read = false;        ///< every owed user was handed to the workers
    Timer::Span begun{};
    Timer::Span told{};

    [[nodiscard]] const Run& run() const { return context->run; }
    [[nodiscard]] bool is_recorded() const { return all_read && unrecorded == 0; }
};

namespace {

std::string run_id_at(Time time) {
    return fmt::format("daily_reports_{:%Y%m%d_%H%M%S}", time);
}

Day today(const Clock& clock) {
    return std::chrono::floor<std::chrono::days>(clock.now());
}

} // namespace

Task<Result<TriggeredRun>> RunEngine::trigger(std::optional<std::vector<std::string>> user_ids) {
    if (user_ids) {
        co_return co_await trigger_some(std::move(*user_ids));
    }
    while (const std::shared_ptr<Event> others = claiming_for_all_) { // who comes at the same moment gets the same run
        co_await others->wait();
    }
    claiming_for_all_ = std::make_shared<Event>(executor_);
    const Release release(claiming_for_all_);
    co_return co_await trigger_all();
}

Task<Result<TriggeredRun>> RunEngine::trigger_all() {
    if (!unended_for_all_.empty()) {
        co_return TriggeredRun{.task_id = *unended_for_all_.begin(), .for_all = true, .user_ids = {}, .skipped = {}};
    }
    if (waiting_.size() >= settings_.runs_waiting_max) {
        co_return fail(ErrorKind::rate_limited, {"runs.too_many", {}});
    }
    Run run{.id = {}, .kind = RunKind::triggered, .day = today(env_.clock), .for_all = true, .user_ids = {}};
    const Result<Run> claimed = co_await claim_under_free_id(std::move(run));
    if (!claimed) {
        co_return fail(claimed.error());
    }
    enqueue({.run = *claimed});
    co_return TriggeredRun{.task_id = claimed->id, .for_all = true, .user_ids = {}, .skipped = {}};
}

Task<Result<TriggeredRun>> RunEngine::trigger_some(std::vector<std::string> user_ids) {
    if (waiting_.size() >= settings_.runs_waiting_max) {
        co_return fail(ErrorKind::rate_limited, {"runs.too_many", {}});
    }
    TriggeredRun answer{.task_id = {}, .for_all = false, .user_ids = {}, .skipped = {}};
    std::unordered_set<std::string> seen;
    for (std::string& id : user_ids) {
        if (!seen.insert(id).second) {
            continue;
        }
        const Result<std::optional<domain::User>> user = co_await store_.user(id);
        if (!user) {
            co_return fail(user.error());
        }
        const bool is_wanted = *user && (*user)->daily_report;
        (is_wanted ? answer.user_ids : answer.skipped).push_back(std::move(id));
    }
    Run run{
        .id = {}, .kind = RunKind::triggered, .day = today(env_.clock), .for_all = false, .user_ids = answer.user_ids};
    const Result<Run> claimed = co_await claim_under_free_id(std::move(run));
    if (!claimed) {
        co_return fail(claimed.error());
    }
    answer.task_id = claimed->id;
    enqueue({.run = *claimed});
    co_return answer;
}

/// Ids tell the second of their start: of two in one second the later one takes the next that is free.
Task<Result<Run>> RunEngine::claim_under_free_id(Run run) {
    run.started_at = env_.clock.now();
    for (Time named = run.started_at;; named += std::chrono::seconds{1}) {
        run.id = run_id_at(named);
        const Result<ports::Claim> claim = co_await store_.claim(run);
        if (!claim) {
            co_return fail(claim.error());
        }
        if (*claim == ports::Claim::day_taken) {
            co_return fail(ErrorKind::conflict, {"runs.day_taken", {{"day", run.day}}});
        }
        if (*claim == ports::Claim::ours) {
            co_return run;
        }
    }
}

Task<Result<bool>> RunEngine::start_scheduled(Day day) {
    Run run{.id = {}, .kind = RunKind::scheduled, .day = day, .for_all = true, .user_ids = {}};
    const Result<Run> claimed = co_await claim_under_free_id(std::move(run));
    if (!claimed) {
        if (claimed.error().kind == ErrorKind::conflict) {
            co_return false;
        }
        co_return fail(claimed.error());
    }
    env_.metrics.set(Metric::last_run, static_cast<double>(claimed->started_at.time_since_epoch().count()));
    enqueue({.run = *claimed});
    co_return true;
}

Task<Result<void>> RunEngine::resume() {
    const Result<std::vector<Run>> left = co_await store_.runs_going_on();
    if (!left) {
        co_return fail(left.error());
    }
    for (const Run& run : *left) {
        const bool is_too_late = env_.clock.now() - run.started_at > kLateMost;
        const Result<std::int64_t> owed = co_await store_.count_owed_users(run.id);
        env_.log.write(LogLevel::info, "scheduler",
                       is_too_late ? fmt::format("Giving up {}: it began over 24 h ago", run.id)
                                   : fmt::format("Taking up {} again: {} reports are owed", run.id, owed.value_or(0)));
        if (!is_too_late) {
            enqueue({.run = run});
            continue;
        }
        const Result<void> ended =
            co_await store_.end_run(run.id, RunState::given_up, env_.clock.now(), "over 24 h late");
        if (!ended) {
            co_return ended;
        }
    }
    co_return Result<void>();
}

void RunEngine::enqueue(Pending pending) {
    if (pending.run.for_all) {
        unended_for_all_.insert(pending.run.id);
    }
    waiting_.push_back(std::move(pending));
    work_waits_.ring();
}

Task<Result<std::optional<RunProgress>>> RunEngine::progress(std::string task_id) {
    Result<std::optional<Run>> run = co_await store_.run(task_id);
    if (!run) {
        co_return fail(std::move(run.error()));
    }
    if (!*run) {
        co_return std::optional<RunProgress>();
    }
    RunProgress progress{.run = std::move(**run), .queued = false, .total = {}, .per_second = {}, .seconds_left = {}};
    if (progress.run.state != RunState::going_on) {
        progress.total = progress.run.done + progress.run.failed;
        co_return std::optional(std::move(progress));
    }
    if (!live_ || live_->run().id != task_id) {
        progress.queued = true;
        co_return std::optional(std::move(progress));
    }
    progress.run.done = live_->done;
    progress.run.failed = live_->failed;
    progress.total = live_->total;
    const double seconds = seconds_of(env_.timer.now() - live_->begun);
    if (live_->ended_here > 0 && seconds > 0) {
        progress.per_second = static_cast<double>(live_->ended_here) / seconds;
        const std::int64_t left = std::max<std::int64_t>(0, live_->total - live_->done - live_->failed);
        progress.seconds_left = static_cast<double>(left) / *progress.per_second;
    }
    co_return std::optional(std::move(progress));
}

void RunEngine::halt() {
    queue_.close();
    work_waits_.ring();
    job_ended_.ring();
}

Task<void> RunEngine::work() {
    for (std::size_t i = 0; i < settings_.max_concurrent; ++i) {
        ++at_work_;
        boost::asio::co_spawn(executor_, worker(), boost::asio::detached);
    }
    while (!halt_.is_asked) {
        if (waiting_.empty()) {
            co_await work_waits_.wait();
            continue;
        }
        Pending next = std::move(waiting_.front());
        waiting_.pop_front();
        co_await make_run(std::move(next));
    }
    while (at_work_ > 0) {
        co_await job_ended_.wait();
    }
}

Task<void> RunEngine::worker() {
    while (true) {
        const Result<std::optional<ports::Job>> job = co_await queue_.take();
        if (!job || !*job) {
            break;
        }
        const std::shared_ptr<Live> live = live_;
        const bool is_ours = live && live->run().id == (*job)->run_id;
        if (is_ours) {
            JobEnd end = JobEnd::unrecorded;
            if (!halt_.is_asked) {
                end = co_await job_.make((*job)->user_id, live->context);
            }
            count_end(end);
        }
        co_await queue_.settle(**job);
        if (is_ours) {
            --live->outstanding;
        }
        job_ended_.ring();
    }
    --at_work_;
    job_ended_.ring();
}

void RunEngine::count_end(JobEnd end) {
    switch (end) {
    case JobEnd::completed:
        ++live_->done;
        break;
    case JobEnd::failed:
        ++live_->failed;
        break;
    case JobEnd::gone:
        live_->total = std::max<std::int64_t>(0, live_->total - 1);
        break;
    case JobEnd::unrecorded:
        ++live_->unrecorded;
        break;
    }
    ++live_->ended_here;
    show_progress(false);
}

/// The gauges at each report; a line in the log every ten seconds, and at the end.
void RunEngine::show_progress(bool is_last) {
    const Timer::Span now = env_.timer.now();
    const double seconds = seconds_of(now - live_->begun);
    const double rate = seconds > 0 ? static_cast<double>(live_->ended_here) / seconds : 0;
    const std::int64_t ended = live_->done + live_->failed;
    const double left = rate > 0 && !is_last ? static_cast<double>(live_->total - ended) / rate : 0;
    env_.metrics.set(Metric::run_reports_done, static_cast<double>(live_->done));
    env_.metrics.set(Metric::run_reports_failed, static_cast<double>(live_->failed));
    env_.metrics.set(Metric::run_reports_total, static_cast<double>(live_->total));
    env_.metrics.set(Metric::run_seconds_left, left);
    if (is_last || now - live_->told < std::chrono::seconds{10}) {
        return;
    }
    live_->told = now;
    env_.log.write(LogLevel::info, "scheduler",
                   fmt::format("{}: {} of {} reports ended, {} of them failed; {:.1f} a second, {:.0f} s left",
                               live_->run().id, ended, live_->total, live_->failed, rate, left));
}

Task<void> RunEngine::make_run(Pending pending) {
    const Run& run = pending.run;
    const Result<std::optional<Run>> kept = co_await store_.run(run.id);
    const Result<std::int64_t> owed = co_await store_.count_owed_users(run.id);
    const std::shared_ptr<Event> asked = collector_.begin(run, settings_.asking_time); // while the graph is loaded
    const std::shared_ptr<Event> visited = nodes_.begin(run, settings_.node_time);
    Result<std::shared_ptr<Material>> material = co_await load_material(run);
    co_await asked->wait();
    co_await visited->wait();
    std::shared_ptr<const RunOutside> outside = co_await read_outside();
    const bool has_links = co_await is_any_node_linked();
    if (halt_.is_asked) {
        co_return; // the next start takes it up
    }
    live_ = std::make_shared<Live>();
    live_->done = kept && *kept ? (*kept)->done : 0;
    live_->failed = kept && *kept ? (*kept)->failed : 0;
    live_->total = live_->done + live_->failed + owed.value_or(0);
    live_->context = std::make_shared<RunContext>(
        RunContext{.run = run, .material = std::move(material), .outside = std::move(outside), .has_links = has_links});
    live_->begun = live_->told = env_.timer.now();
    show_progress(false);
    const bool all_recorded = co_await make_owed();
    show_progress(true);
    const std::shared_ptr<Live> ended = std::exchange(live_, nullptr);
    if (halt_.is_asked && !all_recorded) {
        env_.log.write(LogLevel::info, "scheduler",
                       fmt::format("{} is interrupted after {} reports; the next start goes on with it", run.id,
                                   ended->done + ended->failed));
        co_return;
    }
    const bool may_come_back = env_.clock.now() - run.started_at < kLateMost;
    const bool is_over = (all_recorded || !may_come_back) && co_await end_run(run, *ended);
    if (!is_over && may_come_back) {
        let_come_back(std::move(pending));
    } else {
        unended_for_all_.erase(pending.run.id);
    }
}

/// @return whether the store knows it
Task<bool> RunEngine::end_run(const Run& run, const Live& live) {
    const bool is_whole = live.is_recorded();
    const Result<void> kept = co_await store_.end_run(run.id, is_whole ? RunState::ended : RunState::given_up,
                                                      env_.clock.now(), is_whole ? "" : "over 24 h late");
    if (!kept) {
        env_.log.write(LogLevel::error, "scheduler",
                       fmt::format("The end of {} could not be kept: {}", run.id, in_english(kept.error())));
        co_return false;
    }
    env_.log.write(live.failed == 0 && is_whole ? LogLevel::info : LogLevel::error, "scheduler",
                   fmt::format("Daily reports generation {} ended: {} completed, {} failed, {:.1f} s", run.id,
                               live.done, live.failed, seconds_of(env_.timer.now() - live.begun)));
    co_return true;
}

/// A run that the store kept from ending must hold up no other: it goes to the end of the line, after a pause.
void RunEngine::let_come_back(Pending pending) {
    ++pending.tries;
    ++at_work_;
    boost::asio::co_spawn(executor_, come_back_later(std::move(pending)), boost::asio::detached);
}

Task<void> RunEngine::come_back_later(Pending pending) {
    constexpr int kDoublingsMost = 5;
    const Timer::Span pause = settings_.store_pause * (1 << std::min(pending.tries - 1, kDoublingsMost));
    env_.log.write(LogLevel::error, "scheduler",
                   fmt::format("{}: the store did not take how it ended; trying again in {:.0f} s", pending.run.id,
                               seconds_of(pause)));
    co_await wait_or_stop(pause);
    if (!halt_.is_asked) {
        enqueue(std::move(pending));
    }
    --at_work_;
    job_ended_.ring();
}

/// A scheduled run waits for a graph that is not there yet; who triggers one by hand wants to know at once.
Task<Result<std::shared_ptr<Material>>> RunEngine::load_material(const Run& run) {
    const int retries = run.kind == RunKind::scheduled ? settings_.graph_retries : 0;
    for (int tries = 1;; ++tries) {
        Result<std::shared_ptr<Material>> material = co_await materials_.of(run.day);
        if (material || tries > retries || halt_.is_asked) {
            if (!material && !halt_.is_asked) {
                env_.log.write(LogLevel::error, "scheduler",
                               fmt::format("{} has no channel graph: {}", run.id, in_english(material.error())));
            }
            co_return material;
        }
        env_.log.write(LogLevel::warning, "scheduler",
                       fmt::format("{} waits for a channel graph: {}", run.id, in_english(material.error())));
        co_await wait_or_stop(settings_.graph_pause);
    }
}

Task<std::shared_ptr<const RunOutside>> RunEngine::read_outside() {
    if (collector_.sources().empty() || halt_.is_asked) {
        co_return nullptr;
    }
    std::vector<AskedSource> sources = collector_.sources();
    co_return co_await RunOutside::read(env_, store_, std::move(sources));
}

/// Where nobody has connected a node, no report need look for one.
Task<bool> RunEngine::is_any_node_linked() {
    const std::string before_all;
    const Result<std::vector<domain::NodeLink>> first = co_await store_.links_after(before_all, 1, false);
    co_return !first || !first->empty();
}

/// Streams the owed users to the workers, a batch at a time, and waits until all have ended.
/// @return whether the store knows how each of them ended
Task<bool> RunEngine::make_owed() {
    const std::shared_ptr<Live> live = live_;
    std::string after;
    while (!halt_.is_asked) {
        Result<std::vector<domain::User>> users = co_await store_.owed_users(live->run().id, after, settings_.batch);
        if (!users) {
            env_.log.write(LogLevel::error, "scheduler",
                           fmt::format("Cannot read whose reports are owed: {}", in_english(users.error())));
            break;
        }
        for (domain::User& user : *users) {
            after = user.id;
            ++live->outstanding;
            ports::Job job{.run_id = live->run().id, .user_id = std::move(user.id)};
            const Result<void> pushed = co_await queue_.push(std::move(job));
            if (!pushed) { // the service stops
                --live->outstanding;
                ++live->unrecorded;
            }
        }
        if (users->size() < settings_.batch) {
            live->all_read = true;
            break;
        }
    }
    while (live->outstanding > 0) {
        co_await job_ended_.wait();
    }
    co_return live->is_recorded();
}

Task<void> RunEngine::wait_or_stop(Timer::Span span) {
    const Deadline deadline(env_.timer, span);
    while (!halt_.is_asked && !deadline.passed()) {
        const Timer::Span step = std::min<Timer::Span>(deadline.left(), std::chrono::seconds{1});
        co_await env_.timer.wait(step);
    }
}

} // namespace mcp::flow
