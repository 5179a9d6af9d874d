#pragma once
#include "async/env.hpp"
#include "ports/assets.hpp"
#include "ports/store.hpp"

namespace mcp::flow {

/// Writes the RAG assets that the store says are owed.
class AssetKeeper {
public:
    AssetKeeper(Env& env, ports::Store& store, ports::Assets& assets) : env_(env), store_(store), assets_(assets) {}

    /// One report's asset; a failure is logged, and the asset stays owed. @return whether it was written
    Task<bool> write(ports::StoredReport report);
    /// All that are owed: what a crash or a full disk left.
    Task<void> mend();

private:
    Env& env_;
    ports::Store& store_;
    ports::Assets& assets_;
};

} // namespace mcp::flow
