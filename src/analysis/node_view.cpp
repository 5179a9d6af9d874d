#include "analysis/node_view.hpp"

#include "graph/market.hpp"

#include <algorithm>
#include <tuple>

namespace mcp::analysis {
namespace {

using domain::Channel;
using domain::ChannelIx;
using domain::NodeId;

constexpr std::uint32_t kBlocksPerDay = 144;

} // namespace

NodeView::NodeView(const DayFacts& day, NodeId node) : day_(&day), node_(node) {
    const domain::Network& network = day.network;
    for (const ChannelIx ix : network.channels_of(node)) {
        const Channel& channel = network.channels[ix];
        OwnChannel own{
            .channel = &channel, .own = channel.side_of(node), .peer = channel.peer_of(node), .age_days = {}};
        if (!network.positional_ids && channel.id.block() <= day.newest_block) {
            own.age_days = static_cast<int>((day.newest_block - channel.id.block()) / kBlocksPerDay);
        }
        channels_.push_back(own);
    }
    std::sort(channels_.begin(), channels_.end(), [](const OwnChannel& a, const OwnChannel& b) {
        return std::tuple(-a.capacity_sats(), a.channel->id) < std::tuple(-b.capacity_sats(), b.channel->id);
    });
    std::unordered_map<NodeId, std::size_t> position;
    for (const OwnChannel& channel : channels_) {
        const auto [found, is_new] = position.try_emplace(channel.peer, relations_.size());
        if (is_new) {
            relations_.push_back({.peer = channel.peer, .channels = {}, .capacity_sats = 0});
        }
        Relation& relation = relations_[found->second];
        relation.channels.push_back(&channel);
        relation.capacity_sats += channel.capacity_sats();
    }
    std::sort(relations_.begin(), relations_.end(), [&](const Relation& a, const Relation& b) {
        return std::tuple(-a.capacity_sats, network.nodes[a.peer].key) <
               std::tuple(-b.capacity_sats, network.nodes[b.peer].key);
    });
}

std::optional<Sat> NodeView::total_capacity() const {
    Sat sum{0};
    for (const OwnChannel& channel : channels_) {
        if (!channel.channel->capacity) {
            return std::nullopt;
        }
        sum += *channel.channel->capacity;
    }
    return sum;
}

std::optional<bool> NodeView::silent(const OwnChannel& channel) const {
    return graph::is_silent(*channel.channel, day_->network.as_of);
}

bool NodeView::enabled_both_ways(const OwnChannel& channel) {
    const auto& own = channel.own_policy();
    const auto& peer = channel.peer_policy();
    return own && peer && !own->disabled && !peer->disabled;
}

std::optional<int> NodeView::days_since(const std::optional<Time>& update) const {
    if (!dated() || !update) {
        return std::nullopt;
    }
    return static_cast<int>(std::chrono::floor<std::chrono::days>(*day_->network.as_of - *update).count());
}

} // namespace mcp::analysis
