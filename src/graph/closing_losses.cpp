#include "graph/closing_losses.hpp"

#include "graph/detours.hpp"
#include "graph/in_chunks.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace mcp::graph {
namespace {

/// The best way between the node and one other vertex.
struct Way {
    std::int64_t distance;
    double paths;
};

/// The way that is left between the node and one other vertex after a closing that touched it.
struct Rerouted {
    std::size_t closing;
    Way way;
};
using ReroutedByVertex = std::vector<std::vector<Rerouted>>; ///< each list by growing closing

Way way_of(const PathCounts& line, Vertex v) {
    return {line.distance[v], line.paths[v]};
}

/// The share of a pair's paths that pass through the node.
/// @param around of the pair without the node
double share(Way to_node, Way beyond, Way around) {
    if (to_node.distance == kUnreached || beyond.distance == kUnreached) {
        return 0;
    }
    const std::int64_t through = to_node.distance + beyond.distance;
    const double paths = to_node.paths * beyond.paths;
    return through > around.distance ? 0 : through < around.distance ? 1 : paths / (around.paths + paths);
}

CsrGraph without(Vertex node, const CsrGraph& graph) {
    std::vector<Arc> arcs;
    arcs.reserve(graph.target.size());
    for (Vertex v = 0; v < graph.vertices(); ++v) {
        for (std::uint32_t k = graph.first[v]; k < graph.first[v + 1]; ++k) {
            if (v != node && graph.target[k] != node) {
                arcs.push_back({v, graph.target[k], graph.weight[k]});
            }
        }
    }
    return CsrGraph::build(graph.vertices(), std::move(arcs));
}

/// What closings change in the ways from the node outwards (in `graph` reversed: in the ways to the node).
/// @param weight_left of each closing in this direction   @param today from the node, in `graph`
ReroutedByVertex reroute(const CsrGraph& graph, Vertex node, std::span<const Closing> closings,
                         std::optional<std::int64_t> Closing::*weight_left, const PathCounts& today) {
    ReroutedByVertex changed(graph.vertices());
    const CsrGraph rest = without(node, graph);
    ShortestPathSearch search(rest);
    std::vector<SearchStart> starts;
    for (std::size_t c = 0; c < closings.size(); ++c) {
        const std::int64_t left = (closings[c].*weight_left).value_or(kUnreached);
        bool touched = false;
        starts.clear();
        for (std::uint32_t k = graph.first[node]; k < graph.first[node + 1]; ++k) {
            const bool closes = graph.target[k] == closings[c].peer && graph.weight[k] < left;
            touched = touched || closes;
            const std::int64_t weight = closes ? left : graph.weight[k];
            if (weight != kUnreached) {
                starts.push_back({graph.target[k], weight});
            }
        }
        if (!touched) {
            continue;
        }
        const PathCounts& found = search.from(starts);
        for (Vertex v = 0; v < graph.vertices(); ++v) {
            if (v != node && (found.distance[v] != today.distance[v] || found.paths[v] != today.paths[v])) {
                changed[v].push_back({c, way_of(found, v)});
            }
        }
    }
    return changed;
}

/// Adds up the losses of all closings, one source after the other.
class LossesBySource {
public:
    LossesBySource(Vertex node, const PathCounts& beyond, const ReroutedByVertex& to_node,
                   const ReroutedByVertex& from_node, std::size_t closings)
        : node_(node), beyond_(beyond), to_node_(to_node), from_node_(from_node), losses_(closings, 0.0) {}

    void add(Vertex source, Way to_node, const PathCounts& around) {
        for (Vertex target = 0; target < around.distance.size(); ++target) {
            if (target == source || target == node_) {
                continue;
            }
            const Pair pair{to_node, way_of(beyond_, target), way_of(around, target)};
            const double now = share(pair.to_node, pair.beyond, pair.around);
            if (now > 0) {
                add_pair(to_node_[source], from_node_[target], pair, now);
            }
        }
    }

    const std::vector<double>& losses() const { return losses_; }

private:
    struct Pair {
        Way to_node;
        Way beyond;
        Way around;
    };

    /// A closing can touch the way to the node, the way beyond it, or (a peer on both) the two at once.
    void add_pair(std::span<const Rerouted> before, std::span<const Rerouted> after, const Pair& pair, double now) {
        while (!before.empty() || !after.empty()) {
            const std::size_t closing = std::min(before.empty() ? losses_.size() : before.front().closing,
                                                 after.empty() ? losses_.size() : after.front().closing);
            Way to_node = pair.to_node;
            Way beyond = pair.beyond;
            if (!before.empty() && before.front().closing == closing) {
                to_node = before.front().way;
                before = before.subspan(1);
            }
            if (!after.empty() && after.front().closing == closing) {
                beyond = after.front().way;
                after = after.subspan(1);
            }
            losses_[closing] += now - share(to_node, beyond, pair.around);
        }
    }

    Vertex node_;
    const PathCounts& beyond_;
    const ReroutedByVertex& to_node_;
    const ReroutedByVertex& from_node_;
    std::vector<double> losses_;
};

} // namespace

std::vector<double> closing_losses(const PathTable& table, Vertex node, std::span<const Closing> closings,
                                   unsigned threads) {
    PathReader own(table);
    const PathCounts beyond = own.from(node);
    const PathCounts towards = own.into(node);
    const ReroutedByVertex to_node = reroute(table.reversed(), node, closings, &Closing::weight_in, towards);
    const ReroutedByVertex from_node = reroute(table.graph(), node, closings, &Closing::weight_out, beyond);
    std::array<std::vector<double>, kChunks> parts;
    in_chunks(table.vertices(), threads, [&](std::uint32_t chunk, Vertex begin, Vertex end) {
        PathReader reader(table);
        Detours detours(table.graph(), table.reversed(), node, beyond);
        LossesBySource losses(node, beyond, to_node, from_node, closings.size());
        for (Vertex source = begin; source < end; ++source) {
            if (source != node && towards.distance[source] != kUnreached) {
                losses.add(source, way_of(towards, source), detours.around(source, reader.from(source)));
            }
        }
        parts[chunk] = losses.losses();
    });
    std::vector<double> total(closings.size(), 0.0);
    for (const std::vector<double>& part : parts) {
        std::transform(total.begin(), total.end(), part.begin(), total.begin(), std::plus<>());
    }
    return total;
}

} // namespace mcp::graph
