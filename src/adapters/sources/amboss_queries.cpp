#include "adapters/sources/amboss_queries.hpp"

#include <fmt/format.h>
#include <stdexcept>

namespace mcp::adapters::amboss {
namespace {

constexpr std::string_view kNetworkQuery =
    "query Network { getNetworkMetrics { historical_snapshots { nodes { active } "
    "channels { channel_metrics { count sum median } fee_rate_metrics { median } } } } }";

// The peer of a closed channel is found by its key: node1 and node2 stand in gossip's order.
constexpr std::string_view kFacts =
    "fragment Facts on NodeType { graph_info { last_update node { alias pub_key } "
    "metrics { capacity capacity_rank channels channels_rank } "
    "channels { fee_info(timeRange: TODAY) { local { median weighted } remote { median weighted } } } "
    "closed_channels(page: {limit: 10, offset: 0}) { total_count list { short_channel_id capacity "
    "node1_pub node2_pub node2_info { node { alias pub_key } } "
    "closure_info { closed_date closed_height closure_type } } } } }";

} // namespace

std::string_view network_query() {
    return kNetworkQuery;
}

std::string nodes_query(std::size_t nodes) {
    if (nodes == 0 || nodes > kNodesMax) {
        throw std::logic_error("Amboss is asked for 1 to 50 nodes at once");
    }
    std::string variables;
    std::string fields;
    for (std::size_t node = 0; node < nodes; ++node) {
        variables += fmt::format("{}$p{}: String!", node == 0 ? "" : ", ", node);
        fields += fmt::format("{}: getNode(pubkey: $p{}) {{ ...Facts }} ", alias_of(node), node);
    }
    return fmt::format("query Nodes({}) {{ {}}} {}", variables, fields, kFacts);
}

std::string alias_of(std::size_t node) {
    return fmt::format("n{}", node);
}

// No query holds a quote or a backslash, and a key is hex digits: nothing needs to be escaped.
std::string network_request() {
    return fmt::format(R"({{"query":"{}","variables":{{}}}})", kNetworkQuery);
}

std::string nodes_request(std::span<const domain::PubKey> nodes) {
    std::string variables;
    for (std::size_t node = 0; node < nodes.size(); ++node) {
        variables += fmt::format(R"({}"p{}":"{}")", node == 0 ? "" : ",", node, nodes[node].hex());
    }
    return fmt::format(R"({{"query":"{}","variables":{{{}}}}})", nodes_query(nodes.size()), variables);
}

} // namespace mcp::adapters::amboss
