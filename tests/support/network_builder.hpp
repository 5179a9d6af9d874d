#pragma once
#include "tests/support/small_network.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

namespace mcp::test {

/// The noon of 25 October 2025: the graph's own date in built networks.
inline constexpr Time kNoon{kToday + std::chrono::hours{12}};
inline constexpr std::uint64_t kNewestBlock = 900'000;

/// What a built channel's end announces; a test changes what it is about.
struct End {
    std::int64_t base_msat = 0;
    std::int64_t ppm = 100;
    bool disabled = false;
    std::chrono::seconds ago{0}; ///< its update, before the graph's own date
    bool announced = true;
    std::int64_t inbound_base_msat = 0;
    std::int64_t inbound_ppm = 0;
    std::optional<std::int64_t> max_htlc_sats = {};
};

/// Builds small networks by alias: `NetworkBuilder().channel("alice", "bob", 1'000'000).build()`.
/// Every node that a channel names exists; keys are key_of(0), key_of(1)... in the order in which aliases first appear.
/// A copy, changed a little and moved in time by at(), is the same network on another day.
class NetworkBuilder {
public:
    /// Policies are set by the first- and the second-named node. Ids descend from block 900,000 by `age_days`; funding
    /// outputs are "funding0:0", "funding1:0"... in the order of these calls.
    NetworkBuilder& channel(const std::string& a, const std::string& b, std::optional<std::int64_t> capacity_sats,
                            End of_a = {}, End of_b = {}, int age_days = 100) {
        plans_.push_back({id_of(a), id_of(b), capacity_sats, of_a, of_b, age_days, made_++});
        return *this;
    }
    NetworkBuilder& node(const std::string& alias) {
        id_of(alias);
        return *this;
    }
    /// Takes away the channels between two nodes; the others keep their ids.
    NetworkBuilder& close(const std::string& a, const std::string& b) {
        const auto between = [a = id_of(a), b = id_of(b)](const Plan& plan) { return plan.joins(a, b); };
        plans_.erase(std::remove_if(plans_.begin(), plans_.end(), between), plans_.end());
        return *this;
    }
    /// New policies for the channels between two nodes.
    NetworkBuilder& set(const std::string& a, const std::string& b, End of_a, End of_b) {
        return change(a, b, [&, first = id_of(a)](Plan& plan) {
            plan.of_a = plan.a == first ? of_a : of_b;
            plan.of_b = plan.a == first ? of_b : of_a;
        });
    }
    /// Another capacity for the channels between two nodes; nothing: the graph does not tell it.
    NetworkBuilder& resize(const std::string& a, const std::string& b, std::optional<std::int64_t> capacity_sats) {
        return change(a, b, [&](Plan& plan) { plan.capacity_sats = capacity_sats; });
    }
    /// Keys ascend from this one: nodes that no other network knows.
    NetworkBuilder& keys_from(std::uint32_t number) {
        first_key_ = number;
        return *this;
    }
    /// Leaves out every date.
    NetworkBuilder& undated() {
        dated_ = false;
        return *this;
    }
    /// Moves the graph's own date, and with it all that was announced so long before it.
    NetworkBuilder& at(Time as_of) {
        as_of_ = as_of;
        return *this;
    }

    [[nodiscard]] domain::Network build() const {
        domain::Network network;
        for (const std::string& alias : aliases_) {
            network.nodes.push_back({.key = key_of(first_key_ + static_cast<std::uint32_t>(network.nodes.size())),
                                     .alias = alias,
                                     .updated = date_of({})});
        }
        for (const Plan& plan : plans_) {
            network.channels.push_back(realise(plan));
        }
        network.as_of = date_of({});
        network.index();
        return network;
    }

private:
    struct Plan {
        domain::NodeId a;
        domain::NodeId b;
        std::optional<std::int64_t> capacity_sats;
        End of_a;
        End of_b;
        int age_days;
        std::uint64_t number;

        [[nodiscard]] bool joins(domain::NodeId x, domain::NodeId y) const {
            return (a == x && b == y) || (a == y && b == x);
        }
    };

    domain::NodeId id_of(const std::string& alias) {
        const auto [found, is_new] = ids_.try_emplace(alias, static_cast<domain::NodeId>(aliases_.size()));
        if (is_new) {
            aliases_.push_back(alias);
        }
        return found->second;
    }

    template <typename Change>
    NetworkBuilder& change(const std::string& a, const std::string& b, Change change_of) {
        bool found = false;
        for (Plan& plan : plans_) {
            if (plan.joins(id_of(a), id_of(b))) {
                change_of(plan);
                found = true;
            }
        }
        return found ? *this : throw std::logic_error("no channel between " + a + " and " + b);
    }

    [[nodiscard]] std::optional<Time> date_of(std::chrono::seconds ago) const {
        return dated_ ? std::optional(as_of_ - ago) : std::nullopt;
    }

    [[nodiscard]] std::optional<domain::Policy> policy_of(const End& end) const {
        if (!end.announced) {
            return std::nullopt;
        }
        return domain::Policy{.base_fee = Msat{end.base_msat},
                              .fee_rate = Ppm{end.ppm},
                              .inbound_base_fee = Msat{end.inbound_base_msat},
                              .inbound_fee_rate = Ppm{end.inbound_ppm},
                              .min_htlc = Msat{1},
                              .max_htlc =
                                  end.max_htlc_sats ? std::optional(to_msat(Sat{*end.max_htlc_sats})) : std::nullopt,
                              .updated = date_of(end.ago),
                              .cltv_delta = 80,
                              .disabled = end.disabled};
    }

    [[nodiscard]] domain::Channel realise(const Plan& plan) const {
        constexpr std::uint64_t kBlocksPerDay = 144;
        const bool in_order = plan.a < plan.b;
        const std::uint64_t block = kNewestBlock - kBlocksPerDay * static_cast<std::uint64_t>(plan.age_days);
        domain::Channel made =
            test::channel(block << 40 | plan.number << 16, in_order ? plan.a : plan.b, in_order ? plan.b : plan.a,
                          plan.capacity_sats.value_or(0), policy_of(in_order ? plan.of_a : plan.of_b),
                          policy_of(in_order ? plan.of_b : plan.of_a));
        if (!plan.capacity_sats) {
            made.capacity.reset();
        }
        made.funding_outpoint = fmt::format("funding{}:0", plan.number);
        return made;
    }

    Time as_of_ = kNoon;
    bool dated_ = true;
    std::uint32_t first_key_ = 0;
    std::uint64_t made_ = 0;
    std::vector<std::string> aliases_;
    std::map<std::string, domain::NodeId> ids_;
    std::vector<Plan> plans_;
};

/// The node with that alias. Throws when there is none.
[[nodiscard]] inline domain::NodeId node_named(const domain::Network& network, const std::string& alias) {
    for (domain::NodeId id = 0; id < network.nodes.size(); ++id) {
        if (network.nodes[id].alias == alias) {
            return id;
        }
    }
    throw std::logic_error("no node " + alias);
}

} // namespace mcp::test
