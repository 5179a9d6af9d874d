#pragma once
#include "graph/csr_graph.hpp"

#include <span>
#include <vector>

namespace mcp::graph {

/// What betweenness calculations learn about one vertex of the core.
struct CoreFigures {
    std::vector<double> betweenness;    ///< pairs weighted by both ends, see PendantTrees::source_weight
    std::vector<double> sources_before; ///< source weight of all that reaches the vertex, itself included
    std::vector<double> targets_after;  ///< target weight of all that the vertex reaches, itself included
};

/// A graph with its pendant trees folded away. Whatever hangs on the rest by one vertex reaches the rest through that
/// vertex only, so it need not be searched from: the vertex stands for it, as a source and as a target of more than one
/// (Baglioni, Geraci, Pellegrini, Lastres 2012; Sariyuce, Saule, Kaya, Catalyurek 2013, there for undirected graphs).
/// In a directed graph a pendant may be joined in one direction only: it is then a source or a target, not both.
class PendantTrees {
public:
    explicit PendantTrees(const CsrGraph& graph);

    /// What is left, numbered 0.. with the most connected first, which keeps the busiest memory together.
    [[nodiscard]] const CsrGraph& core() const { return core_; }
    /// How many sources, itself included, begin at a core vertex or reach the core through it.
    [[nodiscard]] std::span<const double> source_weight() const { return core_source_weight_; }
    /// How many targets, itself included, are a core vertex or are reached from the core through it.
    [[nodiscard]] std::span<const double> target_weight() const { return core_target_weight_; }

    /// @param core figures of each vertex of core()   @return the betweenness of every vertex of the whole graph
    [[nodiscard]] std::vector<double> unfold(const CoreFigures& core) const;

private:
    struct Fold {
        Vertex pendant;
        Vertex stem; ///< what it hangs on
        bool up;     ///< an arc leads from the pendant to the stem
        bool down;   ///< an arc leads from the stem to the pendant
    };

    void fold_all(const CsrGraph& graph, const CsrGraph& reversed);
    void fold(const Fold& fold);
    void number_core(const std::vector<std::uint32_t>& neighbours);
    void build_core(const CsrGraph& graph);

    std::vector<double> source_weight_; ///< of all vertices; final for folded ones too
    std::vector<double> target_weight_;
    std::vector<double> inner_; ///< betweenness from pairs that meet within the vertex's own trees
    std::vector<Fold> folds_;   ///< in the order they were done: a pendant before its stem
    std::vector<Vertex> core_vertices_;
    CsrGraph core_;
    std::vector<double> core_source_weight_;
    std::vector<double> core_target_weight_;
};

} // namespace mcp::graph
