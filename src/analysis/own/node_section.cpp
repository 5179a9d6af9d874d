#include "analysis/own/node_section.hpp"

#include "analysis/absences.hpp"
#include "analysis/own/figures.hpp"
#include "analysis/wording.hpp"

#include <algorithm>
#include <set>
#include <tuple>

namespace mcp::analysis {
namespace {

using domain::Figure;
using domain::NodePart;
using domain::ReportNodeChannel;

std::string alias_of(const NodeView& view, const domain::PubKey& key) {
    const std::optional<domain::NodeId> peer = view.day().network.find(key);
    return peer ? view.peer(*peer).alias : "";
}

Figure<double> peer_uptime(const domain::NodeChannel& channel) {
    if (!channel.watched || !channel.online || channel.watched->count() == 0 || *channel.online > *channel.watched) {
        return node_tells_not();
    }
    return static_cast<double>(channel.online->count()) / static_cast<double>(channel.watched->count());
}

std::vector<domain::ReportHtlc> htlcs_of(const OwnDay& own, const domain::NodeChannel& channel) {
    std::vector<domain::ReportHtlc> rows;
    for (const domain::PendingHtlc& htlc : channel.htlcs) {
        rows.push_back({.incoming = htlc.incoming,
                        .amount = htlc.amount,
                        .blocks_left = std::int64_t{htlc.expires_at_block} - own.height()});
    }
    return rows;
}

ReportNodeChannel row_of(const NodeView& view, const OwnDay& own, const domain::NodeChannel& channel) {
    const domain::Absence untold = own.week() ? node_tells_not() : own.why_no_flow();
    ReportNodeChannel row{.channel_id = channel.id.text(),
                          .peer = channel.peer,
                          .peer_alias = alias_of(view, channel.peer),
                          .is_announced = channel.is_public,
                          .is_active = channel.is_active,
                          .capacity = channel.capacity,
                          .local = channel.local,
                          .remote = channel.remote,
                          .can_send = channel.can_send,
                          .can_receive = channel.can_receive,
                          .htlcs = htlcs_of(own, channel),
                          .peer_uptime = peer_uptime(channel),
                          .forwards_in_7d = untold,
                          .forwards_out_7d = untold,
                          .fees_7d = untold,
                          .fees_out_7d = untold};
    if (own.week()) {
        const auto found = own.week()->channels.find(channel.id);
        const ChannelFlow flow = found == own.week()->channels.end() ? ChannelFlow{} : found->second;
        row.forwards_in_7d = flow.forwards_in;
        row.forwards_out_7d = flow.forwards_out;
        row.fees_7d = flow.fees_half;
        row.fees_out_7d = flow.fees_out;
    }
    return row;
}

Figure<std::vector<ReportNodeChannel>> channels_of(const NodeView& view, const OwnDay& own) {
    if (!own.tells_channels()) {
        return own.why_without(NodePart::channels);
    }
    std::vector<ReportNodeChannel> rows;
    std::set<domain::ShortChannelId> counted;
    for (const domain::NodeChannel& channel : own.node().channels) {
        if (counted.insert(channel.id).second) { // told twice, its forwards would count twice
            rows.push_back(row_of(view, own, channel));
        }
    }
    std::stable_sort(rows.begin(), rows.end(), [](const ReportNodeChannel& a, const ReportNodeChannel& b) {
        return std::tuple(b.capacity, a.channel_id) < std::tuple(a.capacity, b.channel_id);
    });
    return rows;
}

/// What the week's forwards brought over channels that are open no longer.
Figure<Msat> fees_of_gone_channels(const OwnDay& own) {
    if (!own.tells_channels() || !own.week()) {
        return own.week() ? own.why_without(NodePart::channels) : own.why_no_flow();
    }
    std::set<domain::ShortChannelId> open;
    for (const domain::NodeChannel& channel : own.node().channels) {
        open.insert(channel.id);
    }
    Msat gone;
    for (const auto& [id, flow] : own.week()->channels) {
        gone += open.contains(id) ? Msat{0} : flow.fees_half;
    }
    return gone;
}

Figure<std::vector<domain::ReportPending>> pending_of(const NodeView& view, const OwnDay& own) {
    if (!own.node().pending) {
        return own.why_without(NodePart::pending);
    }
    std::vector<domain::ReportPending> rows;
    for (const domain::PendingChannel& channel : *own.node().pending) {
        const bool waits = channel.kind == domain::PendingKind::force_closing;
        const auto left =
            channel.blocks_left && waits ? std::optional<std::int64_t>(*channel.blocks_left) : std::nullopt;
        rows.push_back({.kind = channel.kind,
                        .funding_outpoint = channel.funding_outpoint,
                        .peer = channel.peer,
                        .peer_alias = alias_of(view, channel.peer),
                        .capacity = channel.capacity,
                        .ours = channel.ours,
                        .blocks_left = domain::figure_or(left, waits ? node_tells_not() : waits_for_no_block()),
                        .closing_txid = channel.closing_txid});
    }
    return rows;
}

Figure<domain::ReportWallet> wallet_of(const OwnDay& own) {
    const auto& wallet = own.node().wallet;
    if (!wallet) {
        return own.why_without(NodePart::wallet);
    }
    return domain::ReportWallet{.confirmed = wallet->confirmed,
                                .unconfirmed = wallet->unconfirmed,
                                .anchor_reserve = domain::figure_or(wallet->anchor_reserve, node_tells_not())};
}

Figure<int> peers_connected(const OwnDay& own) {
    const auto& peers = own.node().peers;
    if (!peers) {
        return own.why_without(NodePart::peers);
    }
    return static_cast<int>(std::count_if(peers->begin(), peers->end(), [](const auto& p) { return p.is_connected; }));
}

Figure<Msat> chain_fees(const OwnDay& own, std::span<const domain::NodeDayFlow* const> days) {
    Msat fees;
    for (const domain::NodeDayFlow* day : days) {
        if (day == nullptr || !day->chain) {
            return own.why_without(NodePart::chain_costs);
        }
        fees += day->chain->fees;
    }
    return days.empty() ? Figure<Msat>(own.why_no_flow()) : Figure<Msat>(fees);
}

std::vector<domain::ReportGap> gaps_of(const OwnDay& own) {
    std::vector<domain::ReportGap> gaps;
    for (const domain::NodeGap& gap : own.node().gaps) {
        gaps.push_back({.part = gap.part, .why = gap.why.what});
    }
    return gaps;
}

Figure<double> share(const OwnDay& own, bool (*can)(const OwnDay&, const OwnPeer&)) {
    if (!own.tells_the_moment()) {
        return own.why_no_moment();
    }
    return domain::figure_or(peer_share(own, [&](const OwnPeer& peer) { return can(own, peer); }),
                             node_has_no_channel());
}

domain::ReportNode section(const NodeDay& day, const OwnDay& own) {
    const domain::OwnNode& node = own.node();
    const OwnBalances balances = own_balances(day);
    const domain::NodeDayFlow* const last_day = own.last_day();
    const std::vector<const domain::NodeDayFlow*> no_days;
    return {.kind = node.kind,
            .alias = node.alias,
            .version = node.version,
            .read_at = node.read_at,
            .block_height = node.block_height,
            .doubts = node.doubts,
            .gaps = gaps_of(own),
            .local = balances.local,
            .remote = balances.remote,
            .unsettled_local = balances.unsettled_local,
            .unsettled_remote = balances.unsettled_remote,
            .usual_forward = own.usual_forward(),
            .usual_forward_is_own = own.usual_forward_is_own(),
            .send_share = share(own, can_send_usual),
            .receive_share = share(own, can_receive_usual),
            .channels = channels_of(day.view, own),
            .fees_gone_channels_7d = fees_of_gone_channels(own),
            .pending = pending_of(day.view, own),
            .wallet = wallet_of(own),
            .peers_connected = peers_connected(own),
            .chain_fees_24h = last_day == nullptr ? Figure<Msat>(own.why_no_flow()) : chain_fees(own, {&last_day, 1}),
            .chain_fees_7d = chain_fees(own, own.week() ? own.week()->days : no_days),
            .credential_expires = domain::figure_or(node.credential_expires, does_not_expire())};
}

} // namespace

Figure<domain::ReportNode> node_section(const NodeDay& day) {
    if (day.own() == nullptr) {
        return day.why_no_own;
    }
    return section(day, *day.own());
}

} // namespace mcp::analysis
