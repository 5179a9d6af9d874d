#include "graph/market.hpp"

namespace mcp::graph {

using domain::Channel;
using domain::Policy;
using domain::Side;

MarketStanding market_standing(const Channel& channel, Side side, std::optional<Time> as_of) {
    const std::optional<Policy>& policy = channel.policy_of(side);
    if (!policy) {
        return MarketStanding::not_announced;
    }
    if (policy->disabled) {
        return MarketStanding::disabled;
    }
    if (as_of && policy->updated && *as_of - *policy->updated > kSilentAfter) {
        return MarketStanding::silent;
    }
    return policy->fee_rate < kFirstForbiddingRate ? MarketStanding::in_market : MarketStanding::forbidding;
}

std::optional<bool> is_silent(const Channel& channel, std::optional<Time> as_of) {
    if (!as_of || !channel.updated) {
        return std::nullopt;
    }
    return *as_of - *channel.updated > kSilentAfter;
}

bool is_available(const Channel& channel, std::optional<Time> as_of) {
    for (const Side side : {Side::node1, Side::node2}) {
        const std::optional<Policy>& policy = channel.policy_of(side);
        if (!policy || policy->disabled) {
            return false;
        }
    }
    return !is_silent(channel, as_of).value_or(false);
}

} // namespace mcp::graph
