#include "app/commands/nodes_csv.hpp"

#include "graph/betweenness.hpp"
#include "graph/node_figures.hpp"

#include <fmt/format.h>
#include <iterator>

namespace mcp::app {
namespace {

using graph::NodeFigures;

constexpr std::string_view kHeader =
    "pubkey,alias,channels,capacity_sats,mean_channel_sats,median_channel_sats,mean_fee_ppm,median_fee_ppm,"
    "mean_base_msat,median_base_msat,betweenness_hops,betweenness_50k,betweenness_500k,betweenness_5m\n";

constexpr Sat kAmounts[] = {Sat{50'000}, Sat{500'000}, Sat{5'000'000}};

std::string mean_and_median(const std::optional<Spread>& values) {
    return values ? fmt::format("{},{}", values->mean, values->median) : ",";
}

/// Empty where the graph tells the capacity of none of its channels.
std::string capacity_cell(const NodeFigures& figures) {
    const bool is_known = figures.channels == 0 || figures.channel_sats;
    return is_known ? std::to_string(figures.capacity.value) : "";
}

} // namespace

std::string csv_text_cell(std::string_view text) {
    std::string cell = "\"";
    if (!text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos) {
        cell += '\'';
    }
    for (const char c : text) {
        cell += c == '"' ? "\"\"" : std::string(1, c);
    }
    return cell + '"';
}

std::string nodes_csv(const domain::Network& network, unsigned threads) {
    std::vector<std::vector<double>> positions = {graph::hop_betweenness(graph::hop_graph(network), threads)};
    for (const Sat amount : kAmounts) {
        positions.push_back(graph::betweenness(graph::fee_graph(network, to_msat(amount)), threads));
    }
    std::string csv(kHeader);
    for (domain::NodeId node = 0; node < network.nodes.size(); ++node) {
        const NodeFigures figures = graph::node_figures(network, node);
        fmt::format_to(std::back_inserter(csv), "{},{},{},{},{},{},{}", network.nodes[node].key.hex(),
                       csv_text_cell(network.nodes[node].alias), figures.channels, capacity_cell(figures),
                       mean_and_median(figures.channel_sats), mean_and_median(figures.fee_rate_ppm),
                       mean_and_median(figures.base_fee_msat));
        for (const std::vector<double>& betweenness : positions) {
            fmt::format_to(std::back_inserter(csv), ",{}", betweenness[node]);
        }
        csv += '\n';
    }
    return csv;
}

} // namespace mcp::app
