#pragma once
#include "domain/figure.hpp"
#include "domain/network.hpp"

/// The reasons for a gap that several figures share.
namespace mcp::analysis {

[[nodiscard]] inline domain::Absence needs_node() {
    return {{"absent.needs_node", {}}, domain::source::kNode};
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
