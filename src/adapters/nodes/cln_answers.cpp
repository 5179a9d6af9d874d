#include "adapters/nodes/cln_answers.hpp"

#include "adapters/nodes/cln_values.hpp"

#include <array>
#include <limits>
#include <optional>
#include <set>
#include <utility>

namespace mcp::adapters {
namespace {

using json::Cursor;

constexpr std::size_t kOutputsMax = 500'000;
constexpr std::int64_t kHeightMax = (1 << 24) - 1; // what fits into a short channel id
constexpr std::int64_t kCountMax = 1'000'000;

enum class OutputStatus { spendable, waiting, spent };

constexpr std::array<std::pair<std::string_view, OutputStatus>, 4> kStatuses = {{
    {"confirmed", OutputStatus::spendable},
    {"unconfirmed", OutputStatus::waiting},
    {"immature", OutputStatus::waiting},
    {"spent", OutputStatus::spent},
}};

void put_doubts(ClnValues& values, const Cursor& root, ClnInfo& info) {
    const bool has_warning =
        !root.at("warning_bitcoind_sync").is_absent() || !root.at("warning_lightningd_sync").is_absent();
    if (has_warning) {
        info.doubts.push_back(domain::NodeDoubt::not_synced_to_chain);
    }
    const std::optional<std::int64_t> active = values.whole(root.at("num_active_channels"), 0, kCountMax);
    const std::optional<std::int64_t> inactive = values.whole(root.at("num_inactive_channels"), 0, kCountMax);
    if (active == 0 && inactive.value_or(0) > 0) {
        info.doubts.push_back(domain::NodeDoubt::no_channel_active);
    }
}

void add(ClnValues& values, const Cursor& amount, Sat& sum) {
    sum += values.required(values.whole_sats(amount), amount);
    if (sum > kAllBitcoin) {
        values.refuse(amount);
    }
}

} // namespace

Result<ClnInfo> read_cln_info(std::string_view body) {
    const Result<json::Document> document = parse_cln_answer(body);
    if (!document || document->root().at("id").is_absent()) {
        return fail(ErrorKind::bad_upstream, {"own_node.no_cln", {}});
    }
    const Cursor root = document->root();
    ClnValues values;
    ClnInfo info;
    info.key = values.required(values.key(root.at("id")), root.at("id"));
    info.alias = values.shown(root.at("alias"));
    info.version = values.shown(root.at("version"));
    const Cursor height = root.at("blockheight");
    info.block_height = static_cast<std::uint32_t>(values.required(values.whole(height, 0, kHeightMax), height));
    put_doubts(values, root, info);
    return values.verdict(std::move(info));
}

Result<domain::NodeWallet> read_cln_wallet(std::string_view body) {
    const Result<json::Document> document = parse_cln_answer(body);
    if (!document) {
        return fail(document.error());
    }
    ClnValues values;
    domain::NodeWallet wallet;
    std::set<std::string> outpoints;
    for (const Cursor& output : values.items(document->root().at("outputs"), kOutputsMax)) {
        const Cursor status = output.at("status");
        const OutputStatus kind = values.required(values.word(status, kStatuses), status);
        if (!outpoints.insert(values.outpoint(output.at("txid"), output.at("output"))).second) {
            values.refuse(output.at("txid"));
        }
        if (kind != OutputStatus::spent) {
            add(values, output.at("amount_msat"),
                kind == OutputStatus::spendable ? wallet.confirmed : wallet.unconfirmed);
        }
        if (values.faulty()) {
            break;
        }
    }
    return values.verdict(wallet);
}

Result<std::vector<domain::NodePeer>> read_cln_peers(std::string_view body) {
    const Result<json::Document> document = parse_cln_answer(body);
    if (!document) {
        return fail(document.error());
    }
    ClnValues values;
    std::vector<domain::NodePeer> peers;
    std::set<domain::PubKey> keys;
    for (const Cursor& entry : values.items(document->root().at("peers"), domain::kNodePeersMax)) {
        domain::NodePeer peer;
        peer.key = values.required(values.key(entry.at("id")), entry.at("id"));
        peer.is_connected = values.required(values.yes_or_no(entry.at("connected")), entry.at("connected"));
        if (!keys.insert(peer.key).second) {
            values.refuse(entry.at("id"));
        }
        if (values.faulty()) {
            break;
        }
        peers.push_back(peer);
    }
    return values.verdict(std::move(peers));
}

} // namespace mcp::adapters
