#include "bench/graph/boost_graph.hpp"
#include "bench/graph/cases.hpp"
#include "graph/betweenness.hpp"
#include "tests/support/closeness.hpp"
#include "tests/support/igraph_oracle.hpp"

#include <fmt/format.h>

namespace mcp::bench {
namespace {

constexpr int kRuns = 5; ///< of ours, the best counts; of the others one has to do, they take many times as long

void print_line(const std::string& what, double ours, double boost_graph, double igraph, double difference) {
    fmt::print("{:<20} ours {:7.3f} s   Boost Graph {:7.2f} s ({:5.1f} x)   igraph {:7.2f} s ({:5.1f} x)   {:.0e}\n",
               what, ours, boost_graph, boost_graph / ours, igraph, igraph / ours, difference);
}

void measure_hops(const Input& input) {
    const graph::CsrGraph graph = graph::hop_graph(input.network);
    std::vector<double> values;
    const double ours = best_seconds(kRuns, [&] { values = graph::hop_betweenness(graph, 1); });
    const BoostGraph boost_graph(graph);
    const double boost = seconds([&] { (void)boost_graph.betweenness_by_hops(); });
    std::vector<double> expected;
    const double igraph = seconds([&] { expected = test::igraph_betweenness_by_hops(graph); });
    print_line("by hops", ours, boost, igraph, test::largest_difference(values, expected));
}

void measure_fees(const Input& input, std::int64_t sats) {
    const graph::CsrGraph graph = graph::fee_graph(input.network, to_msat(Sat{sats}));
    std::vector<double> values;
    const double ours = best_seconds(kRuns, [&] { values = graph::betweenness(graph, 1); });
    const BoostGraph boost_graph(graph);
    const double boost = seconds([&] { (void)boost_graph.betweenness_by_weight(); });
    std::vector<double> expected;
    const double igraph = seconds([&] { expected = test::igraph_betweenness_by_fee(graph); });
    print_line(fmt::format("by fee, {} sat", sats), ours, boost, igraph, test::largest_difference(values, expected));
}

} // namespace

void betweenness_case(const Input& input) {
    fmt::print(
        "betweenness: one thread, others by their own time over ours; last, the largest difference from igraph,\n"
        "which at 5 M sat takes paths for equal that differ by 1 msat\n");
    measure_hops(input);
    for (const std::int64_t sats : {50'000, 500'000, 5'000'000}) {
        measure_fees(input, sats);
    }
}

} // namespace mcp::bench
