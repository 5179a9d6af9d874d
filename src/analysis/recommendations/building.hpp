#pragma once
#include "analysis/commands.hpp"
#include "analysis/rule_input.hpp"
#include "analysis/wording.hpp"
#include "domain/report.hpp"

namespace mcp::analysis {

/// Channels younger than this are left alone: their price and place are still settling (ANALYSIS section 6).
inline constexpr int kMinimumAgeDays = 30;

/// True for a channel that is old enough to be judged; false also where the age is unknown.
[[nodiscard]] bool old_enough(const OwnChannel& channel);

/// 0..10 from a share of the node's capacity: what no gain in sat can rank.
[[nodiscard]] double impact_of_share(const NodeView& view, const ChannelList& channels, double severity);

[[nodiscard]] domain::Priority priority_of(double impact);

/// "831726x2879x0" for each.
[[nodiscard]] std::vector<std::string> ids_of(const ChannelList& channels);

/// A recommendation about `channels` with the command for the largest of them. Public data: gain absent, confidence
/// said.
/// @pre channels is not empty
[[nodiscard]] domain::Recommendation advise_on(const RuleInput& in, const ChannelList& channels, double severity,
                                               domain::Category category, Commands commands);

/// The recommendation about the node as a whole that names no channel.
[[nodiscard]] domain::Recommendation advise_node(const RuleInput& in, double impact, domain::Category category,
                                                 Commands commands);

/// The same from what the node itself told today.
[[nodiscard]] domain::Recommendation advise_as_node_tells(const RuleInput& in, double impact, domain::Category category,
                                                          Commands commands);

/// The user's node cannot connect to that peer by its key alone, and the graph tells no address: LND looks none up.
[[nodiscard]] bool lacks_address(const RuleInput& in, const domain::Node& peer);

/// Leaves only the command of the program that the user's node runs, where it is known.
void keep_own_command(domain::Recommendation& advice, const RuleInput& in);

} // namespace mcp::analysis
