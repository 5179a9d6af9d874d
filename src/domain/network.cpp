#include "domain/network.hpp"

#include <algorithm>

namespace mcp::domain {

std::optional<NodeId> Network::find(const PubKey& key) const {
    const auto found = by_key_.find(key);
    return found == by_key_.end() ? std::nullopt : std::optional(found->second);
}

std::span<const ChannelIx> Network::channels_of(NodeId node) const {
    return std::span(channel_list_).subspan(first_channel_[node], first_channel_[node + 1] - first_channel_[node]);
}

void Network::index() {
    by_key_.clear();
    by_key_.reserve(nodes.size());
    for (NodeId id = 0; id < nodes.size(); ++id) {
        by_key_.emplace(nodes[id].key, id);
    }
    first_channel_.assign(nodes.size() + 1, 0);
    for (const Channel& channel : channels) {
        ++first_channel_[channel.node[0] + 1];
        ++first_channel_[channel.node[1] + 1];
    }
    for (std::size_t id = 0; id < nodes.size(); ++id) {
        first_channel_[id + 1] += first_channel_[id];
    }
    channel_list_.resize(2 * channels.size());
    std::vector<std::uint32_t> next(first_channel_.begin(), first_channel_.end() - 1);
    for (ChannelIx ix = 0; ix < channels.size(); ++ix) {
        channel_list_[next[channels[ix].node[0]]++] = ix;
        channel_list_[next[channels[ix].node[1]]++] = ix;
    }
    for (std::size_t id = 0; id < nodes.size(); ++id) {
        std::sort(channel_list_.begin() + first_channel_[id], channel_list_.begin() + first_channel_[id + 1],
                  [&](ChannelIx a, ChannelIx b) { return channels[a].id < channels[b].id; });
    }
}

} // namespace mcp::domain
