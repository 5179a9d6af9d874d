#include "analysis/alerts/all.hpp"
#include "analysis/own/risks.hpp"
#include "analysis/wording.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

constexpr std::size_t kNamedPeers = 3;

std::vector<Message> name_flapping(const NodeView& view, const std::vector<FlappingPeer>& peers) {
    std::vector<Message> names;
    for (std::size_t i = 0; i < std::min(kNamedPeers, peers.size()); ++i) {
        names.push_back(
            {"alert.peer_flapping.peer",
             {{"peer", display_name(view, peers[i].key)}, {"flaps", peers[i].flaps}, {"capacity", peers[i].capacity}}});
    }
    if (peers.size() > kNamedPeers) {
        names.push_back({"wording.more", {{"count", static_cast<std::int64_t>(peers.size() - kNamedPeers)}}});
    }
    return names;
}

} // namespace

// A connection that breaks several times a day fails the payments on it and keeps the channel disabled for minutes.
std::optional<Finding> peer_flapping(const RuleInput& in) {
    const OwnDay* own = in.today.own();
    const std::vector<FlappingPeer> peers = own != nullptr ? flapping_peers(*own) : std::vector<FlappingPeer>{};
    if (peers.empty()) {
        return std::nullopt;
    }
    Sat all;
    Sat flapping;
    for (const domain::NodeChannel& channel : own->node().channels) {
        all += channel.capacity;
    }
    for (const FlappingPeer& peer : peers) {
        flapping += peer.capacity;
    }
    const bool is_much =
        static_cast<double>(flapping.value) >= in.thresholds.inactive_share * static_cast<double>(all.value);
    return Finding{.severity = is_much ? domain::Severity::warning : domain::Severity::info,
                   .title = {"alert.peer_flapping.title", {{"count", static_cast<std::int64_t>(peers.size())}}},
                   .description = {"alert.peer_flapping.description", {{"peers", name_flapping(in.today.view, peers)}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
