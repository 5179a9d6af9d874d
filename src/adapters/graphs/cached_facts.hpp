#pragma once
#include "adapters/cache/betweenness_cache.hpp"
#include "adapters/sources/gossip_file.hpp"
#include "analysis/day_facts.hpp"

#include <functional>
#include <memory>

namespace mcp::adapters {

/// The facts of a graph, its betweenness from the cache where it is there; else computed, and kept for the next time.
/// @param before_computing is called when it must be computed: the slow part
[[nodiscard]] std::unique_ptr<analysis::DayFacts> cached_facts(LoadedGraph graph, Day day,
                                                               const BetweennessCache& cache, unsigned threads,
                                                               const std::function<void()>& before_computing = {});

} // namespace mcp::adapters
