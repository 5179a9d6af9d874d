#include "analysis/wording.hpp"

#include "analysis/absences.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

constexpr std::size_t kNamedPeers = 3; // more names hide the message

struct PeerCapacity {
    domain::NodeId peer;
    Sat known;
    bool all_known;

    [[nodiscard]] std::optional<Sat> capacity() const { return all_known ? std::optional(known) : std::nullopt; }
};

/// The peers of `channels` with what they hold of them, largest first.
std::vector<PeerCapacity> largest_peers(const ChannelList& channels) {
    std::vector<PeerCapacity> peers;
    for (const OwnChannel* channel : channels) {
        auto peer =
            std::find_if(peers.begin(), peers.end(), [&](const PeerCapacity& p) { return p.peer == channel->peer; });
        if (peer == peers.end()) {
            peer = peers.insert(peers.end(), {.peer = channel->peer, .known = Sat{0}, .all_known = true});
        }
        peer->known += channel->channel->capacity.value_or(Sat{0});
        peer->all_known = peer->all_known && channel->channel->capacity;
    }
    std::stable_sort(peers.begin(), peers.end(),
                     [](const PeerCapacity& a, const PeerCapacity& b) { return a.known > b.known; });
    return peers;
}

Sat known_capacity(const ChannelList& channels) {
    Sat sum{0};
    for (const OwnChannel* channel : channels) {
        sum += channel->channel->capacity.value_or(Sat{0});
    }
    return sum;
}

} // namespace

std::string display_name(const domain::Node& node) {
    return node.alias.empty() ? node.key.hex().substr(0, 12) + "…" : node.alias;
}

std::string display_name(const NodeView& view, const domain::PubKey& key) {
    const std::optional<domain::NodeId> node = view.day().network.find(key);
    return node ? display_name(view.peer(*node)) : key.hex().substr(0, 12) + "…";
}

std::vector<Message> name_peers(const NodeView& view, const std::vector<PeerAmount>& peers) {
    std::vector<Message> names;
    for (std::size_t i = 0; i < std::min(kNamedPeers, peers.size()); ++i) {
        names.push_back({"wording.peer", {{"name", display_name(view, peers[i].key)}, {"capacity", peers[i].amount}}});
    }
    if (peers.size() > kNamedPeers) {
        names.push_back({"wording.more", {{"count", static_cast<std::int64_t>(peers.size() - kNamedPeers)}}});
    }
    return names;
}

MessageValue capacity_words(const std::optional<Sat>& capacity) {
    if (!capacity) {
        return std::vector<Message>{unknown_capacity().reason};
    }
    return *capacity;
}

std::vector<Message> name_peers(const NodeView& view, const ChannelList& channels) {
    const std::vector<PeerCapacity> peers = largest_peers(channels);
    std::vector<Message> names;
    for (std::size_t i = 0; i < std::min(kNamedPeers, peers.size()); ++i) {
        names.push_back(
            {"wording.peer",
             {{"name", display_name(view.peer(peers[i].peer))}, {"capacity", capacity_words(peers[i].capacity())}}});
    }
    if (peers.size() > kNamedPeers) {
        names.push_back({"wording.more", {{"count", static_cast<std::int64_t>(peers.size() - kNamedPeers)}}});
    }
    return names;
}

const OwnChannel& leading_channel(const ChannelList& channels) {
    const domain::NodeId peer = largest_peers(channels).front().peer;
    const auto leads = [&](const OwnChannel* a, const OwnChannel* b) {
        const bool a_is_peers = a->peer == peer;
        const bool b_is_peers = b->peer == peer;
        return a_is_peers != b_is_peers ? b_is_peers : a->capacity_sats() < b->capacity_sats();
    };
    return **std::max_element(channels.begin(), channels.end(), leads);
}

std::optional<Sat> total_capacity(const ChannelList& channels) {
    const bool all_known = std::all_of(channels.begin(), channels.end(), [](const OwnChannel* channel) {
        return channel->channel->capacity.has_value();
    });
    return all_known ? std::optional(known_capacity(channels)) : std::nullopt;
}

MessageValue total_capacity_words(const ChannelList& channels) {
    if (const std::optional<Sat> total = total_capacity(channels)) {
        return *total;
    }
    const Sat known = known_capacity(channels);
    return known == Sat{0} ? std::vector<Message>{{"wording.unknown_amount", {}}}
                           : std::vector<Message>{{"wording.at_least", {{"amount", known}}}};
}

} // namespace mcp::analysis
