#pragma once
#include "async/env.hpp"
#include "async/event.hpp"
#include "flow/crew.hpp"
#include "flow/material.hpp"
#include "flow/node/node_round.hpp"
#include "flow/node/node_watch.hpp"
#include "flow/outside/asked_source.hpp"
#include "flow/outside/collector.hpp"
#include "flow/report_job.hpp"
#include "flow/run_engine.hpp"
#include "flow/schedule.hpp"
#include "flow/scheduler.hpp"
#include "flow/upkeep.hpp"
#include "ports/assets.hpp"
#include "ports/documents.hpp"
#include "ports/graphs.hpp"
#include "ports/queue.hpp"
#include "ports/store.hpp"

#include <vector>

namespace mcp::flow {

struct DailySettings {
    Schedule schedule = {};
    JobSettings job = {};
    RunSettings run = {};
    Timer::Span node_watch = std::chrono::minutes{15}; ///< between two knocks at the users' own nodes; 0: none
    unsigned threads = 1;                              ///< that one computation may use
};

/// Everything that daily reports stand on; outlives them.
struct DailyParts {
    Env& env;
    ports::Store& store;
    ports::Queue& queue;
    ports::GraphSource& graphs;
    const ports::Documents& documents;
    ports::Assets& assets;
    std::vector<AskedSource> sources = {}; ///< beside the graph
    ports::NodeReader* nodes = nullptr;    ///< of the users' own nodes; nullptr: none is read
    const ports::Vault* vault = nullptr;   ///< for their credentials; nullptr: none is read
};

/// The daily reports as a whole: what is owed is taken up again, the schedule is kept, runs are made, old things go.
class DailyReports {
public:
    DailyReports(const DailyParts& parts, const DailySettings& settings, const boost::asio::any_io_executor& executor);

    [[nodiscard]] RunControl& runs() { return engine_; }
    [[nodiscard]] const Schedule& schedule() const { return schedule_; }
    /// Brings the gauges up to date that are read from the store.
    Task<void> refresh_gauges() { return upkeep_.refresh_gauges(); }

    /// Whether the last graph that was wanted could be had; nothing before a run wanted one.
    [[nodiscard]] const std::optional<Result<void>>& graph_state() const { return materials_.last_load(); }

    /// Works until stop(); comes back when the reports in progress have ended. A fault of the program in one of its
    /// parts is thrown out of the io_context.
    Task<void> run();
    /// What is in progress has twelve seconds to end, then it is put back. May be called at any time, also twice.
    void stop();
    /// Waits until run() came back.
    Task<void> ended() { return ended_.wait(); }

private:
    Task<void> press(); ///< after a while: what still goes on is given up

    Env& env_;
    Schedule schedule_;
    Halt halt_;
    Event ended_;
    Materials materials_;
    ReportJob job_;
    Collector collector_;
    NodeRound nodes_;
    NodeWatch watch_;
    RunEngine engine_;
    Scheduler scheduler_;
    Upkeep upkeep_;
    Crew parts_; ///< what runs beside the engine
};

} // namespace mcp::flow
