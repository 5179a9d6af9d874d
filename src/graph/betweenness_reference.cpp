#include "graph/betweenness_reference.hpp"

#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace mcp::graph {
namespace {

constexpr std::int64_t kUnreached = std::numeric_limits<std::int64_t>::max();

/// The shortest paths from one source, and what they say about who depends on whom.
class ShortestPaths {
public:
    explicit ShortestPaths(const CsrGraph& graph)
        : graph_(graph), distance_(graph.vertices()), paths_(graph.vertices()), dependency_(graph.vertices()) {}

    void search_from(Vertex source) {
        reset();
        distance_[source] = 0;
        paths_[source] = 1;
        queue_.push({0, source});
        while (!queue_.empty()) {
            const auto [distance, v] = queue_.top();
            queue_.pop();
            if (distance == distance_[v]) {
                settled_.push_back(v);
                relax_arcs_of(v);
            }
        }
    }

    /// Adds to each vertex the share of the paths from `source` that pass through it.
    void add_dependencies_on(Vertex source, std::vector<double>& betweenness) {
        for (auto v = settled_.rbegin(); v != settled_.rend(); ++v) {
            for (std::uint32_t k = graph_.first[*v]; k < graph_.first[*v + 1]; ++k) {
                const Vertex next = graph_.target[k];
                if (distance_[*v] + graph_.weight[k] == distance_[next]) {
                    dependency_[*v] += paths_[*v] / paths_[next] * (1 + dependency_[next]);
                }
            }
            if (*v != source) {
                betweenness[*v] += dependency_[*v];
            }
        }
    }

private:
    void reset() {
        distance_.assign(distance_.size(), kUnreached);
        paths_.assign(paths_.size(), 0);
        dependency_.assign(dependency_.size(), 0);
        settled_.clear();
    }

    void relax_arcs_of(Vertex v) {
        for (std::uint32_t k = graph_.first[v]; k < graph_.first[v + 1]; ++k) {
            const Vertex next = graph_.target[k];
            const std::int64_t distance = distance_[v] + graph_.weight[k];
            if (distance < distance_[next]) {
                distance_[next] = distance;
                paths_[next] = paths_[v];
                queue_.push({distance, next});
            } else if (distance == distance_[next]) {
                paths_[next] += paths_[v];
            }
        }
    }

    using Entry = std::pair<std::int64_t, Vertex>;

    const CsrGraph& graph_;
    std::vector<std::int64_t> distance_;
    std::vector<double> paths_; ///< how many shortest paths lead here
    std::vector<double> dependency_;
    std::vector<Vertex> settled_; ///< by growing distance
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue_;
};

} // namespace

std::vector<double> betweenness_reference(const CsrGraph& graph) {
    std::vector<double> betweenness(graph.vertices(), 0.0);
    ShortestPaths paths(graph);
    for (Vertex source = 0; source < graph.vertices(); ++source) {
        paths.search_from(source);
        paths.add_dependencies_on(source, betweenness);
    }
    return betweenness;
}

} // namespace mcp::graph
