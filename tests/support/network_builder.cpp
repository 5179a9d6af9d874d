#include "tests/support/network_builder.hpp"

#include <algorithm>
#include <stdexcept>

namespace mcp::tests {
namespace {

using domain::Channel;
using domain::NodeId;
using domain::Policy;

constexpr std::uint64_t kNewestBlock = 900'000;
constexpr std::uint64_t kBlocksPerDay = 144;

std::optional<Policy> policy_of(const End& end, Time as_of) {
    if (!end.announced) {
        return std::nullopt;
    }
    Policy policy{.base_fee = Msat{end.base_msat},
                  .fee_rate = Ppm{end.ppm},
                  .inbound_base_fee = Msat{0},
                  .inbound_fee_rate = Ppm{end.inbound_ppm},
                  .min_htlc = Msat{1},
                  .max_htlc = {},
                  .updated = as_of - std::chrono::days{end.updated_days_ago},
                  .cltv_delta = 80,
                  .disabled = end.disabled};
    if (end.max_htlc_sats) {
        policy.max_htlc = to_msat(Sat{*end.max_htlc_sats});
    }
    return policy;
}

void forget_dates(Channel& channel) {
    channel.updated.reset();
    for (auto& policy : channel.policy) {
        if (policy) {
            policy->updated.reset();
        }
    }
}

} // namespace

domain::PubKey NetworkBuilder::key_of(int index) {
    domain::PubKey key;
    key.bytes[0] = 2;
    key.bytes[1] = static_cast<std::uint8_t>(index >> 8);
    key.bytes[2] = static_cast<std::uint8_t>(index);
    return key;
}

NodeId NetworkBuilder::id_of(const std::string& alias) {
    const auto [found, is_new] = ids_.try_emplace(alias, static_cast<NodeId>(network_.nodes.size()));
    if (is_new) {
        domain::Node node;
        node.key = key_of(static_cast<int>(network_.nodes.size()));
        node.alias = alias;
        network_.nodes.push_back(std::move(node));
    }
    return found->second;
}

NetworkBuilder& NetworkBuilder::node(const std::string& alias) {
    id_of(alias);
    return *this;
}

NetworkBuilder& NetworkBuilder::channel(const std::string& a, const std::string& b, std::int64_t capacity_sats,
                                        End of_a, End of_b, int age_days) {
    Channel channel;
    const std::uint64_t block = kNewestBlock - kBlocksPerDay * static_cast<std::uint64_t>(age_days);
    channel.id.value = block << 40 | network_.channels.size() << 16;
    channel.node[0] = id_of(a);
    channel.node[1] = id_of(b);
    channel.capacity = Sat{capacity_sats};
    channel.policy[0] = policy_of(of_a, as_of_);
    channel.policy[1] = policy_of(of_b, as_of_);
    channel.updated = as_of_ - std::chrono::days{std::min(of_a.updated_days_ago, of_b.updated_days_ago)};
    if (channel.node[0] > channel.node[1]) {
        std::swap(channel.node[0], channel.node[1]);
        std::swap(channel.policy[0], channel.policy[1]);
    }
    network_.channels.push_back(std::move(channel));
    return *this;
}

NetworkBuilder& NetworkBuilder::undated() {
    dated_ = false;
    return *this;
}

NetworkBuilder& NetworkBuilder::at(Time as_of) {
    as_of_ = as_of;
    return *this;
}

domain::Network NetworkBuilder::build() const {
    domain::Network network = network_;
    if (dated_) {
        network.as_of = as_of_;
    } else {
        std::for_each(network.channels.begin(), network.channels.end(), forget_dates);
    }
    network.index();
    return network;
}

NodeId node_named(const domain::Network& network, const std::string& alias) {
    for (NodeId id = 0; id < network.nodes.size(); ++id) {
        if (network.nodes[id].alias == alias) {
            return id;
        }
    }
    throw std::logic_error("no node " + alias);
}

} // namespace mcp::tests
