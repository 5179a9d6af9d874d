#include "analysis/alerts/all.hpp"
#include "base/statistics.hpp"

namespace mcp::analysis {
namespace {

std::vector<double> own_fee_rates(const NodeView& view) {
    std::vector<double> rates;
    for (const OwnChannel& channel : view.channels()) {
        if (channel.own_policy() && !channel.own_policy()->disabled) {
            rates.push_back(static_cast<double>(channel.own_policy()->fee_rate.value));
        }
    }
    std::sort(rates.begin(), rates.end());
    return rates;
}

} // namespace

// Rates a thousandfold apart are rarely a plan: often one channel kept a default or a "do not use" price.
std::optional<Finding> high_fee_variance(const RuleInput& in) {
    const std::vector<double> rates = own_fee_rates(in.today.view);
    if (rates.size() < in.thresholds.fee_spread_channels) {
        return std::nullopt;
    }
    const double low = *percentile(rates, 0.1);
    const double high = *percentile(rates, 0.9);
    if (high <= in.thresholds.fee_spread * std::max(low, 1.0)) { // below 1 ppm a ratio says nothing
        return std::nullopt;
    }
    return Finding{.severity = domain::Severity::info,
                   .title = {"alert.high_fee_variance.title", {}},
                   .description = {"alert.high_fee_variance.description",
                                   {{"low", Ppm{static_cast<std::int64_t>(low)}},
                                    {"high", Ppm{static_cast<std::int64_t>(high)}},
                                    {"count", static_cast<std::int64_t>(rates.size())}}}};
}

} // namespace mcp::analysis
