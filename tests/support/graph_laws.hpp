#pragma once
#include "adapters/sources/gossip_file.hpp"
#include "base/text.hpp"
#include "language/language.hpp"
#include "tests/support/network_text.hpp"

#include <cstdlib>
#include <set>
#include <string_view>

/// What must hold of whatever a reader makes of any bytes; shared by the fuzz targets of all graph formats.
namespace mcp::test {

inline void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

inline void demand_laws(const domain::Network& network) {
    demand(!network.channels.empty());
    std::set<std::uint64_t> ids;
    for (const domain::Channel& channel : network.channels) {
        demand(ids.insert(channel.id.value).second);
        demand(channel.node[0] < network.nodes.size() && channel.node[1] < network.nodes.size());
        demand(network.nodes[channel.node[0]].key < network.nodes[channel.node[1]].key);
        demand(!channel.capacity || (channel.capacity->value > 0 && *channel.capacity <= kAllBitcoin));
        demand(!channel.updated || *channel.updated <= *network.as_of);
        for (const std::optional<domain::Policy>& policy : channel.policy) {
            demand(!policy || (policy->min_htlc.value >= 0 && policy->min_htlc <= to_msat(kAllBitcoin)));
            demand(!policy || !policy->max_htlc ||
                   (policy->max_htlc->value > 0 && *policy->max_htlc <= to_msat(kAllBitcoin)));
            demand(!policy || (policy->base_fee.value >= 0 && policy->fee_rate.value >= 0));
        }
    }
    for (const domain::Node& node : network.nodes) {
        demand(!clean_text(node.alias).changed);
        demand(network.find(node.key).has_value());
    }
}

inline Result<domain::Network> read_in_pieces(std::string_view text, std::size_t piece) {
    adapters::GraphParser parser;
    for (std::size_t from = 0; from < text.size(); from += piece) {
        if (Result<void> read = parser.write(text.substr(from, piece)); !read) {
            return fail(std::move(read.error()));
        }
    }
    return parser.finish();
}

/// Any bytes are a lawful network or an error that can be told, and the same ones however they are cut.
inline void demand_a_lawful_graph(std::string_view bytes) {
    const Result<domain::Network> network = adapters::parse_graph(bytes);
    const Result<domain::Network> again = read_in_pieces(bytes, 1 + bytes.size() % 7);
    demand(network.has_value() == again.has_value());
    if (!network) {
        demand(!language::render(network.error(), language::Language::fr).empty());
        return;
    }
    demand_laws(*network);
    demand(text_of(*network) == text_of(*again));
}

} // namespace mcp::test
