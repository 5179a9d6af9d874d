#include "domain/channel.hpp"

#include <fmt/format.h>

namespace mcp::domain {

std::string ShortChannelId::text() const {
    return fmt::format("{}x{}x{}", value >> 40, value >> 16 & 0xFFFFFF, value & 0xFFFF);
}

bool usable(const Channel& channel, Side side, Msat amount) {
    const std::optional<Policy>& policy = channel.policy_of(side);
    if (!policy || policy->disabled || policy->min_htlc > amount) {
        return false;
    }
    if (policy->max_htlc && *policy->max_htlc < amount) {
        return false;
    }
    if (channel.capacity && to_msat(*channel.capacity) < amount) {
        return false;
    }
    return forwarding_fee(amount, policy->base_fee, policy->fee_rate) <= amount;
}

} // namespace mcp::domain
