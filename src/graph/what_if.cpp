#include "graph/what_if.hpp"

#include "graph/in_chunks.hpp"
#include "graph/strong_part.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <numeric>

namespace mcp::graph {
namespace {

/// The sum over all targets of the share of the paths from one source that pass through the node.
/// @param line from the source   @param beyond from the node
double share_through(Vertex node, const PathCounts& line, const PathCounts& beyond) {
    double sum = 0;
    const std::int64_t to_node = line.distance[node];
    for (Vertex t = 0; to_node != kUnreached && t < line.distance.size(); ++t) {
        if (t != node && beyond.distance[t] != kUnreached && to_node + beyond.distance[t] == line.distance[t]) {
            sum += line.paths[node] * beyond.paths[t] / line.paths[t];
        }
    }
    return sum;
}

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
    return WhatIf(std::move(table), std::move(place), largest_strong_part(fee_graph), threads);
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
        for (Vertex source = begin; source < end; ++source) {
            if (source != u) {
                sums[chunk] += share_through(u, reader.from(source), beyond);
            }
        }
    });
    return std::accumulate(sums.begin(), sums.end(), 0.0);
}

std::vector<OpeningGain> WhatIf::open_gains(Vertex node, std::span<const Opening> openings, const Stop& stop) const {
    std::vector<OpeningGain> gains;
    gains.reserve(openings.size());
    for (const Opening& opening : openings) {
        gains.push_back({opening.peer});
    }
    if (active(node)) {
        add_gains(Leg::arrival, node, openings, stop, gains);
        add_gains(Leg::departure, node, openings, stop, gains);
    }
    return gains;
}

std::vector<double> WhatIf::close_losses(Vertex node, std::span<const Closing> closings) const {
    std::vector<double> losses(closings.size(), 0.0);
    std::vector<Closing> placed;
    std::vector<std::size_t> closing_of;
    for (std::size_t i = 0; active(node) && i < closings.size(); ++i) {
        if (active(closings[i].peer)) {
            placed.push_back({place_[closings[i].peer], closings[i].weight_out, closings[i].weight_in});
            closing_of.push_back(i);
        }
    }
    if (!placed.empty()) {
        const std::vector<double> found = closing_losses(table_, place_[node], placed, threads_);
        for (std::size_t i = 0; i < placed.size(); ++i) {
            losses[closing_of[i]] = found[i];
        }
    }
    return losses;
}

void WhatIf::add_gains(Leg leg, Vertex node, std::span<const Opening> openings, const Stop& stop,
                       std::vector<OpeningGain>& gains) const {
    const bool arrival = leg == Leg::arrival;
    const auto part_of = [&](OpeningGain& gain) -> double& { return arrival ? gain.arrivals : gain.departures; };
    const CsrGraph& away = arrival ? table_.reversed() : table_.graph();
    const Vertex u = place_[node];
    std::vector<NewArc> arcs;
    std::vector<std::size_t> opening_of;
    for (std::size_t i = 0; i < openings.size(); ++i) {
        const std::optional<std::int64_t> weight = arrival ? openings[i].weight_in : openings[i].weight_out;
        const Vertex peer = place_[openings[i].peer];
        if (weight && peer == kNowhere) {
            part_of(gains[i]) = ends_beyond(leg, u); // the new arc is the peer's only way
        } else if (weight && *weight < weight_of(away, u, peer).value_or(kUnreached)) {
            arcs.push_back({peer, *weight});
            opening_of.push_back(i);
        }
    }
    const std::vector<double> sums = opening_gains(table_, leg, u, arcs, threads_, stop);
    for (std::size_t i = 0; i < arcs.size(); ++i) {
        part_of(gains[opening_of[i]]) = sums[i];
    }
}

double WhatIf::ends_beyond(Leg leg, Vertex place) const {
    PathReader reader(table_);
    const std::vector<double>& paths = (leg == Leg::arrival ? reader.from(place) : reader.into(place)).paths;
    return static_cast<double>(std::count_if(paths.begin(), paths.end(), [](double count) { return count > 0; }) - 1);
}

} // namespace mcp::graph
