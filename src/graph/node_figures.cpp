#include "graph/node_figures.hpp"

namespace mcp::graph {

NodeFigures node_figures(const domain::Network& network, domain::NodeId node) {
    NodeFigures figures;
    std::vector<double> sizes;
    std::vector<double> base_fees;
    std::vector<double> fee_rates;
    for (const domain::ChannelIx ix : network.channels_of(node)) {
        const domain::Channel& channel = network.channels[ix];
        ++figures.channels;
        if (channel.capacity) {
            figures.capacity += *channel.capacity;
            sizes.push_back(static_cast<double>(channel.capacity->value));
        }
        if (const std::optional<domain::Policy>& own = channel.policy_of(channel.side_of(node))) {
            base_fees.push_back(static_cast<double>(own->base_fee.value));
            fee_rates.push_back(static_cast<double>(own->fee_rate.value));
        }
    }
    figures.channel_sats = spread(std::move(sizes));
    figures.base_fee_msat = spread(std::move(base_fees));
    figures.fee_rate_ppm = spread(std::move(fee_rates));
    return figures;
}

} // namespace mcp::graph
