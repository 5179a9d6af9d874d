#include "adapters/nodes/lnd_told.hpp"

#include "adapters/nodes/lnd_values.hpp"
#include "adapters/sources/told_values.hpp"

#include <limits>
#include <set>

namespace mcp::adapters::lnd {
namespace {

using json::Cursor;

constexpr std::int64_t kU32Max = std::numeric_limits<std::uint32_t>::max();
constexpr std::int64_t kI32Min = std::numeric_limits<std::int32_t>::min();
constexpr std::int64_t kI32Max = std::numeric_limits<std::int32_t>::max();
constexpr std::int64_t kNs = 1'000'000'000;

domain::ChannelFee fee_in(LndValues& values, const Cursor& entry) {
    domain::ChannelFee fee{};
    const Cursor base = entry.at("base_fee_msat");
    const Cursor rate = entry.at("fee_per_mil"); // ppm, whatever its name says
    fee.base = Msat{values.required(values.whole(base, 0, kU32Max), base)};
    fee.rate = Ppm{values.required(values.whole(rate, 0, kU32Max), rate)};
    if (const auto told = values.whole(entry.at("inbound_base_fee_msat"), kI32Min, kI32Max)) {
        fee.inbound_base = Msat{*told};
    }
    if (const auto told = values.whole(entry.at("inbound_fee_per_mil"), kI32Min, kI32Max)) {
        fee.inbound_rate = Ppm{*told};
    }
    return fee;
}

Msat amount_in(LndValues& values, const Cursor& amount) {
    const Cursor msat = amount.at("msat");
    return values.required(values.msat(msat), msat);
}

domain::NodePeer peer_in(LndValues& values, const Cursor& entry, Time latest) {
    domain::NodePeer peer;
    peer.key = values.required(values.key(entry.at("pub_key")), entry.at("pub_key"));
    peer.is_connected = true; // LND lists no others
    peer.flaps = values.whole(entry.at("flap_count"), 0, kI32Max);
    const auto flap_ns = values.whole(entry.at("last_flap_ns"), 0, std::numeric_limits<std::int64_t>::max());
    peer.last_flap = flap_ns ? believed_time(*flap_ns / kNs, latest) : std::nullopt;
    return peer;
}

} // namespace

Result<Info> info(std::string_view answer) {
    const Result<json::Document> document = parse_answer(answer);
    if (!document) {
        return fail(document.error());
    }
    const Cursor root = document->root();
    LndValues values;
    Info info;
    info.key = values.required(values.key(root.at("identity_pubkey")), root.at("identity_pubkey"));
    info.alias = values.shown(root.at("alias"));
    info.version = values.shown(root.at("version"));
    info.block_height =
        static_cast<std::uint32_t>(values.required(values.height(root.at("block_height")), root.at("block_height")));
    if (const auto tip = values.whole(root.at("best_header_timestamp"), 0, kU32Max)) { // as blocks have their dates
        info.tip_at = Time{std::chrono::seconds{*tip}};
    }
    if (!values.required(values.yes_or_no(root.at("synced_to_chain")), root.at("synced_to_chain"))) {
        info.doubts.push_back(domain::NodeDoubt::not_synced_to_chain);
    }
    if (values.yes_or_no(root.at("synced_to_graph")) == false) { // before 0.7 it is not told
        info.doubts.push_back(domain::NodeDoubt::not_synced_to_graph);
    }
    return values.verdict(std::move(info));
}

Result<ChannelFees> channel_fees(std::string_view answer) {
    const Result<json::Document> document = parse_answer(answer, kLargeAnswer);
    if (!document) {
        return fail(document.error());
    }
    LndValues values;
    ChannelFees fees;
    for (const Cursor& entry : values.items(document->root().at("channel_fees"), domain::kNodeChannelsMax)) {
        const Cursor point = entry.at("channel_point");
        std::string outpoint = values.required(values.outpoint(point), point);
        if (!fees.emplace(std::move(outpoint), fee_in(values, entry)).second) {
            values.refuse(point);
        }
    }
    return values.verdict(std::move(fees));
}

Result<std::optional<domain::NodeBalances>> balances(std::string_view answer) {
    const Result<json::Document> document = parse_answer(answer);
    if (!document) {
        return fail(document.error());
    }
    const Cursor root = document->root();
    LndValues values;
    const Cursor balance = root.at("balance");
    static_cast<void>(values.required(values.sat(balance), balance));
    std::optional<domain::NodeBalances> told;
    if (!root.at("local_balance").is_absent()) {
        told.emplace();
        told->local = amount_in(values, root.at("local_balance"));
        told->remote = amount_in(values, root.at("remote_balance"));
        told->unsettled_local = amount_in(values, root.at("unsettled_local_balance"));
        told->unsettled_remote = amount_in(values, root.at("unsettled_remote_balance"));
    }
    return values.verdict(std::move(told));
}

Result<domain::NodeWallet> wallet(std::string_view answer) {
    const Result<json::Document> document = parse_answer(answer);
    if (!document) {
        return fail(document.error());
    }
    const Cursor root = document->root();
    LndValues values;
    domain::NodeWallet wallet;
    wallet.confirmed = values.required(values.sat(root.at("confirmed_balance")), root.at("confirmed_balance"));
    wallet.unconfirmed = values.required(values.sat(root.at("unconfirmed_balance")), root.at("unconfirmed_balance"));
    wallet.anchor_reserve = values.sat(root.at("reserved_balance_anchor_chan"));
    return values.verdict(std::move(wallet));
}

Result<std::vector<domain::NodePeer>> peers(std::string_view answer, Time latest) {
    const Result<json::Document> document = parse_answer(answer, kLargeAnswer);
    if (!document) {
        return fail(document.error());
    }
    LndValues values;
    std::vector<domain::NodePeer> peers;
    std::set<domain::PubKey> known;
    for (const Cursor& entry : values.items(document->root().at("peers"), domain::kNodePeersMax)) {
        peers.push_back(peer_in(values, entry, latest));
        if (!known.insert(peers.back().key).second) {
            values.refuse(entry.at("pub_key"));
        }
    }
    return values.verdict(std::move(peers));
}

} // namespace mcp::adapters::lnd
