#include "adapters/nodes/lnd_told.hpp"
#include "adapters/nodes/lnd_values.hpp"
#include "adapters/sources/told_values.hpp"

#include <algorithm>
#include <limits>
#include <set>

namespace mcp::adapters::lnd {
namespace {

using domain::CloseKind;
using domain::NodeChannel;
using domain::NodeClosing;
using domain::PendingChannel;
using domain::PendingKind;
using json::Cursor;

constexpr std::size_t kAliasesMax = 1000;
constexpr std::size_t kClosedMax = 200'000;
constexpr std::int64_t kHtlcWeight = 172;          // BOLT 3: what one more payment adds to a commitment
constexpr std::int64_t kFeePerKwMax = 100'000'000; // 400,000 sat/vB
constexpr std::int64_t kSecondsMax = domain::kNodeWatchedMax.count();
constexpr Sat kAnchors{660}; // what limbo may hold beyond the capacity, as LND counts

constexpr std::array kCloseKinds = {
    std::pair<std::string_view, CloseKind>{"COOPERATIVE_CLOSE", CloseKind::cooperative},
    std::pair<std::string_view, CloseKind>{"LOCAL_FORCE_CLOSE", CloseKind::force_by_us},
    std::pair<std::string_view, CloseKind>{"REMOTE_FORCE_CLOSE", CloseKind::force_by_peer},
    std::pair<std::string_view, CloseKind>{"BREACH_CLOSE", CloseKind::breach},
    std::pair<std::string_view, CloseKind>{"FUNDING_CANCELED", CloseKind::other},
    std::pair<std::string_view, CloseKind>{"ABANDONED", CloseKind::other},
};

enum class Initiator { nobody_knows, us, peer };

constexpr std::array kInitiators = {
    std::pair<std::string_view, Initiator>{"INITIATOR_UNKNOWN", Initiator::nobody_knows},
    std::pair<std::string_view, Initiator>{"INITIATOR_LOCAL", Initiator::us},
    std::pair<std::string_view, Initiator>{"INITIATOR_REMOTE", Initiator::peer},
    std::pair<std::string_view, Initiator>{"INITIATOR_BOTH", Initiator::nobody_knows},
};

Msat whole_sat(LndValues& values, const Cursor& value) {
    return to_msat(values.required(values.sat(value), value));
}

/// The real id, and the aliases that lead to it. A channel that is used before it is in a block has an alias only.
domain::ShortChannelId id_in(LndValues& values, const Cursor& entry, ChannelNames& names) {
    const std::optional<domain::ShortChannelId> given = values.channel(entry.at("chan_id"));
    const std::optional<domain::ShortChannelId> confirmed = values.channel(entry.at("zero_conf_confirmed_scid"));
    const domain::ShortChannelId id = confirmed ? *confirmed : given.value_or(domain::ShortChannelId{});
    if (given && *given != id) {
        names[*given] = id;
    }
    const Cursor aliases = entry.at("alias_scids"); // since 0.16
    if (!aliases.is_absent()) {
        for (const Cursor& alias : values.items(aliases, kAliasesMax)) {
            const domain::ShortChannelId other = values.required(values.channel(alias), alias);
            if (other != id) {
                names[other] = id;
            }
        }
    }
    return id;
}

std::vector<domain::PendingHtlc> htlcs_in(LndValues& values, const Cursor& list) {
    std::vector<domain::PendingHtlc> htlcs;
    for (const Cursor& entry : values.items(list, domain::kNodeHtlcsMax)) {
        domain::PendingHtlc htlc;
        htlc.incoming = values.required(values.yes_or_no(entry.at("incoming")), entry.at("incoming"));
        htlc.amount = whole_sat(values, entry.at("amount"));
        const Cursor expiry = entry.at("expiration_height");
        constexpr std::int64_t kMost = std::numeric_limits<std::uint32_t>::max();
        htlc.expires_at_block = static_cast<std::uint32_t>(values.required(values.whole(expiry, 0, kMost), expiry));
        htlcs.push_back(htlc);
    }
    return htlcs;
}

/// Both balances are already without commitment fee, anchors and what is under way. Who opened the channel pays for one
/// more payment, too; when that is not told, both might.
void put_usable(NodeChannel& channel, Msat one_more) {
    const auto left = [one_more](Msat balance, Msat reserve, bool pays) {
        return std::max(Msat{0}, balance - reserve - (pays ? one_more : Msat{0}));
    };
    channel.can_send = left(channel.local, channel.local_reserve, channel.opened_by_us.value_or(true));
    channel.can_receive = left(channel.remote, channel.remote_reserve, !channel.opened_by_us.value_or(false));
}

/// LND forgets both when it is restarted.
void put_uptime(LndValues& values, const Cursor& entry, NodeChannel& channel) {
    const std::optional<std::int64_t> lifetime = values.whole(entry.at("lifetime"), 0, kSecondsMax);
    const std::optional<std::int64_t> uptime = values.whole(entry.at("uptime"), 0, kSecondsMax);
    if (!lifetime || !uptime) {
        return;
    }
    if (*uptime > *lifetime + 1) { // it looks at its clock twice, and cuts each to seconds
        values.refuse(entry.at("uptime"));
        return;
    }
    channel.watched = std::chrono::seconds{*lifetime};
    channel.online = std::chrono::seconds{std::min(*uptime, *lifetime)};
}

void check_sum(LndValues& values, const Cursor& entry, const NodeChannel& channel) {
    Msat sum = channel.local; // no overflow: each is all bitcoin at most
    const Msat capacity = to_msat(channel.capacity);
    bool fits = sum <= capacity;
    const auto add = [&](Msat more) {
        fits = fits && more <= capacity - sum;
        sum = fits ? sum + more : sum;
    };
    add(channel.remote);
    for (const domain::PendingHtlc& htlc : channel.htlcs) {
        add(htlc.amount);
    }
    if (!fits) {
        values.refuse({"own_node.channel_too_full", {{"path", entry.path()}}});
    }
}

NodeChannel channel_in(LndValues& values, const Cursor& entry, ChannelNames& names) {
    NodeChannel channel;
    channel.id = id_in(values, entry, names);
    if (channel.id.value == 0) {
        values.refuse(entry.at("chan_id"));
    }
    channel.funding_outpoint = values.required(values.outpoint(entry.at("channel_point")), entry.at("channel_point"));
    channel.peer = values.required(values.key(entry.at("remote_pubkey")), entry.at("remote_pubkey"));
    channel.capacity = values.required(values.sat(entry.at("capacity")), entry.at("capacity"));
    channel.is_public = !values.required(values.yes_or_no(entry.at("private")), entry.at("private"));
    channel.is_active = values.required(values.yes_or_no(entry.at("active")), entry.at("active"));
    channel.opened_by_us = values.yes_or_no(entry.at("initiator"));
    channel.local = whole_sat(values, entry.at("local_balance"));
    channel.remote = whole_sat(values, entry.at("remote_balance"));
    channel.local_reserve = whole_sat(values, entry.at("local_chan_reserve_sat"));
    channel.remote_reserve = whole_sat(values, entry.at("remote_chan_reserve_sat"));
    channel.htlcs = htlcs_in(values, entry.at("pending_htlcs"));
    const Cursor fee_rate = entry.at("fee_per_kw");
    const std::int64_t fee_per_kw = values.required(values.whole(fee_rate, 0, kFeePerKwMax), fee_rate);
    put_usable(channel, Msat{fee_per_kw * kHtlcWeight}); // sat a 1000 weight units = msat a weight unit
    put_uptime(values, entry, channel);
    check_sum(values, entry, channel);
    return channel;
}

PendingChannel pending_in(LndValues& values, const Cursor& entry, PendingKind kind) {
    const Cursor channel = entry.at("channel");
    PendingChannel pending;
    pending.kind = kind;
    pending.funding_outpoint =
        values.required(values.outpoint(channel.at("channel_point")), channel.at("channel_point"));
    pending.peer = values.required(values.key(channel.at("remote_node_pub")), channel.at("remote_node_pub"));
    pending.capacity = values.required(values.sat(channel.at("capacity")), channel.at("capacity"));
    if (kind != PendingKind::opening) {
        pending.closing_txid = values.shown(entry.at("closing_txid")); // while waiting only since 0.16
    }
    return pending;
}

void put_ours(LndValues& values, const Cursor& entry, PendingChannel& pending, Sat ours) {
    if (ours > pending.capacity + kAnchors) {
        values.refuse({"own_node.channel_too_full", {{"path", entry.path()}}});
    }
    pending.ours = ours;
}

PendingChannel balance_kept_in(LndValues& values, const Cursor& entry, PendingKind kind) {
    PendingChannel pending = pending_in(values, entry, kind);
    const Cursor balance = entry.at("channel").at("local_balance");
    put_ours(values, entry, pending, values.required(values.sat(balance), balance));
    return pending;
}

PendingChannel waiting_in(LndValues& values, const Cursor& entry) {
    PendingChannel pending = pending_in(values, entry, PendingKind::closing);
    const Cursor limbo = entry.at("limbo_balance");
    put_ours(values, entry, pending, values.required(values.sat(limbo), limbo));
    return pending;
}

PendingChannel forced_in(LndValues& values, const Cursor& entry) {
    PendingChannel pending = pending_in(values, entry, PendingKind::force_closing);
    const Cursor limbo = entry.at("limbo_balance");
    put_ours(values, entry, pending, values.required(values.sat(limbo), limbo)); // recovered_balance is back already
    if (values.height(entry.at("maturity_height"))) { // 0: nothing of it waits for a height, or none is known yet
        const Cursor blocks = entry.at("blocks_til_maturity");
        constexpr std::int64_t kBlocks = 1 << 24;
        pending.blocks_left =
            static_cast<std::int32_t>(values.required(values.whole(blocks, -kBlocks, kBlocks), blocks));
    }
    return pending;
}

std::optional<bool> closed_by_us(LndValues& values, const Cursor& value) {
    const std::optional<Initiator> told = values.word(value, kInitiators);
    if (!told || *told == Initiator::nobody_knows) {
        return std::nullopt;
    }
    return *told == Initiator::us;
}

/// How a channel ended in a way that a later LND has a word for is not known here; that it ended is.
CloseKind close_kind(std::string_view told) {
    for (const auto& [word, kind] : kCloseKinds) {
        if (word == told) {
            return kind;
        }
    }
    return CloseKind::other;
}

NodeClosing closing_in(LndValues& values, const Cursor& entry, ChannelNames& names) {
    NodeClosing closing;
    closing.id = id_in(values, entry, names);
    closing.funding_outpoint = values.required(values.outpoint(entry.at("channel_point")), entry.at("channel_point"));
    closing.peer = values.key(entry.at("remote_pubkey"));
    closing.capacity = values.required(values.sat(entry.at("capacity")), entry.at("capacity"));
    closing.kind = close_kind(values.required(values.text(entry.at("close_type")), entry.at("close_type")));
    closing.closed_by_us = closed_by_us(values, entry.at("close_initiator"));
    if (const auto height = values.height(entry.at("close_height"))) {
        closing.height = static_cast<std::uint32_t>(*height);
    }
    const Cursor settled = entry.at("settled_balance");
    const Sat ours = values.required(values.sat(settled), settled);
    if (ours > closing.capacity) {
        values.refuse(settled);
    }
    closing.ours = to_msat(ours);
    return closing;
}

/// Nobody's channels hold all bitcoin; so that sums over them always fit.
void check_whole(LndValues& values, const Cursor& list, const std::vector<NodeChannel>& channels) {
    std::set<domain::ShortChannelId> ids;
    std::set<std::string_view> outpoints;
    Sat sum{0};
    for (const NodeChannel& channel : channels) {
        if (values.faulty()) {
            return;
        }
        if (!ids.insert(channel.id).second || !outpoints.insert(channel.funding_outpoint).second) {
            values.refuse({"own_node.channel_twice", {{"path", list.path()}, {"channel", channel.id.text()}}});
        }
        if (channel.capacity > kAllBitcoin - sum) {
            values.refuse({"own_node.channels_too_large", {{"path", list.path()}}});
            return;
        }
        sum += channel.capacity;
    }
}

} // namespace

Result<OpenChannels> open_channels(std::string_view answer) {
    const Result<json::Document> document = parse_answer(answer, kLargeAnswer);
    if (!document) {
        return fail(document.error());
    }
    LndValues values;
    OpenChannels open;
    const Cursor list = document->root().at("channels");
    for (const Cursor& entry : values.items(list, domain::kNodeChannelsMax)) {
        open.channels.push_back(channel_in(values, entry, open.names));
    }
    check_whole(values, list, open.channels);
    std::sort(open.channels.begin(), open.channels.end(),
              [](const NodeChannel& one, const NodeChannel& other) { return one.id < other.id; });
    return values.verdict(std::move(open));
}

Result<std::vector<PendingChannel>> pending(std::string_view answer) {
    const Result<json::Document> document = parse_answer(answer, kLargeAnswer);
    if (!document) {
        return fail(document.error());
    }
    const Cursor root = document->root();
    LndValues values;
    std::vector<PendingChannel> all;
    const auto items = [&](const char* name) { return values.items(root.at(name), domain::kNodeChannelsMax); };
    for (const Cursor& entry : items("pending_open_channels")) {
        all.push_back(balance_kept_in(values, entry, PendingKind::opening));
    }
    if (!root.at("pending_closing_channels").is_absent()) { // always empty since 0.11, and may go
        for (const Cursor& entry : items("pending_closing_channels")) {
            all.push_back(balance_kept_in(values, entry, PendingKind::closing));
        }
    }
    for (const Cursor& entry : items("waiting_close_channels")) {
        all.push_back(waiting_in(values, entry));
    }
    for (const Cursor& entry : items("pending_force_closing_channels")) {
        all.push_back(forced_in(values, entry));
    }
    if (all.size() > domain::kNodePendingMax) {
        const auto count = static_cast<std::int64_t>(all.size());
        values.refuse({"own_node.too_many", {{"path", root.path()}, {"count", count}}});
    }
    return values.verdict(std::move(all));
}

Result<ClosedChannels> closed(std::string_view answer) {
    const Result<json::Document> document = parse_answer(answer, kLargeAnswer);
    if (!document) {
        return fail(document.error());
    }
    LndValues values;
    ClosedChannels closed;
    for (const Cursor& entry : values.items(document->root().at("channels"), kClosedMax)) {
        closed.closings.push_back(closing_in(values, entry, closed.names));
    }
    std::stable_sort(closed.closings.begin(), closed.closings.end(), // those without height last
                     [](const NodeClosing& one, const NodeClosing& other) { return one.height > other.height; });
    closed.closings.resize(std::min(closed.closings.size(), domain::kClosingsKept));
    return values.verdict(std::move(closed));
}

} // namespace mcp::adapters::lnd
