#include "graph/pendant_trees.hpp"

#include <algorithm>

namespace mcp::graph {
namespace {

constexpr std::uint32_t kFolded = 0xFFFFFFFF;

bool has_arc(const CsrGraph& graph, Vertex from, Vertex to) {
    const auto targets = graph.targets(from);
    return std::binary_search(targets.begin(), targets.end(), to);
}

/// How many vertices each vertex has arcs to or from.
std::vector<std::uint32_t> count_neighbours(const CsrGraph& graph, const CsrGraph& reversed) {
    std::vector<std::uint32_t> neighbours(graph.vertices());
    std::vector<Vertex> both;
    for (Vertex v = 0; v < graph.vertices(); ++v) {
        both.clear();
        std::ranges::set_union(graph.targets(v), reversed.targets(v), std::back_inserter(both));
        neighbours[v] = static_cast<std::uint32_t>(both.size());
    }
    return neighbours;
}

} // namespace

PendantTrees::PendantTrees(const CsrGraph& graph)
    : source_weight_(graph.vertices(), 1), target_weight_(graph.vertices(), 1), inner_(graph.vertices(), 0) {
    fold_all(graph, graph.reversed());
    build_core(graph);
}

void PendantTrees::fold_all(const CsrGraph& graph, const CsrGraph& reversed) {
    std::vector<std::uint32_t> neighbours = count_neighbours(graph, reversed);
    std::vector<Vertex> pendants;
    for (Vertex v = 0; v < graph.vertices(); ++v) {
        if (neighbours[v] == 1) {
            pendants.push_back(v);
        }
    }
    const auto is_left = [&](Vertex v) { return neighbours[v] != kFolded; };
    for (std::size_t i = 0; i < pendants.size(); ++i) {
        const Vertex pendant = pendants[i];
        if (neighbours[pendant] != 1) {
            continue; // the other end of a lone pair was folded into it
        }
        const auto out = graph.targets(pendant);
        const auto in = reversed.targets(pendant);
        const auto stem_out = std::ranges::find_if(out, is_left);
        const Vertex stem = stem_out != out.end() ? *stem_out : *std::ranges::find_if(in, is_left);
        fold({pendant, stem, has_arc(graph, pendant, stem), has_arc(graph, stem, pendant)});
        neighbours[pendant] = kFolded;
        if (--neighbours[stem] == 1) {
            pendants.push_back(stem);
        }
    }
    number_core(neighbours);
}

void PendantTrees::fold(const Fold& fold) {
    const double sources = fold.up ? source_weight_[fold.pendant] : 0;
    const double targets = fold.down ? target_weight_[fold.pendant] : 0;
    // Pairs between this tree and those folded into the stem before; the stem itself is an end point, not between.
    inner_[fold.stem] += sources * (target_weight_[fold.stem] - 1) + (source_weight_[fold.stem] - 1) * targets;
    source_weight_[fold.stem] += sources;
    target_weight_[fold.stem] += targets;
    folds_.push_back(fold);
}

void PendantTrees::number_core(const std::vector<std::uint32_t>& neighbours) {
    for (Vertex v = 0; v < neighbours.size(); ++v) {
        if (neighbours[v] != kFolded && neighbours[v] > 0) {
            core_vertices_.push_back(v);
        }
    }
    std::ranges::stable_sort(core_vertices_, std::greater(), [&](Vertex v) { return neighbours[v]; });
}

void PendantTrees::build_core(const CsrGraph& graph) {
    std::vector<Vertex> number(graph.vertices(), kFolded);
    for (std::size_t i = 0; i < core_vertices_.size(); ++i) {
        number[core_vertices_[i]] = static_cast<Vertex>(i);
        core_source_weight_.push_back(source_weight_[core_vertices_[i]]);
        core_target_weight_.push_back(target_weight_[core_vertices_[i]]);
    }
    std::vector<Arc> arcs;
    for (const Vertex v : core_vertices_) {
        for (std::uint32_t k = graph.first[v]; k < graph.first[v + 1]; ++k) {
            if (number[graph.target[k]] != kFolded) {
                arcs.push_back({number[v], number[graph.target[k]], graph.weight[k]});
            }
        }
    }
    core_ = CsrGraph::build(static_cast<std::uint32_t>(core_vertices_.size()), std::move(arcs));
}

std::vector<double> PendantTrees::unfold(const CoreFigures& core) const {
    std::vector<double> betweenness = inner_;
    // What a vertex reaches, and is reached from, outside of its own trees.
    std::vector<double> targets(inner_.size(), 0);
    std::vector<double> sources(inner_.size(), 0);
    const auto add_pairs_with_outside = [&](Vertex v) {
        betweenness[v] += (source_weight_[v] - 1) * targets[v] + sources[v] * (target_weight_[v] - 1);
    };
    for (std::size_t i = 0; i < core_vertices_.size(); ++i) {
        const Vertex v = core_vertices_[i];
        betweenness[v] += core.betweenness[i];
        targets[v] = core.targets_after[i] - target_weight_[v];
        sources[v] = core.sources_before[i] - source_weight_[v];
        add_pairs_with_outside(v);
    }
    for (auto fold = folds_.rbegin(); fold != folds_.rend(); ++fold) {
        const auto& [v, stem, up, down] = *fold;
        targets[v] = up ? target_weight_[stem] - (down ? target_weight_[v] : 0) + targets[stem] : 0;
        sources[v] = down ? source_weight_[stem] - (up ? source_weight_[v] : 0) + sources[stem] : 0;
        add_pairs_with_outside(v);
    }
    return betweenness;
}

} // namespace mcp::graph
