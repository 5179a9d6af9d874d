#pragma once
#include "analysis/rule_input.hpp"
#include "domain/report.hpp"

#include <optional>
#include <span>
#include <string_view>

namespace mcp::analysis {

using Advise = std::optional<domain::Recommendation> (*)(const RuleInput&);

struct RecommendationRule {
    std::string_view rule;
    Advise advise;
    std::string_view condition_key; ///< message that tells when it is given, for the printed table of rules
};

/// THE TABLE of recommendation rules. A new one is a new file beside this one and a row here.
[[nodiscard]] std::span<const RecommendationRule> recommendation_rules();

/// All that apply, highest impact first, at most ten.
[[nodiscard]] std::vector<domain::Recommendation> recommendations(const RuleInput& in);

std::optional<domain::Recommendation> close_silent(const RuleInput& in);
std::optional<domain::Recommendation> reconnect_silent(const RuleInput& in);
std::optional<domain::Recommendation> enable_own_side(const RuleInput& in);
std::optional<domain::Recommendation> lower_price(const RuleInput& in);
std::optional<domain::Recommendation> raise_price(const RuleInput& in);
std::optional<domain::Recommendation> raise_max_htlc(const RuleInput& in);
std::optional<domain::Recommendation> open_to_best(const RuleInput& in);
std::optional<domain::Recommendation> second_way(const RuleInput& in);
std::optional<domain::Recommendation> announce_clearnet(const RuleInput& in);

// From what the node itself told today.
std::optional<domain::Recommendation> rescue_payment(const RuleInput& in);
std::optional<domain::Recommendation> collect_force_close(const RuleInput& in);
std::optional<domain::Recommendation> more_outbound(const RuleInput& in);
std::optional<domain::Recommendation> more_inbound(const RuleInput& in);
std::optional<domain::Recommendation> renew_credential(const RuleInput& in);
std::optional<domain::Recommendation> top_up_reserve(const RuleInput& in);
std::optional<domain::Recommendation> announce_price(const RuleInput& in);

} // namespace mcp::analysis
