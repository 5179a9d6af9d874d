#include "bench/calibration/rule_shares.hpp"

#include "tests/real/real_data.hpp"

namespace mcp::calibration {
namespace {

using namespace std::chrono_literals;

constexpr Day kFirstDay = std::chrono::sys_days{2025y / 10 / 23};
constexpr std::size_t kFirstDayOfMonth = 23;
constexpr double kNewsForAtMost = 0.01; // of the nodes with five channels or more, on one day
constexpr double kStandsForAtMost = 0.15;

/// The three days of October 2025, read once for all tests.
const Recording& october() {
    static const Recording kRecording = [] {
        std::vector<std::unique_ptr<analysis::DayFacts>> days;
        for (int i = 0; i < 3; ++i) {
            days.push_back(
                facts_of_file(real::data_file(real::october_file(23 + i)), kFirstDay + std::chrono::days{i}));
        }
        return Recording(std::move(days));
    }();
    return kRecording;
}

class AlertRules : public testing::TestWithParam<std::size_t /* of the month */> {
protected:
    void SetUp() override {
        for (int day = 23; day <= 25; ++day) {
            SKIP_WITHOUT(real::october_file(day));
        }
    }
};

TEST_P(AlertRules, AreNewsForOneNodeOfAHundredAtMostAndStandForFew) {
    for (const analysis::AlertRule& rule : analysis::alert_rules()) {
        if (rule.check == nullptr) {
            continue; // it looks at sources, not at nodes
        }
        const RuleShare share = share_of_rule(rule.check, october(), GetParam() - kFirstDayOfMonth, {});
        EXPECT_GT(share.nodes, 2000u);
        EXPECT_LE(share.newly, kNewsForAtMost) << rule.type;
        EXPECT_LE(share.standing, kStandsForAtMost)
            << rule.type << ": a condition of so many is a figure, not an alert";
    }
}

TEST_P(AlertRules, AboutStatesOfNodesAreNotAsleep) {
    for (const auto check : {analysis::node_unreachable, analysis::channel_inactive, analysis::stale_channels,
                             analysis::poor_connectivity, analysis::high_fee_variance, analysis::fee_out_of_market}) {
        EXPECT_GT(share_of_rule(check, october(), GetParam() - kFirstDayOfMonth, {}).standing, 0.005);
    }
}

INSTANTIATE_TEST_SUITE_P(October2025, AlertRules, testing::Values(24, 25), testing::PrintToStringParamName());

} // namespace
} // namespace mcp::calibration
