#include "bench/calibration/candidates.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace mcp::calibration {
namespace {

using analysis::Finding;
using analysis::RuleInput;
using analysis::Thresholds;

/// poor_connectivity, heard only when this is one of its causes.
Check connectivity_because(std::string_view cause) {
    return [=](const RuleInput& in) -> std::optional<Finding> {
        std::optional<Finding> finding = analysis::poor_connectivity(in);
        if (!finding) {
            return std::nullopt;
        }
        const auto& causes = std::get<std::vector<Message>>(finding->description.args.front().value);
        const bool named = std::any_of(causes.begin(), causes.end(), [&](const Message& m) { return m.key == cause; });
        return named ? finding : std::nullopt;
    };
}

template <typename T>
void vary(std::vector<Candidate>& list, std::string_view rule, std::string_view what, const Check& check,
          T Thresholds::*which, std::initializer_list<T> values) {
    for (const T value : values) {
        Thresholds thresholds;
        thresholds.*which = value;
        list.push_back({std::string(rule), fmt::format("{} {}", what, value), check, thresholds});
    }
}

void vary_fall(std::vector<Candidate>& list) {
    const Check fall = connectivity_because("alert.poor_connectivity.position_lost");
    for (const double percentile : {0.0, 50.0, 75.0, 90.0}) {
        for (const double share : {0.3, 0.5, 0.7, 0.8, 0.9}) {
            Thresholds thresholds;
            thresholds.betweenness_fall = share;
            thresholds.betweenness_min_percentile = percentile;
            list.push_back({"poor_connectivity",
                            fmt::format("betweenness -{:.0f} % from percentile {} up", 100 * share, percentile), fall,
                            thresholds});
        }
    }
}

} // namespace

std::vector<Candidate> candidates() {
    const auto shares = {0.1, 0.25, 0.5, 0.75};
    std::vector<Candidate> list;
    vary(list, "channel_inactive", "share of capacity", analysis::channel_inactive, &Thresholds::inactive_share,
         shares);
    vary(list, "stale_channels", "share of capacity", analysis::stale_channels, &Thresholds::silent_share, shares);
    vary(list, "capacity_drop", "share lost", analysis::capacity_drop, &Thresholds::capacity_drop,
         {0.05, 0.1, 0.15, 0.2, 0.3});
    vary(list, "high_fee_variance", "p90/p10 above", analysis::high_fee_variance, &Thresholds::fee_spread,
         {20.0, 100.0, 300.0, 1000.0, 2500.0});
    vary(list, "fee_out_of_market", "share of compared capacity", analysis::fee_out_of_market,
         &Thresholds::out_of_market_share, {0.1, 0.25, 0.5, 0.75, 0.9});
    vary<std::size_t>(list, "poor_connectivity", "peers below",
                      connectivity_because("alert.poor_connectivity.few_peers"), &Thresholds::few_peers, {2, 3, 4, 5});
    list.push_back({"poor_connectivity", "one peer cuts off", connectivity_because("alert.poor_connectivity.cut_off"),
                    Thresholds{}});
    vary_fall(list);
    return list;
}

} // namespace mcp::calibration
