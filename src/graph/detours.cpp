#include "graph/detours.hpp"

#include <algorithm>
#include <functional>

namespace mcp::graph {

Detours::Detours(const CsrGraph& graph, const CsrGraph& reversed, Vertex avoided, const PathCounts& beyond)
    : graph_(graph), reversed_(reversed), avoided_(avoided), beyond_(beyond), cut_off_(graph.vertices()) {}

const PathCounts& Detours::around(Vertex source, const PathCounts& line) {
    drop_paths_through_avoided(source, line);
    for (const Vertex v : cut_list_) {
        enter_cut_off(v);
    }
    settle();
    for (const Vertex v : cut_list_) {
        cut_off_[v] = false;
    }
    return line_;
}

void Detours::drop_paths_through_avoided(Vertex source, const PathCounts& line) {
    line_ = line;
    cut_list_.clear();
    const std::int64_t there = line.distance[avoided_];
    line_.distance[avoided_] = kUnreached;
    line_.paths[avoided_] = 0;
    for (Vertex t = 0; there != kUnreached && t < line.distance.size(); ++t) {
        const std::int64_t onwards = beyond_.distance[t];
        if (t == avoided_ || t == source || onwards == kUnreached || there + onwards != line.distance[t]) {
            continue;
        }
        line_.paths[t] -= line.paths[avoided_] * beyond_.paths[t];
        if (line_.paths[t] <= 0) {
            line_.paths[t] = 0;
            line_.distance[t] = kUnreached;
            cut_off_[t] = true;
            cut_list_.push_back(t);
        }
    }
}

/// The first steps across the border: from vertices that kept their paths to one that lost all of its.
void Detours::enter_cut_off(Vertex v) {
    for (std::uint32_t k = reversed_.first[v]; k < reversed_.first[v + 1]; ++k) {
        const Vertex before = reversed_.target[k];
        if (!cut_off_[before] && line_.distance[before] != kUnreached) {
            reach(v, line_.distance[before] + reversed_.weight[k], line_.paths[before]);
        }
    }
}

void Detours::settle() {
    while (!heap_.empty()) {
        std::pop_heap(heap_.begin(), heap_.end(), std::greater<>());
        const auto [distance, v] = heap_.back();
        heap_.pop_back();
        if (distance != line_.distance[v]) {
            continue; // a shorter way was found since
        }
        for (std::uint32_t k = graph_.first[v]; k < graph_.first[v + 1]; ++k) {
            if (cut_off_[graph_.target[k]]) {
                reach(graph_.target[k], distance + graph_.weight[k], line_.paths[v]);
            }
        }
    }
}

void Detours::reach(Vertex v, std::int64_t distance, double paths) {
    if (distance < line_.distance[v]) {
        line_.distance[v] = distance;
        line_.paths[v] = paths;
        heap_.emplace_back(distance, v);
        std::push_heap(heap_.begin(), heap_.end(), std::greater<>());
    } else if (distance == line_.distance[v]) {
        line_.paths[v] += paths;
    }
}

} // namespace mcp::graph
