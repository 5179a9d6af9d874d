#include "analysis/commands.hpp"

#include "domain/credential_commands.hpp"

#include <fmt/format.h>

namespace mcp::analysis {
namespace {

/// LND names channels by their funding output. When the graph leaves it out, the node itself is asked for it.
std::string chan_point(const NodeView& view, const OwnChannel& channel) {
    if (!channel.channel->funding_outpoint.empty()) {
        return channel.channel->funding_outpoint;
    }
    const std::string list = fmt::format("lncli listchannels --peer {}", view.peer(channel.peer).key.hex());
    if (view.day().network.positional_ids) {
        return fmt::format("$({} | jq -r '.channels[0].channel_point')", list);
    }
    return fmt::format("$({} | jq -r '.channels[] | select(.chan_id==\"{}\") | .channel_point')", list,
                       channel.channel->id.value);
}

/// Core Lightning takes the short channel id, or the peer when there is only one channel with it.
std::string cln_id(const NodeView& view, const OwnChannel& channel) {
    return view.day().network.positional_ids ? view.peer(channel.peer).key.hex() : channel.channel->id.text();
}

std::string lnd_policy(const NodeView& view, const OwnChannel& channel, Msat base, Ppm rate, const std::string& more) {
    return fmt::format(
        "lncli updatechanpolicy --base_fee_msat {} --fee_rate_ppm {} --time_lock_delta {}{} --chan_point {}",
        base.value, rate.value, channel.own_policy()->cltv_delta, more, chan_point(view, channel));
}

} // namespace

Commands set_fee(const NodeView& view, const OwnChannel& channel, Msat base, Ppm rate) {
    return {.lnd = lnd_policy(view, channel, base, rate, ""),
            .cln = fmt::format("lightning-cli setchannel {} {} {}", cln_id(view, channel), base.value, rate.value)};
}

Commands set_fee(const NodeView& view, const OwnChannel& channel, const domain::ChannelFee& fee) {
    Commands commands = set_fee(view, channel, fee.base, fee.rate);
    if (fee.inbound_base && fee.inbound_rate) {
        commands.lnd = lnd_policy(view, channel, fee.base, fee.rate,
                                  fmt::format(" --inbound_base_fee_msat {} --inbound_fee_rate_ppm {}",
                                              fee.inbound_base->value, fee.inbound_rate->value));
    }
    return commands;
}

Commands set_max_htlc(const NodeView& view, const OwnChannel& channel, Msat max_htlc) {
    const domain::Policy& policy = *channel.own_policy();
    return {.lnd = lnd_policy(view, channel, policy.base_fee, policy.fee_rate,
                              fmt::format(" --max_htlc_msat {}", max_htlc.value)),
            .cln = fmt::format("lightning-cli setchannel -k id={} htlcmax={}", cln_id(view, channel), max_htlc.value)};
}

Commands enable_again(const NodeView& view, const OwnChannel& channel) {
    return {.lnd = fmt::format("lncli updatechanstatus --action auto --chan_point {}", chan_point(view, channel)),
            .cln = fmt::format("lightning-cli connect {}", view.peer(channel.peer).key.hex())};
}

Commands close_channel(const NodeView& view, const OwnChannel& channel, bool by_force) {
    return {.lnd = fmt::format("lncli closechannel {}--chan_point {}", by_force ? "--force " : "",
                               chan_point(view, channel)),
            .cln = fmt::format("lightning-cli close {}{}", cln_id(view, channel), by_force ? " 1" : "")};
}

Commands connect(const domain::Node& peer) {
    if (peer.address.empty()) {
        return {.lnd = {}, .cln = fmt::format("lightning-cli connect {}", peer.key.hex())};
    }
    const std::string target = fmt::format("{}@{}", peer.key.hex(), peer.address);
    return {.lnd = "lncli connect " + target, .cln = "lightning-cli connect " + target};
}

Commands swap_out(Sat amount) {
    return {.lnd = fmt::format("loop out --amt {}", amount.value), .cln = {}};
}

Commands swap_in(Sat amount, const domain::PubKey& peer) {
    return {.lnd = fmt::format("loop in --amt {}", amount.value),
            .cln = fmt::format("lightning-cli fundchannel {} {}", peer.hex(), amount.value)};
}

Commands new_address() {
    return {.lnd = "lncli newaddress p2wkh", .cln = "lightning-cli newaddr bech32"};
}

Commands list_closing(const domain::PubKey& peer) {
    return {.lnd = "lncli pendingchannels", .cln = fmt::format("lightning-cli listpeerchannels {}", peer.hex())};
}

Commands make_credential() {
    return {.lnd = std::string(domain::kBakeMacaroon), .cln = std::string(domain::kCreateRune)};
}

Commands open_channel(const domain::Node& peer, Sat capacity, Ppm rate) {
    const std::string key = peer.key.hex();
    const std::string host = peer.address.empty() ? "" : fmt::format(" --connect {}", peer.address);
    const std::string cln_host = peer.address.empty() ? "" : "@" + peer.address;
    return {.lnd = fmt::format("lncli openchannel --node_key {}{} --local_amt {} --base_fee_msat 0 --fee_rate_ppm {}",
                               key, host, capacity.value, rate.value),
            .cln = fmt::format("lightning-cli connect {0}{1} && lightning-cli fundchannel {0} {2} && "
                               "lightning-cli setchannel {0} 0 {3}",
                               key, cln_host, capacity.value, rate.value)};
}

} // namespace mcp::analysis
