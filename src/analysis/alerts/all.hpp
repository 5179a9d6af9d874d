#pragma once
#include "analysis/rule_input.hpp"
#include "domain/report.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace mcp::analysis {

/// What a rule found today, before it is known whether it is news.
struct Finding {
    domain::Severity severity;
    Message title;
    Message description;
    bool requires_action = false;
    bool is_event = false; ///< happened today (a closing), as against a state that may stand for days
};

using AlertCheck = std::optional<Finding> (*)(const RuleInput&);

struct AlertRule {
    std::string_view type; ///< as in reports; stays the same from day to day
    AlertCheck check;
    std::string_view condition_key; ///< message that tells when it fires, for the printed table of rules
};

/// THE TABLE of alert rules that need no private data. A new alert is a new file beside this one and a row here.
[[nodiscard]] std::span<const AlertRule> alert_rules();

std::optional<Finding> no_channels(const RuleInput& in);
std::optional<Finding> node_unreachable(const RuleInput& in);
std::optional<Finding> channel_inactive(const RuleInput& in);
std::optional<Finding> stale_channels(const RuleInput& in);
std::optional<Finding> capacity_drop(const RuleInput& in);
std::optional<Finding> channel_closed(const RuleInput& in);
std::optional<Finding> poor_connectivity(const RuleInput& in);
std::optional<Finding> high_fee_variance(const RuleInput& in);
std::optional<Finding> fee_out_of_market(const RuleInput& in);
std::optional<Finding> source_stale(const RuleInput& in);

} // namespace mcp::analysis
