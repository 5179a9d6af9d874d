#include "domain/channel.hpp"

#include <charconv>
#include <fmt/format.h>

namespace mcp::domain {

std::string ShortChannelId::text() const {
    return fmt::format("{}x{}x{}", value >> 40, value >> 16 & 0xFFFFFF, value & 0xFFFF);
}

std::optional<ShortChannelId> ShortChannelId::parse(std::string_view text) {
    constexpr std::uint64_t kMost[] = {0xFFFFFF, 0xFFFFFF, 0xFFFF};
    constexpr int kBits[] = {24, 24, 16};
    std::uint64_t value = 0;
    for (const int part : {0, 1, 2}) {
        std::uint64_t number = 0;
        const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
        if (fault != std::errc{} || number > kMost[part]) {
            return std::nullopt;
        }
        value = value << kBits[part] | number;
        text.remove_prefix(static_cast<std::size_t>(end - text.data()));
        if (part < 2 && (text.empty() || text.front() != 'x')) {
            return std::nullopt;
        }
        text.remove_prefix(part < 2 ? 1 : 0);
    }
    return text.empty() ? std::optional(ShortChannelId{value}) : std::nullopt;
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
