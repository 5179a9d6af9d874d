#pragma once
#include "analysis/node_view.hpp"
#include "domain/report.hpp"

#include <string>

namespace mcp::analysis {

/// The same step for both node programs, ready to paste. Never executed by us. Either may be empty: then there is no
/// such command.
struct Commands {
    std::string lnd;
    std::string cln;
};

/// Sets base fee and fee rate of one channel; everything else of the policy stays.
[[nodiscard]] Commands set_fee(const NodeView& view, const OwnChannel& channel, Msat base, Ppm rate);
/// The whole fee, what is asked of payments that come in included where it is told: Core Lightning knows none.
[[nodiscard]] Commands set_fee(const NodeView& view, const OwnChannel& channel, const domain::ChannelFee& fee);
[[nodiscard]] Commands set_max_htlc(const NodeView& view, const OwnChannel& channel, Msat max_htlc);
[[nodiscard]] Commands enable_again(const NodeView& view, const OwnChannel& channel);
/// Closes cooperatively, or by force when the peer does not answer.
[[nodiscard]] Commands close_channel(const NodeView& view, const OwnChannel& channel, bool by_force);
[[nodiscard]] Commands connect(const domain::Node& peer);
/// Connects where the graph tells an address, opens, and sets the fee rate, with base fee 0. @pre no channel with the
/// peer yet: Core Lightning sets the fee of all channels with it
[[nodiscard]] Commands open_channel(const domain::Node& peer, Sat capacity, Ppm rate);

/// A swap that moves balance to the peers' side, by Lightning Loop. Core Lightning has no command for it.
[[nodiscard]] Commands swap_out(Sat amount);
/// One that moves it to ours; Core Lightning: another channel with that peer.
[[nodiscard]] Commands swap_in(Sat amount, const domain::PubKey& peer);
/// An address of the node's own wallet.
[[nodiscard]] Commands new_address();
/// Shows what comes back of channels that are being closed.
[[nodiscard]] Commands list_closing(const domain::PubKey& peer);

/// Makes a credential that reads what reports need and can do nothing else (docs/guide/node.md).
[[nodiscard]] Commands make_credential();

} // namespace mcp::analysis
