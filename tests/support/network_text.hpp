#pragma once
#include "base/iso_time.hpp"
#include "domain/network.hpp"

#include <fmt/format.h>
#include <string>

/// Whole networks as text, so that a test can say that two are the same, and shows where they are not.
namespace mcp::test {

inline std::string text_of(const std::optional<Time>& time) {
    return time ? iso_time(*time) : "never";
}

inline std::string text_of(const std::optional<domain::Policy>& policy) {
    if (!policy) {
        return "none";
    }
    return fmt::format("{}+{}ppm in {}+{} min {} max {} cltv {} {} {}", policy->base_fee.value, policy->fee_rate.value,
                       policy->inbound_base_fee.value, policy->inbound_fee_rate.value, policy->min_htlc.value,
                       policy->max_htlc ? policy->max_htlc->value : -1, policy->cltv_delta,
                       policy->disabled ? "off" : "on", text_of(policy->updated));
}

inline std::string text_of(const domain::Node& node) {
    return fmt::format("{} '{}' {} {}{}{} {}\n", node.key.hex(), node.alias, node.address,
                       node.has_clearnet ? "clearnet " : "", node.has_tor ? "tor " : "", node.listed ? "" : "unlisted",
                       text_of(node.updated));
}

inline std::string text_of(const domain::Channel& channel) {
    return fmt::format("{} {}-{} {} sat {} | {} | {}\n", channel.id.text(), channel.node[0], channel.node[1],
                       channel.capacity ? channel.capacity->value : -1, text_of(channel.updated),
                       text_of(channel.policy[0]), text_of(channel.policy[1]));
}

inline std::string text_of(const domain::ReadNotes& notes) {
    return fmt::format("broken {}/{}/{} repeated {}/{} loops {} unlisted {} cleaned {} future {} private {} stray {} "
                       "unread {} first '{}'",
                       notes.broken_nodes, notes.broken_channels, notes.broken_policies, notes.repeated_nodes,
                       notes.repeated_channels, notes.self_loops, notes.unlisted_nodes, notes.cleaned_aliases,
                       notes.future_updates, notes.private_channels, notes.stray_updates, notes.unread_bytes,
                       notes.first_broken);
}

/// Everything that a reader makes but what links to a transaction, which LND alone tells.
inline std::string text_of(const domain::Network& network) {
    std::string text = "as of " + text_of(network.as_of) + "\n";
    for (const domain::Node& node : network.nodes) {
        text += text_of(node);
    }
    for (const domain::Channel& channel : network.channels) {
        text += text_of(channel);
    }
    return text + text_of(network.notes);
}

} // namespace mcp::test
