#include "adapters/graphs/cached_facts.hpp"

#include <utility>

namespace mcp::adapters {

std::unique_ptr<analysis::DayFacts> cached_facts(LoadedGraph graph, Day day, const BetweennessCache& cache,
                                                 unsigned threads, const std::function<void()>& before_computing) {
    std::optional<analysis::DayBetweenness> values = cache.find(graph.sha256, graph.network.nodes.size());
    if (!values) {
        if (before_computing) {
            before_computing();
        }
        values = analysis::compute_betweenness(graph.network, threads);
        cache.keep(graph.sha256, *values);
    }
    return std::make_unique<analysis::DayFacts>(std::move(graph.network), day, std::move(*values));
}

} // namespace mcp::adapters
