#include "analysis/alerts/all.hpp"

#include "tests/support/scene.hpp"

#include <gtest/gtest.h>
#include <set>

namespace mcp::analysis {
namespace {

TEST(AlertRules, HaveTypesOfTheirOwnAndTellInBothLanguagesWhenTheyFire) {
    std::set<std::string_view> types;
    for (const AlertRule& rule : alert_rules()) {
        EXPECT_TRUE(types.insert(rule.type).second) << rule.type;
        const Message condition{rule.condition_key, {}};
        EXPECT_NE(language::render(condition, language::Language::en),
                  language::render(condition, language::Language::fr));
    }
    EXPECT_EQ(types.size(), 21u);
}

TEST(AlertRules, HaveNothingToSayOfAQuietNode) {
    const auto yesterday = test::quiet_node().at(test::kNoon - test::days{1}).build();
    test::Scene scene(test::quiet_node().build());
    scene.after(yesterday).a_week_after(yesterday);
    for (const AlertRule& rule : alert_rules()) {
        EXPECT_TRUE(rule.findings(scene.input()).empty()) << rule.type;
    }
}

} // namespace
} // namespace mcp::analysis
