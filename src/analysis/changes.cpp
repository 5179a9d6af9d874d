#include "analysis/changes.hpp"

#include "analysis/absences.hpp"
#include "analysis/wording.hpp"
#include "graph/graph_diff.hpp"

namespace mcp::analysis {
namespace {

using domain::ChangeKind;
using domain::ChangeState;
using domain::Policy;
using domain::ReportChange;
using graph::NodeChange;
using graph::NodeChangeKind;

domain::ChannelFee fee_of(const Policy& policy, bool tells_inbound) {
    domain::ChannelFee fee{.base = policy.base_fee, .rate = policy.fee_rate, .inbound_base = {}, .inbound_rate = {}};
    if (tells_inbound) {
        fee.inbound_base = policy.inbound_base_fee;
        fee.inbound_rate = policy.inbound_fee_rate;
    }
    return fee;
}

ChangeKind kind_of(NodeChangeKind kind) {
    switch (kind) {
    case NodeChangeKind::opened:
        return ChangeKind::opened;
    case NodeChangeKind::closed:
        return ChangeKind::closed;
    case NodeChangeKind::repriced:
        return ChangeKind::repriced;
    case NodeChangeKind::disabled:
        return ChangeKind::disabled;
    case NodeChangeKind::enabled:
        return ChangeKind::enabled;
    case NodeChangeKind::silent:
        return ChangeKind::silent;
    }
    return ChangeKind::silent;
}

/// What the change says of one of its two days; nothing when that day says nothing.
std::optional<ChangeState> state_of(const NodeChange& change, const std::optional<Policy>& policy, bool has_channel,
                                    bool tells_inbound) {
    switch (change.kind) {
    case NodeChangeKind::opened:
    case NodeChangeKind::closed:
        return has_channel ? std::optional(ChangeState{.capacity = change.capacity, .fee = {}, .disabled = {}})
                           : std::nullopt;
    case NodeChangeKind::repriced:
        return policy
                   ? std::optional(ChangeState{.capacity = {}, .fee = fee_of(*policy, tells_inbound), .disabled = {}})
                   : std::nullopt;
    case NodeChangeKind::disabled:
    case NodeChangeKind::enabled:
        return policy ? std::optional(ChangeState{.capacity = {}, .fee = {}, .disabled = policy->disabled})
                      : std::nullopt;
    case NodeChangeKind::silent:
        return std::nullopt;
    }
    return std::nullopt;
}

/// "100 ppm + 1,000 msat", with the inbound fee where there is one; "no policy" for none.
Message price_words(const std::optional<Policy>& policy) {
    if (!policy) {
        return {"change.no_policy", {}};
    }
    std::vector<MessageArg> args{{"rate", policy->fee_rate}, {"base", policy->base_fee}};
    if (policy->inbound_fee_rate == Ppm{0} && policy->inbound_base_fee == Msat{0}) {
        return {"change.price", std::move(args)};
    }
    args.push_back({"inbound_rate", policy->inbound_fee_rate});
    args.push_back({"inbound_base", policy->inbound_base_fee});
    return {"change.price_inbound", std::move(args)};
}

Message text_of(const NodeChange& change, const std::string& peer, bool by_peer) {
    const auto with_capacity = [&](std::string_view key) {
        return Message{key, {{"peer", peer}, {"capacity", capacity_words(change.capacity)}}};
    };
    switch (change.kind) {
    case NodeChangeKind::opened:
        return with_capacity("change.opened");
    case NodeChangeKind::closed:
        return with_capacity("change.closed");
    case NodeChangeKind::silent:
        return with_capacity("change.silent");
    case NodeChangeKind::disabled:
        return {by_peer ? "change.disabled_by_peer" : "change.disabled_by_us", {{"peer", peer}}};
    case NodeChangeKind::enabled:
        return {by_peer ? "change.enabled_by_peer" : "change.enabled_by_us", {{"peer", peer}}};
    case NodeChangeKind::repriced:
        return {by_peer ? "change.repriced_by_peer" : "change.repriced_by_us",
                {{"peer", peer},
                 {"before", std::vector<Message>{price_words(change.before)}},
                 {"after", std::vector<Message>{price_words(change.after)}}}};
    }
    return {};
}

ReportChange describe(const NodeChange& change, const domain::Network& older, const domain::Network& newer) {
    const domain::Network& network = change.newer ? newer : older;
    const domain::Channel& channel = network.channels[change.newer ? *change.newer : *change.older];
    const domain::Node& peer = network.nodes[*network.find(change.peer)];
    const bool by_peer = change.by == change.peer;
    return {.kind = kind_of(change.kind),
            .channel_id = channel.id.text(),
            .peer = change.peer,
            .peer_alias = peer.alias,
            .by_peer = by_peer,
            .before = state_of(change, change.before, change.older.has_value(), older.tells.inbound_fees),
            .after = state_of(change, change.after, change.newer.has_value(), newer.tells.inbound_fees),
            .at = change.at,
            .text = text_of(change, display_name(peer), by_peer)};
}

} // namespace

domain::Figure<std::vector<ReportChange>> changes_since_yesterday(const Days& days) {
    const NodeView& today = days.today().view;
    const domain::Network& newer = today.day().network;
    if (newer.positional_ids) {
        return positional_ids();
    }
    if (days.yesterday() == nullptr) {
        return days.why_no_yesterday();
    }
    const domain::Network& older = days.yesterday()->view.day().network;
    const Result<std::vector<NodeChange>> changes = graph::node_changes(older, newer, newer.nodes[today.node()].key);
    if (!changes) {
        return domain::Absence{changes.error().what, domain::source::kHistory};
    }
    std::vector<ReportChange> list;
    for (const NodeChange& change : *changes) {
        list.push_back(describe(change, older, newer));
    }
    return list;
}

} // namespace mcp::analysis
