#include "tests/support/scene.hpp"

#include "analysis/score/all.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

TEST(PrivateParts, AreNeverGuessedFromPublicData) {
    const test::DayOfUs day(test::quiet_node().build());
    for (const PartResult& part : {liquidity(day.us), flow(day.us)}) {
        EXPECT_EQ(test::why(part.value), test::needs_node());
        EXPECT_EQ(part.value.absence().source, domain::source::kNode);
        EXPECT_EQ(test::english(part.inputs), "absent");
    }
}

} // namespace
} // namespace mcp::analysis
