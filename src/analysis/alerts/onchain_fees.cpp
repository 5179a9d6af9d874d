#include "analysis/outside/onchain_fees.hpp"
#include "analysis/alerts/all.hpp"

namespace mcp::analysis {

// A day to open and close channels that can wait for it, or one to let them wait. The same for every node: only told.
std::optional<Finding> onchain_fees(const RuleInput& in) {
    if (in.surroundings == nullptr || !in.surroundings->onchain.level ||
        *in.surroundings->onchain.level == domain::FeeLevel::normal) {
        return std::nullopt;
    }
    const domain::OnchainFigures& fees = in.surroundings->onchain;
    const bool is_cheap = *fees.level == domain::FeeLevel::cheap;
    const LevelRun run = run_of_level(*in.surroundings->outside, *fees.level);
    return Finding{
        .severity = domain::Severity::info,
        .title = {is_cheap ? "alert.onchain_fees.cheap" : "alert.onchain_fees.dear",
                  {{"rate", rate_words(*fees.hour)}}},
        .description = {is_cheap ? "alert.onchain_fees.cheap_description" : "alert.onchain_fees.dear_description",
                        {{"usual", rate_words(*fees.usual_hour)},
                         {"days", std::int64_t{fees.days_compared}},
                         {"time", *fees.as_of}}},
        .standing = Standing{.days = run.days, .before_is_known = run.before_is_known}};
}

} // namespace mcp::analysis
