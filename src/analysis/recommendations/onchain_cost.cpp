#include "analysis/recommendations/onchain_cost.hpp"

#include "analysis/outside/onchain_fees.hpp"
#include "analysis/outside/source_gaps.hpp"

#include <cmath>

namespace mcp::analysis {
namespace {

using domain::Figure;

/// Today's rate for confirmation within an hour, sat/vB.
Figure<double> rate_today(const RuleInput& in) {
    if (in.surroundings == nullptr) {
        return why_untold(state_of({}, domain::source::kMempool));
    }
    return hour_of_today(in.surroundings->onchain, in.surroundings->now);
}

Sat cost_of(double sat_per_vbyte, std::int64_t vbytes) {
    constexpr double kNoise = 1e-6; // of the binary fraction: 0.1 x 10 costs 1 sat, not 2
    return Sat{static_cast<std::int64_t>(std::ceil(sat_per_vbyte * static_cast<double>(vbytes) - kNoise))};
}

/// The sentence, and to wait on a day of dear fees.
std::vector<Message> advised(Message cost, const domain::OnchainFigures& fees) {
    std::vector<Message> sentence{std::move(cost)};
    if (!fees.level || *fees.level != domain::FeeLevel::dear) {
        return sentence;
    }
    return {{"advice.cost.dear", {{"cost", std::move(sentence)}, {"usual", rate_words(*fees.usual_hour)}}}};
}

void append(domain::Recommendation& advice, std::vector<Message> cost) {
    std::vector<Message> text{std::move(advice.description)};
    advice.description = {"advice.with_cost", {{"text", std::move(text)}, {"cost", std::move(cost)}}};
}

} // namespace

void tell_opening_cost(domain::Recommendation& advice, const RuleInput& in) {
    const Figure<double> rate = rate_today(in);
    advice.onchain_cost = rate.map([](double r) { return cost_of(r, kOpeningVbytes); });
    if (rate) {
        append(advice, advised({"advice.cost.open",
                                {{"cost", *advice.onchain_cost},
                                 {"rate", rate_words(*rate)},
                                 {"vbytes", kOpeningVbytes},
                                 {"more", kFurtherInputVbytes}}},
                               in.surroundings->onchain));
    }
}

void tell_force_close_cost(domain::Recommendation& advice, const RuleInput& in) {
    const Figure<double> rate = rate_today(in);
    advice.onchain_cost = rate.map([](double r) { return cost_of(r, kForceCloseVbytes); });
    if (rate) {
        append(advice,
               advised({"advice.cost.force_close",
                        {{"cost", *advice.onchain_cost}, {"rate", rate_words(*rate)}, {"vbytes", kForceCloseVbytes}}},
                       in.surroundings->onchain));
    }
}

domain::Absence sweep_cost_untold() {
    return {{"absent.sweep_cost_untold", {}}, domain::source::kNode};
}

domain::Absence sending_cost_untold() {
    return {{"absent.sending_cost_untold", {}}, domain::source::kNode};
}

} // namespace mcp::analysis
