#pragma once
#include "domain/network.hpp"

#include <optional>
#include <random>
#include <vector>

/// Small networks for tests, complete enough for every figure.
namespace mcp::test {

inline constexpr Time kToday{std::chrono::sys_days{std::chrono::year{2025} / 10 / 25}};
inline constexpr Time kLongAgo{kToday - std::chrono::days{15}}; ///< a day past what counts as silent

inline domain::Policy policy(std::int64_t base_msat, std::int64_t rate_ppm, Time updated = kToday) {
    return domain::Policy{.base_fee = Msat{base_msat},
                          .fee_rate = Ppm{rate_ppm},
                          .inbound_base_fee = Msat{0},
                          .inbound_fee_rate = Ppm{0},
                          .min_htlc = Msat{1000},
                          .max_htlc = std::nullopt,
                          .updated = updated};
}

inline domain::Policy disabled(domain::Policy policy) {
    policy.disabled = true;
    return policy;
}

/// A channel from `a` to `b` with what each of them announced; its update is the newer one of theirs.
inline domain::Channel channel(std::uint64_t id, domain::NodeId a, domain::NodeId b, std::int64_t capacity_sats,
                               std::optional<domain::Policy> of_a, std::optional<domain::Policy> of_b) {
    domain::Channel made;
    made.id.value = id;
    made.node[0] = a;
    made.node[1] = b;
    made.capacity = Sat{capacity_sats};
    made.policy[0] = std::move(of_a);
    made.policy[1] = std::move(of_b);
    for (const std::optional<domain::Policy>& side : made.policy) {
        if (side && side->updated) {
            made.updated = std::max(made.updated.value_or(*side->updated), *side->updated);
        }
    }
    return made;
}

/// A public key that tells its number, so that keys ascend with it.
inline domain::PubKey key_of(std::uint32_t number) {
    domain::PubKey key;
    key.bytes[0] = 2;
    for (std::size_t byte = 0; byte < 4; ++byte) {
        key.bytes[1 + byte] = static_cast<std::uint8_t>(number >> (24 - 8 * byte));
    }
    return key;
}

/// `nodes` nodes with the keys key_of(0), key_of(1)..., and these channels.
inline domain::Network network(std::uint32_t nodes, std::vector<domain::Channel> channels,
                               std::optional<Time> as_of = kToday) {
    domain::Network made;
    for (std::uint32_t number = 0; number < nodes; ++number) {
        made.nodes.push_back({.key = key_of(number), .alias = "node " + std::to_string(number), .updated = as_of});
    }
    made.channels = std::move(channels);
    made.as_of = as_of;
    made.index();
    return made;
}

/// Any network, the same for the same numbers: parallel channels, lone nodes, disabled, missing and old policies.
inline domain::Network any_network(std::uint32_t nodes, std::uint32_t channels, std::uint32_t seed) {
    std::mt19937 chance(seed);
    const auto below = [&](std::uint32_t end) { return static_cast<std::uint32_t>(chance() % end); };
    const auto any_policy = [&]() -> std::optional<domain::Policy> {
        if (below(8) == 0) {
            return std::nullopt;
        }
        domain::Policy made = policy(below(3) * 500, below(12) * 500, kToday - std::chrono::days{below(20)});
        made.disabled = below(6) == 0;
        return made;
    };
    std::vector<domain::Channel> made;
    for (std::uint32_t id = 1; nodes > 1 && id <= channels; ++id) {
        const domain::NodeId a = below(nodes - 1);
        const domain::NodeId b = a + 1 + below(nodes - a - 1);
        made.push_back(channel(id, a, b, (1 + below(9)) * 1'000'000, any_policy(), any_policy()));
    }
    return network(nodes, std::move(made));
}

} // namespace mcp::test
