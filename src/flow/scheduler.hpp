#pragma once
#include "async/env.hpp"
#include "flow/node/node_round.hpp"
#include "flow/outside/collector.hpp"
#include "flow/run_engine.hpp"
#include "flow/schedule.hpp"
#include "ports/store.hpp"

namespace mcp::flow {

/// Starts the daily run when it is due. The day is claimed in the store, so that no day is run twice; a run that was
/// missed while the process was down is made up once, at the start.
class Scheduler {
public:
    Scheduler(Env& env, ports::Store& store, RunEngine& engine, Collector& collector, NodeRound& nodes,
              const Schedule& schedule)
        : env_(env), store_(store), engine_(engine), collector_(collector), nodes_(nodes), schedule_(schedule) {}

    /// Goes on until cancelled; ends at once when the schedule is off.
    Task<void> run();

private:
    Task<void> make_up_missed();
    Task<void> prepare(Time due);
    Task<Time> begin_of_asking(Time due);
    Task<Time> begin_of_reading(Time due);
    void ask_sources(Time due);
    void read_nodes(Time due);
    Task<void> wait_until(Time due);
    Task<void> start(Time due);

    Env& env_;
    ports::Store& store_;
    RunEngine& engine_;
    Collector& collector_;
    NodeRound& nodes_;
    const Schedule& schedule_;
};

} // namespace mcp::flow
