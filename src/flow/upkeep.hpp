#pragma once
#include "async/env.hpp"
#include "flow/asset_keeper.hpp"
#include "flow/material.hpp"
#include "ports/assets.hpp"
#include "ports/store.hpp"

namespace mcp::flow {

/// What goes on beside the runs: old things removed, owed assets written, gauges kept up to date.
class Upkeep {
public:
    Upkeep(Env& env, ports::Store& store, ports::Assets& assets) : env_(env), store_(store), assets_(assets) {}

    /// What a restart must not forget: gauges restored from the store, assets that a crash left owed. Once, at start.
    Task<void> restore();
    /// Goes on until cancelled.
    Task<void> run();
    /// Gauges that are read from the store: users, assets that are owed.
    Task<void> refresh_gauges();

private:
    Task<void> remove_old();

    Env& env_;
    ports::Store& store_;
    ports::Assets& assets_;
};

} // namespace mcp::flow
