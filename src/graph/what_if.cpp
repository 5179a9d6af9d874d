#include "graph/what_if.hpp"

#include "graph/in_chunks.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

namespace mcp::graph {
namespace {

/// The share of the shortest paths between two vertices that pass through the node already.
/// @param through distance and paths of the best way over the node   @param all of the best way at all
double share_through(std::int64_t through, double paths_through, std::int64_t all, double paths_all) {
    return through == all ? paths_through / paths_all : 0.0;
}

/// The text below speaks of arrivals: payments from one fixed source s, over a new arc from a peer v to the node u, to
/// all targets t. Departures are the same seen backwards: a fixed target, the arc u -> v, all sources.
class FixedEnd {
public:
    /// @param beyond from u to every target
    FixedEnd(Vertex node, const PathCounts& beyond) : node_(node), beyond_(beyond) {}

    /// The share, summed over all targets, of the paths from `end` that pass through u already.
    double share_now(Vertex end, const PathCounts& paths) const {
        double sum = 0;
        const std::int64_t to_node = paths.distance[node_];
        if (to_node == kUnreached) {
            return 0;
        }
        for (Vertex t = 0; t < paths.distance.size(); ++t) {
            if (t != end && t != node_ && beyond_.distance[t] != kUnreached) {
                sum += share_through(to_node + beyond_.distance[t], paths.paths[node_] * beyond_.paths[t],
                                     paths.distance[t], paths.paths[t]);
            }
        }
        return sum;
    }

    /// Looks at all targets once, so that gain() is quick. Only what an arc can win whose way from `end` through the
    /// arc to u is `nearest` or longer.
    void look(Vertex end, const PathCounts& paths, std::int64_t nearest) {
        prizes_.clear();
        const std::int64_t to_node = paths.distance[node_];
        for (Vertex t = 0; t < paths.distance.size(); ++t) {
            if (t == end || t == node_ || beyond_.distance[t] == kUnreached) {
                continue;
            }
            const std::int64_t slack =
                paths.distance[t] == kUnreached ? kUnreached : paths.distance[t] - beyond_.distance[t];
            if (slack < nearest) {
                continue;
            }
            double open = 1;
            if (slack == to_node && slack != kUnreached) {
                open -= paths.paths[node_] * beyond_.paths[t] / paths.paths[t];
            }
            if (open > 0) {
                prizes_.push_back({slack, open, beyond_.paths[t], paths.paths[t]});
            }
        }
        std::sort(prizes_.begin(), prizes_.end(), [](const Prize& a, const Prize& b) { return a.slack < b.slack; });
        open_from_.resize(prizes_.size() + 1);
        open_from_.back() = 0;
        for (std::size_t i = prizes_.size(); i-- > 0;) {
            open_from_[i] = open_from_[i + 1] + prizes_[i].open;
        }
    }

    /// What an arc gains that makes u reachable from the fixed end at `distance` by `paths` ways.
    double gain(std::int64_t distance, double paths) const {
        const auto dearer = std::upper_bound(prizes_.begin(), prizes_.end(), distance,
                                             [](std::int64_t d, const Prize& prize) { return d < prize.slack; });
        double sum = open_from_[static_cast<std::size_t>(dearer - prizes_.begin())];
        for (auto tie = dearer; tie != prizes_.begin() && (tie - 1)->slack == distance; --tie) {
            const double added = paths * (tie - 1)->paths_beyond;
            sum += (tie - 1)->open * added / ((tie - 1)->paths_now + added);
        }
        return sum;
    }

private:
    /// One target: what a new way through u may cost as far as u, and what it wins.
    struct Prize {
        std::int64_t slack;  ///< a way to u shorter than this takes over all of the pair's paths, one as long a share
        double open;         ///< the share of the pair that does not pass through u yet
        double paths_beyond; ///< from u to the target
        double paths_now;    ///< of the pair
    };

    Vertex node_;
    const PathCounts& beyond_;
    std::vector<Prize> prizes_;     ///< by growing slack
    std::vector<double> open_from_; ///< sum of `open` from each prize on
};

std::optional<std::int64_t> weight_of(const CsrGraph& graph, Vertex from, Vertex to) {
    const std::span<const Vertex> targets = graph.targets(from);
    const auto found = std::lower_bound(targets.begin(), targets.end(), to);
    if (found == targets.end() || *found != to) {
        return std::nullopt;
    }
    return graph.weights(from)[static_cast<std::size_t>(found - targets.begin())];
}

} // namespace

WhatIf WhatIf::prepare(const CsrGraph& fee_graph, unsigned threads, std::size_t max_table_bytes) {
    std::vector<Vertex> place(fee_graph.vertices(), kNowhere);
    for (Vertex v = 0; v < fee_graph.vertices(); ++v) {
        for (const Vertex to : fee_graph.targets(v)) {
            place[v] = place[to] = 0;
        }
    }
    std::uint32_t places = 0;
    for (Vertex& of : place) {
        of = of == kNowhere ? kNowhere : places++;
    }
    std::vector<Arc> arcs;
    arcs.reserve(fee_graph.target.size());
    for (Vertex v = 0; v < fee_graph.vertices(); ++v) {
        for (std::uint32_t k = fee_graph.first[v]; k < fee_graph.first[v + 1]; ++k) {
            arcs.push_back({place[v], place[fee_graph.target[k]], fee_graph.weight[k]});
        }
    }
    PathTable table(CsrGraph::build(places, std::move(arcs)), threads, max_table_bytes);
    return WhatIf(std::move(table), std::move(place), threads);
}

double WhatIf::betweenness(Vertex node) const {
    const Vertex u = place_[node];
    if (u == kNowhere) {
        return 0;
    }
    const PathCounts beyond = PathReader(table_).from(u);
    std::array<double, kChunks> sums{};
    in_chunks(table_.vertices(), threads_, [&](std::uint32_t chunk, Vertex begin, Vertex end) {
        PathReader reader(table_);
        const FixedEnd fixed(u, beyond);
        for (Vertex source = begin; source < end; ++source) {
            if (source != u) {
                sums[chunk] += fixed.share_now(source, reader.from(source));
            }
        }
    });
    return std::accumulate(sums.begin(), sums.end(), 0.0);
}

std::vector<OpeningGain> WhatIf::open_gains(Vertex node, std::span<const Opening> openings) const {
    std::vector<OpeningGain> gains;
    gains.reserve(openings.size());
    for (const Opening& opening : openings) {
        gains.push_back({opening.peer});
    }
    if (active(node)) {
        add_gains(Leg::arrival, node, openings, gains);
        add_gains(Leg::departure, node, openings, gains);
    }
    return gains;
}

void WhatIf::add_gains(Leg leg, Vertex node, std::span<const Opening> openings, std::vector<OpeningGain>& gains) const {
    const bool arrival = leg == Leg::arrival;
    const Vertex u = place_[node];
    PathReader reader(table_);
    const std::vector<double>& reached = (arrival ? reader.from(u) : reader.into(u)).paths;
    const auto others =
        static_cast<double>(std::count_if(reached.begin(), reached.end(), [](double p) { return p > 0; }) - 1);
    const CsrGraph& graph = arrival ? table_.reversed() : table_.graph();
    std::vector<NewArc> arcs;
    for (std::size_t i = 0; i < openings.size(); ++i) {
        const std::optional<std::int64_t> weight = arrival ? openings[i].weight_in : openings[i].weight_out;
        const Vertex peer = place_[openings[i].peer];
        if (!weight) {
            continue;
        }
        if (peer == kNowhere) {
            (arrival ? gains[i].arrivals : gains[i].departures) = others; // the new arc is the peer's only way
            continue;
        }
        const std::optional<std::int64_t> today = weight_of(graph, u, peer);
        if (!today || *weight < *today) {
            arcs.push_back({i, peer, *weight});
        }
    }
    const std::vector<double> sums = gains_of(leg, u, arcs);
    for (std::size_t i = 0; i < arcs.size(); ++i) {
        OpeningGain& gain = gains[arcs[i].opening];
        (arrival ? gain.arrivals : gain.departures) = sums[i];
    }
}

std::vector<double> WhatIf::gains_of(Leg leg, Vertex u, std::span<const NewArc> arcs) const {
    const auto line = [leg](PathReader& reader, Vertex v) -> const PathCounts& {
        return leg == Leg::arrival ? reader.from(v) : reader.into(v);
    };
    PathReader own(table_);
    const PathCounts beyond = line(own, u);
    std::array<std::vector<double>, kChunks> sums;
    in_chunks(table_.vertices(), threads_, [&](std::uint32_t chunk, Vertex begin, Vertex end) {
        sums[chunk].assign(arcs.size(), 0.0);
        PathReader reader(table_);
        FixedEnd fixed(u, beyond);
        for (Vertex v = begin; v < end; ++v) {
            if (v == u) {
                continue;
            }
            const PathCounts& paths = line(reader, v);
            std::int64_t nearest = kUnreached;
            for (const NewArc& arc : arcs) {
                if (paths.distance[arc.peer] != kUnreached) {
                    nearest = std::min(nearest, paths.distance[arc.peer] + arc.weight);
                }
            }
            if (nearest == kUnreached) {
                continue;
            }
            fixed.look(v, paths, nearest);
            for (std::size_t i = 0; i < arcs.size(); ++i) {
                if (paths.distance[arcs[i].peer] != kUnreached) {
                    sums[chunk][i] +=
                        fixed.gain(paths.distance[arcs[i].peer] + arcs[i].weight, paths.paths[arcs[i].peer]);
                }
            }
        }
    });
    std::vector<double> total(arcs.size(), 0.0);
    for (const std::vector<double>& part : sums) {
        std::transform(total.begin(), total.end(), part.begin(), total.begin(), std::plus<>());
    }
    return total;
}

} // namespace mcp::graph
