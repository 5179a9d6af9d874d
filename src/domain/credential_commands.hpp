#pragma once
#include <string_view>

namespace mcp::domain {

/// What an owner types on their node to make a credential that reads and can do nothing else. Refusals, alerts,
/// documents and tests name these very lines, whatever the language. A root key of its own lets a macaroon be revoked
/// alone.
inline constexpr std::string_view kBakeMacaroon =
    "lncli bakemacaroon --root_key_id=7210 --save_to=monitor.macaroon info:read offchain:read onchain:read peers:read";

/// The same with no more than the calls that are made, for a year: offchain:read alone also shows payments with their
/// preimages.
inline constexpr std::string_view kBakeNarrowMacaroon =
    "lncli bakemacaroon --root_key_id=7210 --timeout=31536000 --save_to=monitor.macaroon uri:/lnrpc.Lightning/GetInfo "
    "uri:/lnrpc.Lightning/ListChannels uri:/lnrpc.Lightning/PendingChannels uri:/lnrpc.Lightning/ClosedChannels "
    "uri:/lnrpc.Lightning/ForwardingHistory uri:/lnrpc.Lightning/FeeReport uri:/lnrpc.Lightning/ChannelBalance "
    "uri:/lnrpc.Lightning/WalletBalance uri:/lnrpc.Lightning/GetTransactions uri:/lnrpc.Lightning/ListPeers";

/// Unlike the stock restrictions=readonly it admits the bookkeeper, and of get* getinfo alone: getsharedsecret, which
/// computes with the node's own key, stays out.
inline constexpr std::string_view kCreateRune =
    R"(lightning-cli createrune restrictions='[["method^list","method=getinfo","method=summary",)"
    R"("method^bkpr-list","method=bkpr-channelsapy"],["method/listdatastore"],["rate=60"]]')";

} // namespace mcp::domain
