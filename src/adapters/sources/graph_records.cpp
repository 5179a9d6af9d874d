#include "adapters/sources/graph_records.hpp"

#include <algorithm>
#include <unordered_map>

namespace mcp::adapters {
namespace {

using domain::Channel;
using domain::Network;
using domain::Node;
using domain::NodeId;
using domain::Policy;
using domain::PubKey;
using NodeIds = std::unordered_map<PubKey, NodeId, domain::PubKeyHash>;

/// Lists each node once; the newer record of a repeated one takes the place of the first.
NodeIds list_nodes(Network& network, std::vector<Node> nodes) {
    NodeIds ids;
    ids.reserve(nodes.size());
    network.nodes.reserve(nodes.size());
    for (Node& node : nodes) {
        const auto [found, is_new] = ids.emplace(node.key, static_cast<NodeId>(network.nodes.size()));
        if (is_new) {
            network.nodes.push_back(std::move(node));
            continue;
        }
        ++network.notes.repeated_nodes;
        Node& first = network.nodes[found->second];
        if (first.updated < node.updated) { // absent is before every date
            first = std::move(node);
        }
    }
    return ids;
}

void join_ends(Network& network, std::vector<ChannelRecord>& records, NodeIds& ids) {
    for (ChannelRecord& record : records) {
        for (const int end : {0, 1}) {
            const auto [found, is_new] = ids.emplace(record.key[end], static_cast<NodeId>(network.nodes.size()));
            if (is_new) {
                network.nodes.push_back({.key = record.key[end], .alias = {}, .updated = {}, .listed = false});
                ++network.notes.unlisted_nodes;
            }
            record.channel.node[end] = found->second;
        }
    }
}

std::vector<Time> all_updates(const std::vector<ChannelRecord>& records) {
    std::vector<Time> updates;
    updates.reserve(3 * records.size());
    const auto add = [&](const std::optional<Time>& update) {
        if (update) {
            updates.push_back(*update);
        }
    };
    for (const ChannelRecord& record : records) {
        add(record.channel.updated);
        for (const std::optional<Policy>& policy : record.channel.policy) {
            add(policy ? policy->updated : std::nullopt);
        }
    }
    return updates;
}

/// Forgets dates that cannot be, and lets the channel's own be the newest of what remains.
void settle_dates(Channel& channel, Time latest, domain::ReadNotes& notes) {
    const auto forget_if_impossible = [&](std::optional<Time>& update) {
        if (update && *update > latest) {
            update = std::nullopt;
            return true;
        }
        return false;
    };
    bool is_from_future = forget_if_impossible(channel.updated);
    for (std::optional<Policy>& policy : channel.policy) {
        if (policy) {
            is_from_future = forget_if_impossible(policy->updated) || is_from_future;
            channel.updated = std::max(channel.updated, policy->updated);
        }
    }
    notes.future_updates += is_from_future ? 1 : 0;
}

void date(Network& network, std::vector<ChannelRecord>& records) {
    const std::optional<Time> latest = latest_honest_date(all_updates(records));
    if (!latest) {
        return;
    }
    for (ChannelRecord& record : records) {
        settle_dates(record.channel, *latest, network.notes);
        network.as_of = std::max(network.as_of, record.channel.updated);
    }
}

/// Keeps the newer one of channels with the same id, in the place of the first.
void keep_each_channel_once(Network& network, std::vector<ChannelRecord>& records) {
    std::unordered_map<std::uint64_t, std::size_t> place_of_id;
    place_of_id.reserve(records.size());
    network.channels.reserve(records.size());
    for (ChannelRecord& record : records) {
        const auto [found, is_new] = place_of_id.emplace(record.channel.id.value, network.channels.size());
        if (is_new) {
            network.channels.push_back(std::move(record.channel));
            continue;
        }
        ++network.notes.repeated_channels;
        Channel& first = network.channels[found->second];
        if (first.updated < record.channel.updated) {
            first = std::move(record.channel);
        }
    }
}

} // namespace

std::optional<Time> latest_honest_date(std::vector<Time> updates) {
    constexpr std::size_t kFewUpdates = 1000;
    constexpr std::chrono::days kAllowed{2};
    constexpr std::chrono::days kAllowedOfFew{14};
    if (updates.empty()) {
        return std::nullopt;
    }
    const std::size_t rank = (updates.size() - 1) * 999 / 1000;
    std::nth_element(updates.begin(), updates.begin() + static_cast<std::ptrdiff_t>(rank), updates.end());
    return updates[rank] + (updates.size() < kFewUpdates ? kAllowedOfFew : kAllowed);
}

Network make_network(std::vector<Node> nodes, std::vector<ChannelRecord> records, domain::ReadNotes notes) {
    Network network;
    network.notes = std::move(notes);
    NodeIds ids = list_nodes(network, std::move(nodes));
    join_ends(network, records, ids);
    date(network, records);
    keep_each_channel_once(network, records);
    network.index();
    return network;
}

} // namespace mcp::adapters
