#pragma once
#include "graph/lanes/vector.hpp"

namespace mcp::graph::lanes {
namespace {

/// Adds a finished batch to the totals. A vertex is reached in the lanes that have paths to it.
inline void add_batch(const Batch& batch, const Row* paths, const Row* dependency, Totals& totals) {
    Row weight_of_lane{};
    for (int lane = 0; lane < batch.count; ++lane) {
        weight_of_lane.lane[lane] = batch.source_weight[batch.sources[lane]];
    }
    const Lanes source_weight = load(weight_of_lane);
    Lanes targets{};
    for (std::uint32_t v = 0; v < batch.vertices; ++v) {
        const Mask reached = load(paths[v]) != Lanes{};
        totals.betweenness[v] += sum(load(dependency[v]) * source_weight);
        totals.sources_before[v] += sum(keep(reached, source_weight));
        targets = targets + keep(reached, everywhere(batch.target_weight[v]));
    }
    Row targets_of_lane;
    store(targets_of_lane, targets);
    for (int lane = 0; lane < batch.count; ++lane) {
        totals.targets_after[batch.sources[lane]] = targets_of_lane.lane[lane];
    }
}

} // namespace
} // namespace mcp::graph::lanes
