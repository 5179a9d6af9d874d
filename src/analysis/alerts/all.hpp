#pragma once
#include "analysis/rule_input.hpp"
#include "domain/report.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace mcp::analysis {

/// How long something has stood, told by a rule that knows it better than by being asked of earlier graphs.
struct Standing {
    int days = 1;                 ///< in a row, today included
    bool before_is_known = false; ///< it did not stand on the day before these; else it may have
};

/// What a rule found today, before it is known whether it is news.
struct Finding {
    domain::Severity severity;
    Message title;
    Message description;
    bool requires_action = false;
    bool is_event = false;                 ///< happened today (a closing), as against a state that may stand for days
    std::string_view subject = {};         ///< of a rule that finds several: what this one is about, for its id
    std::optional<Standing> standing = {}; ///< absent: earlier graphs tell
};

/// Whether that day's statement of the node tells all that a rule looks at.
using IsTold = bool (*)(const OwnDay&);

using AlertCheck = std::optional<Finding> (*)(const RuleInput&);
using AlertChecks = std::vector<Finding> (*)(const RuleInput&); ///< each with a subject of its own

struct AlertRule {
    std::string_view type; ///< as in reports; stays the same from day to day
    AlertCheck check;
    std::string_view condition_key;   ///< message that tells when it fires, for the printed table of rules
    AlertChecks check_each = nullptr; ///< of a rule that can find several
    IsTold is_told = nullptr;         ///< of a rule about what the node tells; else the graph tells it
    bool else_from_graph = false;     ///< of such a rule: where the node does not tell, the graph does, otherwise

    /// All that it finds.
    [[nodiscard]] std::vector<Finding> findings(const RuleInput& in) const;
};

/// THE TABLE of alert rules. On a day for which the node did not tell what a rule needs, nobody knows whether it stood.
/// A new alert is a new file beside this one and a row here.
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
std::optional<Finding> source_stale(const RuleInput& in); ///< of the graph's content
std::vector<Finding> stale_sources(const RuleInput& in);  ///< of the states of sources, one each
std::vector<Finding> source_missing(const RuleInput& in);
std::optional<Finding> onchain_fees(const RuleInput& in);

// Of what the node itself told.
std::optional<Finding> node_not_read(const RuleInput& in);
std::optional<Finding> not_synced(const RuleInput& in);
std::optional<Finding> htlc_expiry(const RuleInput& in);
std::optional<Finding> force_close_pending(const RuleInput& in);
std::optional<Finding> anchor_reserve_low(const RuleInput& in);
std::optional<Finding> low_liquidity(const RuleInput& in);
std::optional<Finding> peer_flapping(const RuleInput& in);
std::optional<Finding> policy_mismatch(const RuleInput& in);
std::optional<Finding> credential_expiring(const RuleInput& in);

} // namespace mcp::analysis
