#pragma once
#include "base/error.hpp"
#include "domain/figure.hpp"
#include "domain/network.hpp"

/// The reasons for a gap that several figures share.
namespace mcp::analysis {

[[nodiscard]] inline domain::Absence needs_node() {
    return {{"absent.needs_node", {}}, domain::source::kNode};
}
/// A node is connected, but nothing of that day is kept of it.
[[nodiscard]] inline domain::Absence node_not_told_then() {
    return {{"absent.node_not_told_then", {}}, domain::source::kNode};
}
/// It was read, and does not tell such a thing.
[[nodiscard]] inline domain::Absence node_tells_not() {
    return {{"absent.node_tells_not", {}}, domain::source::kNode};
}
/// It refused one part, or failed to tell it.
[[nodiscard]] inline domain::Absence node_could_not_tell(const Error& why) {
    return {{"absent.node_could_not_tell", {{"error", std::vector<Message>{why.what}}}}, domain::source::kNode};
}
/// A channel of the graph that the node does not list: closed since, most likely.
[[nodiscard]] inline domain::Absence not_among_nodes_channels() {
    return {{"absent.not_among_nodes_channels", {}}, domain::source::kNode};
}
[[nodiscard]] inline domain::Absence waits_for_no_block() {
    return {{"absent.waits_for_no_block", {}}, domain::source::kNode};
}
[[nodiscard]] inline domain::Absence swap_price_untold() {
    return {{"absent.swap_price_untold", {}}, domain::source::kNode};
}
/// Of what the node was read with, as far as it says.
[[nodiscard]] inline domain::Absence does_not_expire() {
    return {{"absent.does_not_expire", {}}, domain::source::kNode};
}
[[nodiscard]] inline domain::Absence node_in_doubt() {
    return {{"absent.node_in_doubt", {}}, domain::source::kNode};
}
[[nodiscard]] inline domain::Absence not_all_days_told() {
    return {{"absent.not_all_days_told", {}}, domain::source::kNode};
}
[[nodiscard]] inline domain::Absence no_failures_kept() {
    return {{"absent.no_failures_kept", {}}, domain::source::kNode};
}
[[nodiscard]] inline domain::Absence no_forward_tried() {
    return {{"absent.no_forward_tried", {}}, domain::source::kNode};
}
[[nodiscard]] inline domain::Absence node_has_no_channel() {
    return {{"absent.node_has_no_channel", {}}, domain::source::kNode};
}
[[nodiscard]] inline domain::Absence needs_weeks_of_flows() {
    return {{"absent.needs_weeks_of_flows", {}}, domain::source::kNode};
}
[[nodiscard]] inline domain::Absence measured_otherwise() {
    return {{"absent.measured_otherwise", {}}, domain::source::kNode};
}
[[nodiscard]] inline domain::Absence only_public_score_kept() {
    return {{"absent.only_public_score_kept", {}}, domain::source::kHistory};
}
[[nodiscard]] inline domain::Absence no_yesterday() {
    return {{"absent.no_yesterday", {}}, domain::source::kHistory};
}
[[nodiscard]] inline domain::Absence no_graph_of_that_day() {
    return {{"absent.no_graph_of_that_day", {}}, domain::source::kHistory};
}
[[nodiscard]] inline domain::Absence not_there_then() {
    return {{"absent.not_there_then", {}}, domain::source::kHistory};
}
[[nodiscard]] inline domain::Absence part_not_on_both_days() {
    return {{"absent.part_not_on_both_days", {}}, domain::source::kHistory};
}
[[nodiscard]] inline domain::Absence undated_graph() {
    return {{"absent.undated_graph", {}}, domain::source::kGraph};
}
/// Why nothing is known of the ages of updates. @pre network.dates_updates() is false
[[nodiscard]] inline domain::Absence no_update_dates(const domain::Network& network) {
    return network.as_of ? domain::Absence{{"absent.no_update_dates", {}}, domain::source::kGraph} : undated_graph();
}
[[nodiscard]] inline domain::Absence no_dated_update() {
    return {{"absent.no_dated_update", {}}, domain::source::kGraph};
}
[[nodiscard]] inline domain::Absence positional_ids() {
    return {{"absent.positional_ids", {}}, domain::source::kGraph};
}
[[nodiscard]] inline domain::Absence no_channels_to_measure() {
    return {{"absent.no_channels", {}}, domain::source::kGraph};
}
[[nodiscard]] inline domain::Absence unknown_capacity() {
    return {{"absent.unknown_capacity", {}}, domain::source::kGraph};
}
[[nodiscard]] inline domain::Absence no_policy() {
    return {{"absent.no_policy", {}}, domain::source::kGraph};
}
[[nodiscard]] inline domain::Absence no_inbound_fees() {
    return {{"absent.no_inbound_fees", {}}, domain::source::kGraph};
}
[[nodiscard]] inline domain::Absence no_offer() {
    return {{"absent.no_offer", {}}, domain::source::kGraph};
}
[[nodiscard]] inline domain::Absence no_max_htlc() {
    return {{"absent.no_max_htlc", {}}, domain::source::kGraph};
}
[[nodiscard]] inline domain::Absence carries_nothing() {
    return {{"absent.carries_nothing", {}}, domain::source::kGraph};
}
[[nodiscard]] inline domain::Absence too_few_carriers() {
    return {{"absent.too_few_carriers", {}}, domain::source::kGraph};
}
[[nodiscard]] inline domain::Absence no_score_part() {
    return {{"absent.no_score_part", {}}, domain::source::kGraph};
}
[[nodiscard]] inline domain::Absence no_price_to_compare() {
    return {{"absent.no_price_to_compare", {}}, domain::source::kGraph};
}
[[nodiscard]] inline domain::Absence too_few_rivals() {
    return {{"absent.too_few_rivals", {}}, domain::source::kGraph};
}

} // namespace mcp::analysis
