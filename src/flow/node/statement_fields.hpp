#pragma once
#include "domain/own_node.hpp"
#include "flow/node/statement_writer.hpp"

#include <cstdint>
#include <string_view>

/// What stands in a statement, described once for both ways: a StatementWriter writes what a StatementReader reads. The
/// bounds are the reader's. All of it stands in the store, and what agents of other versions send: names never change.
namespace mcp::flow::fields {

using domain::NodeKind;

inline constexpr std::int64_t kVersion = 1;

inline constexpr Words<NodeKind, 2> kKinds = {"lnd", "cln"};
inline constexpr Words<domain::NodeDoubt, 3> kDoubts = {"not_synced_to_chain", "not_synced_to_graph",
                                                        "no_channel_active"};
inline constexpr Words<domain::NodePart, 8> kParts = {"channels", "balances", "pending",     "closings",
                                                      "forwards", "wallet",   "chain_costs", "peers"};
inline constexpr Words<domain::PendingKind, 3> kPendingKinds = {"opening", "closing", "force_closing"};
inline constexpr Words<domain::CloseKind, 5> kCloseKinds = {"cooperative", "force_by_us", "force_by_peer", "breach",
                                                            "other"};

inline constexpr std::int64_t kU32Max = 4'294'967'295;
inline constexpr std::int64_t kCountMax = domain::kNodeCountMax;
inline constexpr std::int64_t kHeightMax = (1 << 24) - 1; // what fits into a short channel id
inline constexpr std::int64_t kBlocksLeftMax = domain::kBlocksLeftMax;
inline constexpr std::size_t kAliasBytesMax = 256; // the protocol has 32
inline constexpr std::size_t kVersionBytesMax = 256;

// Values that may be absent.
inline constexpr auto kFlag = [](auto& way, std::string_view name, auto& value) { way.flag(name, value); };
inline constexpr auto kSeconds = [](auto& way, std::string_view name, auto& value) { way.seconds(name, value); };
inline constexpr auto kTime = [](auto& way, std::string_view name, auto& value) { way.time(name, value); };
inline constexpr auto kKey = [](auto& way, std::string_view name, auto& value) { way.key(name, value); };
inline constexpr auto kAmount = [](auto& way, std::string_view name, auto& value) { way.amount(name, value); };
inline constexpr auto kCount = [](auto& way, std::string_view name, auto& value) {
    way.whole(name, value, 0, kCountMax);
};
inline constexpr auto kHeight = [](auto& way, std::string_view name, auto& value) {
    way.whole(name, value, 0, kHeightMax);
};
inline constexpr auto kBlocksLeft = [](auto& way, std::string_view name, auto& value) {
    way.whole(name, value, -kBlocksLeftMax, kBlocksLeftMax);
};
inline constexpr auto kInbound = [](auto& way, std::string_view name, auto& value) {
    way.quantity(name, value, -kU32Max, kU32Max);
};

inline constexpr auto kFee = [](auto& way, std::string_view name, auto& value) {
    way.object(name, value, [](auto& in, auto& fee) {
        in.quantity("base_msat", fee.base, 0, kU32Max);
        in.quantity("rate_ppm", fee.rate, 0, kU32Max);
        in.maybe("inbound_base_msat", fee.inbound_base, kInbound);
        in.maybe("inbound_rate_ppm", fee.inbound_rate, kInbound);
    });
};

inline constexpr auto kHtlc = [](auto& way, auto& htlc) {
    way.flag("incoming", htlc.incoming);
    way.amount("amount_msat", htlc.amount);
    way.whole("expires_at_block", htlc.expires_at_block, 0, kU32Max);
};

inline constexpr auto kChannel = [](auto& way, auto& channel) {
    way.channel_id("id", channel.id);
    way.outpoint("funding_outpoint", channel.funding_outpoint);
    way.key("peer", channel.peer);
    way.amount("capacity_sat", channel.capacity);
    way.flag("public", channel.is_public);
    way.flag("active", channel.is_active);
    way.maybe("opened_by_us", channel.opened_by_us, kFlag);
    way.amount("local_msat", channel.local);
    way.amount("remote_msat", channel.remote);
    way.amount("local_reserve_msat", channel.local_reserve);
    way.amount("remote_reserve_msat", channel.remote_reserve);
    way.amount("can_send_msat", channel.can_send);
    way.amount("can_receive_msat", channel.can_receive);
    way.list("htlcs", channel.htlcs, domain::kNodeHtlcsMax, kHtlc);
    way.maybe("fee", channel.fee, kFee);
    way.maybe("watched_seconds", channel.watched, kSeconds);
    way.maybe("online_seconds", channel.online, kSeconds);
};

inline constexpr auto kBalances = [](auto& way, std::string_view name, auto& value) {
    way.object(name, value, [](auto& in, auto& balances) {
        in.amount("local_msat", balances.local);
        in.amount("remote_msat", balances.remote);
        in.amount("unsettled_local_msat", balances.unsettled_local);
        in.amount("unsettled_remote_msat", balances.unsettled_remote);
    });
};

inline constexpr auto kPending = [](auto& way, std::string_view name, auto& value) {
    way.list(name, value, domain::kNodePendingMax, [](auto& in, auto& pending) {
        in.word("kind", pending.kind, kPendingKinds);
        in.outpoint("funding_outpoint", pending.funding_outpoint);
        in.key("peer", pending.peer);
        in.amount("capacity_sat", pending.capacity);
        in.amount("ours_sat", pending.ours);
        in.maybe("blocks_left", pending.blocks_left, kBlocksLeft);
        in.txid("closing_txid", pending.closing_txid);
    });
};

inline constexpr auto kClosings = [](auto& way, std::string_view name, auto& value) {
    way.list(name, value, domain::kClosingsKept, [](auto& in, auto& closing) {
        in.channel_id("id", closing.id);
        in.outpoint("funding_outpoint", closing.funding_outpoint);
        in.maybe("peer", closing.peer, kKey);
        in.amount("capacity_sat", closing.capacity);
        in.word("kind", closing.kind, kCloseKinds);
        in.maybe("closed_by_us", closing.closed_by_us, kFlag);
        in.maybe("height", closing.height, kHeight);
        in.amount("ours_msat", closing.ours);
    });
};

inline constexpr auto kWallet = [](auto& way, std::string_view name, auto& value) {
    way.object(name, value, [](auto& in, auto& wallet) {
        in.amount("confirmed_sat", wallet.confirmed);
        in.amount("unconfirmed_sat", wallet.unconfirmed);
        in.maybe("anchor_reserve_sat", wallet.anchor_reserve, kAmount);
    });
};

inline constexpr auto kPeers = [](auto& way, std::string_view name, auto& value) {
    way.list(name, value, domain::kNodePeersMax, [](auto& in, auto& peer) {
        in.key("key", peer.key);
        in.flag("connected", peer.is_connected);
        in.maybe("flaps", peer.flaps, kCount);
        in.maybe("last_flap", peer.last_flap, kTime);
    });
};

inline constexpr auto kFailures = [](auto& way, std::string_view name, auto& value) {
    way.rows(name, value, [](auto& in, auto& failure) {
        in.channel_id("in", failure.in);
        in.channel_id("out", failure.out);
        in.whole("here", failure.here, 0, kCountMax);
        in.whole("beyond", failure.beyond, 0, kCountMax);
    });
};

inline constexpr auto kChain = [](auto& way, std::string_view name, auto& value) {
    way.object(name, value, [](auto& in, auto& chain) {
        in.whole("transactions", chain.transactions, 0, kCountMax);
        in.amount("fees_msat", chain.fees);
    });
};

inline constexpr auto kDay = [](auto& way, auto& day) {
    way.day("day", day.day);
    way.rows("forwards", day.forwards, [](auto& in, auto& sum) {
        in.channel_id("in", sum.in);
        in.channel_id("out", sum.out);
        in.whole("count", sum.count, 0, kCountMax);
        in.amount("amount_in_msat", sum.amount_in);
        in.amount("amount_out_msat", sum.amount_out);
    });
    way.rows("sizes", day.sizes, [](auto& in, auto& size) {
        in.amount("amount_msat", size.amount);
        in.whole("count", size.count, 0, kCountMax);
    });
    way.maybe("failures", day.failures, kFailures);
    way.maybe("chain", day.chain, kChain);
};

inline constexpr auto kGap = [](auto& way, auto& gap) {
    way.word("part", gap.part, kParts);
    way.error("why", gap.why);
};

inline constexpr auto kWatched = [](auto& way, std::string_view name, auto& value) {
    way.object(name, value, [](auto& in, auto& watched) {
        in.seconds("watched_seconds", watched.watched);
        in.seconds("reached_seconds", watched.reached);
    });
};

inline constexpr auto kNode = [](auto& way, auto& node) {
    way.key("key", node.key);
    way.word("kind", node.kind, kKinds);
    way.text("alias", node.alias, kAliasBytesMax);
    way.text("version", node.version, kVersionBytesMax);
    way.day("day", node.day);
    way.time("read_at", node.read_at);
    way.whole("block_height", node.block_height, 0, kHeightMax);
    way.words("doubts", node.doubts, kDoubts);
    way.list("channels", node.channels, domain::kNodeChannelsMax, kChannel);
    way.maybe("balances", node.balances, kBalances);
    way.maybe("pending", node.pending, kPending);
    way.maybe("closings", node.closings, kClosings);
    way.maybe("wallet", node.wallet, kWallet);
    way.maybe("peers", node.peers, kPeers);
    way.list("days", node.days, domain::kFlowDays, kDay);
    way.list("gaps", node.gaps, kParts.size(), kGap);
    way.maybe("watched", node.watched, kWatched);
    way.maybe("credential_expires", node.credential_expires, kTime);
};

} // namespace mcp::flow::fields
