#include "analysis/alerts/all.hpp"

#include "analysis/own/risks.hpp"

namespace mcp::analysis {
namespace {

bool always(const OwnDay&) {
    return true;
}
bool with_channels(const OwnDay& own) {
    return own.tells_channels();
}
bool with_channels_of_the_moment(const OwnDay& own) {
    return own.tells_the_moment();
}
bool with_pending(const OwnDay& own) {
    return own.node().pending.has_value();
}
bool with_reserve(const OwnDay& own) {
    return !own.in_doubt() && anchor_reserve(own).has_value();
}
bool with_flaps_of_a_week(const OwnDay& own) {
    return own.node().peers && own.week_ago() != nullptr && own.week_ago()->peers;
}
bool with_channels_of_two_days(const OwnDay& own) {
    return own.tells_channels() && own.yesterday() != nullptr;
}

constexpr AlertRule kRules[] = {
    {"no_channels", no_channels, "rule.no_channels"},
    {"node_unreachable", node_unreachable, "rule.node_unreachable"},
    {"channel_inactive", channel_inactive, "rule.channel_inactive", nullptr, with_channels_of_the_moment, true},
    {"stale_channels", stale_channels, "rule.stale_channels"},
    {"capacity_drop", capacity_drop, "rule.capacity_drop"},
    {"channel_closed", channel_closed, "rule.channel_closed"},
    {"poor_connectivity", poor_connectivity, "rule.poor_connectivity"},
    {"high_fee_variance", high_fee_variance, "rule.high_fee_variance"},
    {"fee_out_of_market", fee_out_of_market, "rule.fee_out_of_market"},
    {"source_missing", nullptr, "rule.source_missing", source_missing},
    {"source_stale", source_stale, "rule.source_stale", stale_sources},
    {"onchain_fees", onchain_fees, "rule.onchain_fees"},
    {"node_not_read", node_not_read, "rule.node_not_read"},
    {"not_synced", not_synced, "rule.not_synced", nullptr, always},
    {"htlc_expiry", htlc_expiry, "rule.htlc_expiry", nullptr, with_channels},
    {"force_close_pending", force_close_pending, "rule.force_close_pending", nullptr, with_pending},
    {"anchor_reserve_low", anchor_reserve_low, "rule.anchor_reserve_low", nullptr, with_reserve},
    {"low_liquidity", low_liquidity, "rule.low_liquidity", nullptr, with_channels_of_the_moment},
    {"peer_flapping", peer_flapping, "rule.peer_flapping", nullptr, with_flaps_of_a_week},
    {"policy_mismatch", policy_mismatch, "rule.policy_mismatch", nullptr, with_channels_of_two_days},
    {"credential_expiring", credential_expiring, "rule.credential_expiring", nullptr, always},
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
