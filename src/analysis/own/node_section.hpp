#pragma once
#include "analysis/node_day.hpp"
#include "domain/report.hpp"

#include <optional>

namespace mcp::analysis {

/// What the user's own node told for the report; absent where it was not read.
[[nodiscard]] domain::Figure<domain::ReportNode> node_section(const NodeDay& day);

/// Capacity share of the announced peers for which `can` holds. Nothing without such peers.
template <typename Can>
[[nodiscard]] std::optional<double> peer_share(const OwnDay& own, Can can) {
    double all = 0;
    double able = 0;
    for (const OwnPeer& peer : own.peers()) {
        all += static_cast<double>(peer.capacity.value);
        able += can(peer) ? static_cast<double>(peer.capacity.value) : 0;
    }
    return all > 0 ? std::optional(able / all) : std::nullopt;
}

[[nodiscard]] inline bool can_send_usual(const OwnDay&, const OwnPeer& peer) {
    return peer.sends_usual;
}
[[nodiscard]] inline bool can_receive_usual(const OwnDay&, const OwnPeer& peer) {
    return peer.receives_usual;
}

} // namespace mcp::analysis
