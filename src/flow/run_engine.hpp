#pragma once
#include "async/bell.hpp"
#include "async/env.hpp"
#include "async/event.hpp"
#include "flow/material.hpp"
#include "flow/node/node_round.hpp"
#include "flow/outside/collector.hpp"
#include "flow/report_job.hpp"
#include "flow/runs.hpp"
#include "ports/queue.hpp"
#include "ports/store.hpp"

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mcp::flow {

struct RunSettings {
    std::size_t max_concurrent = 10;                    ///< reports in progress at once
    std::size_t batch = 50;                             ///< users read from the store at once
    std::size_t runs_waiting_max = 16;                  ///< behind the one that goes on; more are refused
    Timer::Span asking_time = std::chrono::seconds{60}; ///< that reports wait at most for sources beside the graph
    Timer::Span node_time = std::chrono::seconds{75};   ///< that reports wait at most for the users' own nodes
    int graph_retries = 3;                              ///< of a scheduled run whose graph is not there (yet)
    Timer::Span graph_pause = std::chrono::minutes{2};
    Timer::Span store_pause = std::chrono::minutes{1}; ///< first pause before what could not be recorded is tried anew
};

/// How late a run may be made up.
inline constexpr std::chrono::hours kLateMost{24};

/// Makes the reports of runs, one run after the other, a bounded number of reports at once. What is owed stands in the
/// store, so that a run goes on where it was after any crash.
class RunEngine final : public RunControl {
public:
    RunEngine(Env& env, ports::Store& store, ports::Queue& queue, Materials& materials, Collector& collector,
              NodeRound& nodes, ReportJob& job, const Halt& halt, RunSettings settings,
              const boost::asio::any_io_executor& executor)
        : env_(env), store_(store), queue_(queue), materials_(materials), collector_(collector), nodes_(nodes),
          job_(job), halt_(halt), settings_(settings), executor_(executor), work_waits_(executor),
          job_ended_(executor) {}

    Task<Result<TriggeredRun>> trigger(std::optional<std::vector<std::string>> user_ids) override;
    Task<Result<std::optional<RunProgress>>> progress(std::string task_id) override;

    /// Claims the scheduled run of a day and puts it behind the runs that wait. @return whether it became ours
    Task<Result<bool>> start_scheduled(Day day);
    /// Puts the runs that a crash left before all others; called before work().
    Task<Result<void>> resume();

    /// Works until halted: comes back when the reports in progress have ended.
    Task<void> work();
    /// To be called once the halt is asked for. No further report is begun; those that are owed stay so.
    void halt();

private:
    struct Live; // the run that goes on
    struct Pending {
        ports::Run run;
        int tries = 0; ///< that left reports owed, because the store failed
    };

    Task<Result<ports::Run>> claim_under_free_id(ports::Run run);
    Task<Result<TriggeredRun>> trigger_some(std::vector<std::string> user_ids);
    void enqueue(Pending pending);
    Task<Result<TriggeredRun>> trigger_all();

    Task<void> worker();
    Task<void> make_run(Pending pending);
    Task<Result<std::shared_ptr<Material>>> load_material(const ports::Run& run);
    Task<std::shared_ptr<const RunOutside>> read_outside();
    Task<bool> is_any_node_linked();
    Task<bool> make_owed();
    Task<bool> end_run(const ports::Run& run, const Live& live);
    Task<void> come_back_later(Pending pending);
    void let_come_back(Pending pending);
    void count_end(JobEnd end);
    void show_progress(bool is_last);
    Task<void> wait_or_stop(Timer::Span span);

    Env& env_;
    ports::Store& store_;
    ports::Queue& queue_;
    Materials& materials_;
    Collector& collector_;
    NodeRound& nodes_;
    ReportJob& job_;
    const Halt& halt_;
    RunSettings settings_;
    boost::asio::any_io_executor executor_;
    Bell work_waits_;
    Bell job_ended_;
    std::deque<Pending> waiting_;
    std::set<std::string> unended_for_all_; ///< runs, by their ids
    std::shared_ptr<Event> claiming_for_all_;
    std::shared_ptr<Live> live_;
    std::size_t at_work_ = 0; ///< coroutines that stop() waits for
};

} // namespace mcp::flow
