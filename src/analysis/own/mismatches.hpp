#pragma once
#include "analysis/node_day.hpp"
#include "domain/report.hpp"

#include <vector>

namespace mcp::analysis {

/// A channel for which the network still hears another price than the one that the node asks.
struct PolicyMismatch {
    const OwnChannel* channel;
    domain::ChannelFee asked; ///< by the node, for a day or more
    bool outbound = false;    ///< base fee or rate differ
    bool inbound = false;     ///< what is asked of payments that come in differs; told by both then
};

/// What differs, as the node asks it: "250 ppm + 0 msat, -10 ppm + 0 msat inbound".
[[nodiscard]] std::vector<Message> asked_words(const PolicyMismatch& one);
/// The same as the graph tells it.
[[nodiscard]] std::vector<Message> heard_words(const PolicyMismatch& one);

/// Largest first. A price that is younger than a day may still be on its way, as may be one that the graph is too old
/// for: the node must have asked the same a day before, and the graph be younger than that. None, too, where the node
/// did not tell it on both days.
[[nodiscard]] std::vector<PolicyMismatch> policy_mismatches(const NodeDay& day);

} // namespace mcp::analysis
