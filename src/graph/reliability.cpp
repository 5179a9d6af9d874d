#include "graph/reliability.hpp"

#include "graph/market.hpp"

#include <algorithm>
#include <map>

namespace mcp::graph {
namespace {

using domain::Channel;
using domain::ChannelIx;
using domain::Network;
using domain::NodeId;

} // namespace

Connectivity::Connectivity(CsrGraph hops)
    : hops_(std::move(hops)), entered_(hops_.vertices(), 0), low_(hops_.vertices(), 0), tree_size_(hops_.vertices(), 1),
      parent_(hops_.vertices()), split_children_(hops_.vertices()), part_(hops_.vertices(), 0) {
    for (Vertex root = 0; root < hops_.vertices(); ++root) {
        if (entered_[root] == 0) {
            explore(root);
            const std::uint32_t size = size_of_part_.back();
            second_part_size_ = std::max(second_part_size_, std::min(size, main_part_size_));
            main_part_size_ = std::max(main_part_size_, size);
        }
    }
}

void Connectivity::explore(Vertex root) {
    struct Step {
        Vertex vertex;
        std::size_t next_target;
    };
    std::uint32_t clock = 0;
    const auto part = static_cast<std::uint32_t>(size_of_part_.size());
    std::vector<Step> path;
    const auto enter = [&](Vertex vertex, Vertex parent) {
        entered_[vertex] = low_[vertex] = ++clock;
        parent_[vertex] = parent;
        part_[vertex] = part;
        path.push_back({vertex, 0});
    };
    enter(root, root);
    while (!path.empty()) {
        const Vertex vertex = path.back().vertex;
        const std::span<const Vertex> targets = hops_.targets(vertex);
        if (path.back().next_target == targets.size()) {
            path.pop_back();
            leave(vertex);
            continue;
        }
        const Vertex target = targets[path.back().next_target++];
        if (entered_[target] == 0) {
            enter(target, vertex);
        } else {
            low_[vertex] = std::min(low_[vertex], entered_[target]); // the arc back to the parent does no harm here
        }
    }
    size_of_part_.push_back(clock);
    if (split_children_[root].size() == 1) {
        split_children_[root].clear(); // a root with one subtree splits nothing
    }
}

void Connectivity::leave(Vertex vertex) {
    const Vertex parent = parent_[vertex];
    if (parent == vertex) {
        return;
    }
    tree_size_[parent] += tree_size_[vertex];
    low_[parent] = std::min(low_[parent], low_[vertex]);
    if (low_[vertex] >= entered_[parent]) {
        split_children_[parent].push_back(vertex);
    }
}

bool Connectivity::in_main_part(Vertex node) const {
    return size_of_part_[part_[node]] == main_part_size_;
}

std::vector<Vertex> Connectivity::cutting_peers(Vertex node) const {
    std::vector<Vertex> cutting;
    if (!in_main_part(node)) {
        return cutting;
    }
    for (const Vertex peer : hops_.targets(node)) {
        if (piece_of(node, peer) < largest_piece_without(peer)) {
            cutting.push_back(peer);
        }
    }
    return cutting;
}

std::uint32_t Connectivity::rest_without(Vertex peer) const {
    std::uint32_t rest = size_of_part_[part_[peer]] - 1;
    for (const Vertex child : split_children_[peer]) {
        rest -= tree_size_[child];
    }
    return rest;
}

std::uint32_t Connectivity::piece_of(Vertex node, Vertex peer) const {
    // Subtrees are met one after the other, so the last one that was entered not after `node` is the only candidate.
    const std::vector<Vertex>& pieces = split_children_[peer];
    const auto later = std::partition_point(pieces.begin(), pieces.end(),
                                            [&](Vertex child) { return entered_[child] <= entered_[node]; });
    if (later != pieces.begin()) {
        const Vertex child = *(later - 1);
        if (entered_[node] < entered_[child] + tree_size_[child]) {
            return tree_size_[child];
        }
    }
    return rest_without(peer);
}

std::uint32_t Connectivity::largest_piece_without(Vertex peer) const {
    std::uint32_t largest = rest_without(peer);
    for (const Vertex child : split_children_[peer]) {
        largest = std::max(largest, tree_size_[child]);
    }
    const bool another_part_is_as_large = !in_main_part(peer) || second_part_size_ == main_part_size_;
    return std::max(largest, another_part_is_as_large ? main_part_size_ : second_part_size_);
}

std::vector<PeerShare> capacity_by_peer(const Network& network, NodeId node) {
    std::map<NodeId, Sat> held;
    Sat total;
    for (const ChannelIx ix : network.channels_of(node)) {
        const Channel& channel = network.channels[ix];
        if (channel.capacity) {
            held[channel.peer_of(node)] += *channel.capacity;
            total += *channel.capacity;
        }
    }
    std::vector<PeerShare> shares;
    for (const auto& [peer, capacity] : held) {
        shares.push_back({peer, capacity, static_cast<double>(capacity.value) / static_cast<double>(total.value)});
    }
    std::stable_sort(shares.begin(), shares.end(),
                     [](const PeerShare& a, const PeerShare& b) { return a.capacity > b.capacity; });
    return shares;
}

std::optional<double> concentration(const std::vector<PeerShare>& shares) {
    if (shares.empty()) {
        return std::nullopt;
    }
    double sum = 0;
    for (const PeerShare& peer : shares) {
        sum += peer.share * peer.share;
    }
    return sum;
}

std::optional<SilentCapital> silent_capital(const Network& network, NodeId node) {
    if (!network.dates_updates()) {
        return std::nullopt;
    }
    SilentCapital silent;
    for (const ChannelIx ix : network.channels_of(node)) {
        if (is_silent(network.channels[ix], network.as_of).value_or(false)) {
            silent.channels.push_back(ix);
            silent.capacity += network.channels[ix].capacity.value_or(Sat{0});
        }
    }
    const auto capacity = [&](ChannelIx ix) { return network.channels[ix].capacity.value_or(Sat{0}); };
    std::stable_sort(silent.channels.begin(), silent.channels.end(),
                     [&](ChannelIx a, ChannelIx b) { return capacity(a) > capacity(b); });
    return silent;
}

} // namespace mcp::graph
