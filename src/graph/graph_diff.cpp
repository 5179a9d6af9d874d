#include "graph/graph_diff.hpp"

#include "graph/market.hpp"

#include <algorithm>

namespace mcp::graph {
namespace {

using domain::Channel;
using domain::ChannelIx;
using domain::Network;
using domain::Policy;
using domain::PubKey;
using domain::Side;

std::optional<Error> reason_not_to_compare(const Network& older, const Network& newer) {
    if (older.positional_ids || newer.positional_ids) {
        return Error{.kind = ErrorKind::invalid_input, .what = {"error.diff_without_ids", {}}};
    }
    if (!older.is_told_like(newer)) {
        return Error{.kind = ErrorKind::invalid_input, .what = {"error.diff_other_source", {}}};
    }
    if (older.as_of && newer.as_of && *older.as_of > *newer.as_of) {
        return Error{.kind = ErrorKind::invalid_input,
                     .what = {"error.diff_wrong_order", {{"older", *older.as_of}, {"newer", *newer.as_of}}}};
    }
    return std::nullopt;
}

std::vector<ChannelIx> all_by_id(const Network& network) {
    std::vector<ChannelIx> order(network.channels.size());
    for (ChannelIx ix = 0; ix < order.size(); ++ix) {
        order[ix] = ix;
    }
    std::sort(order.begin(), order.end(),
              [&](ChannelIx a, ChannelIx b) { return network.channels[a].id < network.channels[b].id; });
    return order;
}

/// Walks two lists of channels in order of id side by side; calls seen(in older or nothing, in newer or nothing).
template <typename Seen>
void walk(const Network& older, std::span<const ChannelIx> old_list, const Network& newer,
          std::span<const ChannelIx> new_list, Seen seen) {
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < old_list.size() || j < new_list.size()) {
        const bool old_left = i < old_list.size();
        const bool new_left = j < new_list.size();
        const auto id_of_old = old_left ? older.channels[old_list[i]].id : domain::ShortChannelId{};
        const auto id_of_new = new_left ? newer.channels[new_list[j]].id : domain::ShortChannelId{};
        if (old_left && new_left && id_of_old == id_of_new) {
            seen(std::optional(old_list[i++]), std::optional(new_list[j++]));
        } else if (!new_left || (old_left && id_of_old < id_of_new)) {
            seen(std::optional(old_list[i++]), std::optional<ChannelIx>());
        } else {
            seen(std::optional<ChannelIx>(), std::optional(new_list[j++]));
        }
    }
}

bool differ_in_fee(const Policy& a, const Policy& b) {
    return a.base_fee != b.base_fee || a.fee_rate != b.fee_rate || a.inbound_fee_rate != b.inbound_fee_rate;
}

/// @return nothing when the direction is announced as before, or in neither graph
std::optional<DirectionChange> direction_change(ChannelIx older, const Channel& before, ChannelIx newer,
                                                const Channel& after, Side side) {
    const std::optional<Policy>& was = before.policy_of(side);
    const std::optional<Policy>& is = after.policy_of(side);
    DirectionChange change{.older = older, .newer = newer, .side = side};
    if (was && is) {
        change.updated = was->updated != is->updated;
        change.fee_changed = differ_in_fee(*was, *is);
        change.repriced = change.fee_changed || was->inbound_base_fee != is->inbound_base_fee;
        change.flipped = was->disabled != is->disabled;
    } else if (was || is) {
        change.updated = change.fee_changed = change.repriced = change.flipped = true;
    }
    const bool any = change.updated || change.repriced || change.flipped;
    return any ? std::optional(change) : std::nullopt;
}

/// Everything that `node`'s channels went through, told in the order in which they are met.
class NodeHistory {
public:
    NodeHistory(const Network& older, const Network& newer, const PubKey& node)
        : older_(older), newer_(newer), node_(node) {}

    void add_opened(ChannelIx newer) { changes_.push_back(change(NodeChangeKind::opened, std::nullopt, newer)); }

    void add_closed(ChannelIx older) { changes_.push_back(change(NodeChangeKind::closed, older, std::nullopt)); }

    void add_kept(ChannelIx older, ChannelIx newer) {
        const Channel& before = older_.channels[older];
        const Channel& after = newer_.channels[newer];
        for (const Side side : {Side::node1, Side::node2}) {
            if (const auto direction = direction_change(older, before, newer, after, side)) {
                add_direction(*direction, before.policy_of(side), after.policy_of(side));
            }
        }
        if (is_silent(after, newer_.as_of) == true && is_silent(before, older_.as_of) != true) {
            changes_.push_back(change(NodeChangeKind::silent, older, newer));
            changes_.back().at = after.updated;
        }
    }

    [[nodiscard]] std::vector<NodeChange> largest_first() && {
        std::stable_sort(changes_.begin(), changes_.end(), [](const NodeChange& a, const NodeChange& b) {
            return a.capacity.value_or(Sat{0}) > b.capacity.value_or(Sat{0});
        });
        return std::move(changes_);
    }

private:
    NodeChange change(NodeChangeKind kind, std::optional<ChannelIx> older, std::optional<ChannelIx> newer) const {
        const Network& network = newer ? newer_ : older_;
        const Channel& channel = network.channels[newer ? *newer : *older];
        const bool is_node1 = network.nodes[channel.node[0]].key == node_;
        return NodeChange{.kind = kind,
                          .older = older,
                          .newer = newer,
                          .peer = network.nodes[channel.node[is_node1 ? 1 : 0]].key,
                          .by = std::nullopt,
                          .before = std::nullopt,
                          .after = std::nullopt,
                          .at = std::nullopt,
                          .capacity = channel.capacity};
    }

    void add_direction(const DirectionChange& direction, const std::optional<Policy>& before,
                       const std::optional<Policy>& after) {
        NodeChange told = change(NodeChangeKind::repriced, direction.older, direction.newer);
        told.by = newer_.nodes[newer_.channels[direction.newer].end(direction.side)].key;
        told.before = before;
        told.after = after;
        told.at = after ? after->updated : std::nullopt;
        if (direction.repriced) {
            changes_.push_back(told);
        }
        if (direction.flipped && before && after) {
            told.kind = after->disabled ? NodeChangeKind::disabled : NodeChangeKind::enabled;
            changes_.push_back(told);
        }
    }

    const Network& older_;
    const Network& newer_;
    PubKey node_;
    std::vector<NodeChange> changes_;
};

template <typename Predicate>
std::uint64_t count_of(const std::vector<DirectionChange>& directions, Predicate predicate) {
    return static_cast<std::uint64_t>(std::count_if(directions.begin(), directions.end(), predicate));
}

std::span<const ChannelIx> channels_of(const Network& network, const PubKey& node) {
    const std::optional<domain::NodeId> id = network.find(node);
    return id ? network.channels_of(*id) : std::span<const ChannelIx>();
}

} // namespace

std::optional<std::uint64_t> GraphDiff::updates() const {
    if (!dates_updates) {
        return std::nullopt;
    }
    return count_of(directions, [](const DirectionChange& change) { return change.updated; });
}

std::uint64_t GraphDiff::fee_changes() const {
    return count_of(directions, [](const DirectionChange& change) { return change.fee_changed; });
}

std::uint64_t GraphDiff::disable_flips() const {
    return count_of(directions, [](const DirectionChange& change) { return change.flipped; });
}

Result<GraphDiff> graph_diff(const Network& older, const Network& newer) {
    if (std::optional<Error> reason = reason_not_to_compare(older, newer)) {
        return fail(*std::move(reason));
    }
    GraphDiff diff;
    diff.dates_updates = older.tells.update_dates && newer.tells.update_dates;
    walk(older, all_by_id(older), newer, all_by_id(newer),
         [&](std::optional<ChannelIx> before, std::optional<ChannelIx> after) {
             if (!before) {
                 diff.opened.push_back(*after);
             } else if (!after) {
                 diff.gone.push_back(*before);
             } else {
                 for (const Side side : {Side::node1, Side::node2}) {
                     if (const auto change =
                             direction_change(*before, older.channels[*before], *after, newer.channels[*after], side)) {
                         diff.directions.push_back(*change);
                     }
                 }
             }
         });
    return diff;
}

Result<std::vector<NodeChange>> node_changes(const Network& older, const Network& newer, const PubKey& node) {
    if (std::optional<Error> reason = reason_not_to_compare(older, newer)) {
        return fail(*std::move(reason));
    }
    NodeHistory history(older, newer, node);
    walk(older, channels_of(older, node), newer, channels_of(newer, node),
         [&](std::optional<ChannelIx> before, std::optional<ChannelIx> after) {
             if (!before) {
                 history.add_opened(*after);
             } else if (!after) {
                 history.add_closed(*before);
             } else {
                 history.add_kept(*before, *after);
             }
         });
    return std::move(history).largest_first();
}

} // namespace mcp::graph
