#include "analysis/alerts/all.hpp"
#include "analysis/betweenness_change.hpp"
#include "analysis/wording.hpp"

namespace mcp::analysis {
namespace {

std::optional<Message> few_peers(const RuleInput& in) {
    const std::size_t peers = in.today.view.relations().size();
    if (peers == 0 || peers >= in.thresholds.few_peers) {
        return std::nullopt;
    }
    return Message{"alert.poor_connectivity.few_peers", {{"count", static_cast<std::int64_t>(peers)}}};
}

std::optional<Message> cut_off_by_one_peer(const RuleInput& in) {
    if (in.today.cutting_peers.empty()) {
        return std::nullopt;
    }
    const std::string name = display_name(in.today.view.peer(in.today.cutting_peers.front()));
    return Message{"alert.poor_connectivity.cut_off", {{"peer", name}}};
}

std::optional<Message> position_lost(const RuleInput& in) {
    if (in.week_ago == nullptr || in.today.position_refused) {
        return std::nullopt;
    }
    const NodeView& before = in.week_ago->view;
    const DayFacts& day = before.day();
    const std::optional<double> place = day.fee_500k.percentile(day.betweenness.fee_500k[before.node()]);
    const std::optional<double> change = betweenness_change(before, in.today.view);
    if (!place || *place < in.thresholds.betweenness_min_percentile || !change ||
        *change > -in.thresholds.betweenness_fall) {
        return std::nullopt;
    }
    return Message{"alert.poor_connectivity.position_lost", {{"share", Share{-*change}}, {"day", day.date}}};
}

} // namespace

// Few ways in or out: the failure of one peer, or a shift of prices elsewhere, takes the node out of the routes.
std::optional<Finding> poor_connectivity(const RuleInput& in) {
    std::vector<Message> causes;
    for (const auto& cause : {few_peers(in), cut_off_by_one_peer(in), position_lost(in)}) {
        if (cause) {
            causes.push_back(*cause);
        }
    }
    if (causes.empty()) {
        return std::nullopt;
    }
    return Finding{.severity = domain::Severity::warning,
                   .title = {"alert.poor_connectivity.title", {}},
                   .description = {"alert.poor_connectivity.description", {{"causes", causes}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
