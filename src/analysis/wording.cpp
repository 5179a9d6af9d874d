#include "analysis/wording.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

constexpr std::size_t kNamedPeers = 3; // more names hide the message

} // namespace

std::string display_name(const domain::Node& node) {
    return node.alias.empty() ? node.key.hex().substr(0, 12) + "…" : node.alias;
}

std::vector<Message> name_peers(const NodeView& view, const ChannelList& channels) {
    std::vector<std::pair<domain::NodeId, Sat>> peers;
    for (const OwnChannel* channel : channels) {
        const Sat capacity = channel->channel->capacity.value_or(Sat{0});
        const auto known =
            std::find_if(peers.begin(), peers.end(), [&](const auto& p) { return p.first == channel->peer; });
        if (known == peers.end()) {
            peers.emplace_back(channel->peer, capacity);
        } else {
            known->second += capacity;
        }
    }
    std::stable_sort(peers.begin(), peers.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    std::vector<Message> names;
    for (std::size_t i = 0; i < std::min(kNamedPeers, peers.size()); ++i) {
        names.push_back(
            {"wording.peer", {{"name", display_name(view.peer(peers[i].first))}, {"capacity", peers[i].second}}});
    }
    if (peers.size() > kNamedPeers) {
        names.push_back({"wording.more", {{"count", static_cast<std::int64_t>(peers.size() - kNamedPeers)}}});
    }
    return names;
}

Sat total_capacity(const ChannelList& channels) {
    Sat sum{0};
    for (const OwnChannel* channel : channels) {
        sum += channel->channel->capacity.value_or(Sat{0});
    }
    return sum;
}

} // namespace mcp::analysis
