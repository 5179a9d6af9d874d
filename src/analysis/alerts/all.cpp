#include "analysis/alerts/all.hpp"

namespace mcp::analysis {
namespace {

constexpr AlertRule kRules[] = {
    {"no_channels", no_channels, "rule.no_channels"},
    {"node_unreachable", node_unreachable, "rule.node_unreachable"},
    {"channel_inactive", channel_inactive, "rule.channel_inactive"},
    {"stale_channels", stale_channels, "rule.stale_channels"},
    {"capacity_drop", capacity_drop, "rule.capacity_drop"},
    {"channel_closed", channel_closed, "rule.channel_closed"},
    {"poor_connectivity", poor_connectivity, "rule.poor_connectivity"},
    {"high_fee_variance", high_fee_variance, "rule.high_fee_variance"},
    {"fee_out_of_market", fee_out_of_market, "rule.fee_out_of_market"},
    {"source_missing", nullptr, "rule.source_missing", source_missing},
    {"source_stale", source_stale, "rule.source_stale", stale_sources},
    {"onchain_fees", onchain_fees, "rule.onchain_fees"},
};

} // namespace

std::vector<Finding> AlertRule::findings(const RuleInput& in) const {
    std::vector<Finding> found = check_each != nullptr ? check_each(in) : std::vector<Finding>{};
    if (std::optional<Finding> one = check != nullptr ? check(in) : std::nullopt) {
        found.insert(found.begin(), std::move(*one));
    }
    return found;
}

std::span<const AlertRule> alert_rules() {
    return kRules;
}

} // namespace mcp::analysis
