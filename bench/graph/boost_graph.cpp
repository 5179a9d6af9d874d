#include "bench/graph/boost_graph.hpp"

#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>

namespace mcp::bench {
namespace {

struct EdgeWeight {
    double value;
};

using Csr = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, EdgeWeight, boost::no_property,
                                               std::uint32_t, std::uint32_t>;

Csr build(const graph::CsrGraph& graph) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
    std::vector<EdgeWeight> weights;
    for (graph::Vertex v = 0; v < graph.vertices(); ++v) {
        for (std::uint32_t k = graph.first[v]; k < graph.first[v + 1]; ++k) {
            ends.emplace_back(v, graph.target[k]);
            weights.push_back({static_cast<double>(graph.weight[k])});
        }
    }
    return Csr(boost::edges_are_sorted, ends.begin(), ends.end(), weights.begin(), graph.vertices());
}

} // namespace

struct BoostGraph::Impl {
    Csr csr;
};

BoostGraph::BoostGraph(const graph::CsrGraph& graph) : impl_(std::make_unique<Impl>(Impl{build(graph)})) {}
BoostGraph::~BoostGraph() = default;

std::vector<double> BoostGraph::betweenness_by_hops() const {
    std::vector<double> values(num_vertices(impl_->csr));
    boost::brandes_betweenness_centrality(
        impl_->csr, boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, impl_->csr)));
    return values;
}

std::vector<double> BoostGraph::betweenness_by_weight() const {
    std::vector<double> values(num_vertices(impl_->csr));
    const auto centrality = boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, impl_->csr));
    boost::brandes_betweenness_centrality(
        impl_->csr, boost::centrality_map(centrality).weight_map(get(&EdgeWeight::value, impl_->csr)));
    return values;
}

} // namespace mcp::bench
