#include "analysis/recommendations/all.hpp"

#include "analysis/recommendations/building.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

constexpr std::size_t kMost = 10; // nobody does more in a day

constexpr RecommendationRule kRules[] = {
    {"close_silent", close_silent, "rule.close_silent"},
    {"reconnect_silent", reconnect_silent, "rule.reconnect_silent"},
    {"enable_own_side", enable_own_side, "rule.enable_own_side"},
    {"lower_price", lower_price, "rule.lower_price"},
    {"raise_price", raise_price, "rule.raise_price"},
    {"raise_max_htlc", raise_max_htlc, "rule.raise_max_htlc"},
    {"open_to_best", open_to_best, "rule.open_to_best"},
    {"second_way", second_way, "rule.second_way"},
    {"announce_clearnet", announce_clearnet, "rule.announce_clearnet"},
    {"rescue_payment", rescue_payment, "rule.rescue_payment"},
    {"collect_force_close", collect_force_close, "rule.collect_force_close"},
    {"more_outbound", more_outbound, "rule.more_outbound"},
    {"more_inbound", more_inbound, "rule.more_inbound"},
    {"renew_credential", renew_credential, "rule.renew_credential"},
    {"top_up_reserve", top_up_reserve, "rule.top_up_reserve"},
    {"announce_price", announce_price, "rule.announce_price"},
};

} // namespace

std::span<const RecommendationRule> recommendation_rules() {
    return kRules;
}

std::vector<domain::Recommendation> recommendations(const RuleInput& in) {
    std::vector<domain::Recommendation> advice;
    for (const RecommendationRule& rule : kRules) {
        if (std::optional<domain::Recommendation> one = rule.advise(in)) {
            one->rule = rule.rule;
            keep_own_command(*one, in);
            advice.push_back(std::move(*one));
        }
    }
    std::stable_sort(advice.begin(), advice.end(),
                     [](const auto& a, const auto& b) { return a.impact_score > b.impact_score; });
    advice.erase(advice.begin() + static_cast<std::ptrdiff_t>(std::min(advice.size(), kMost)), advice.end());
    return advice;
}

} // namespace mcp::analysis
