#include "tests/support/outside_samples.hpp"
#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::SourceState;
using domain::SourceStatus;
using test::Beside;
using test::Scene;
using test::source_in;

std::vector<Finding> found(std::vector<SourceState> graphs, std::vector<SourceState> others) {
    domain::Outside outside;
    outside.states = std::move(others);
    const Beside beside(std::move(outside), std::move(graphs));
    const Surroundings surroundings = beside.surroundings();
    return source_missing(Scene(test::quiet_node().build()).beside(surroundings).input());
}

const Message kRefused{"system.not_allowed", {}};
const SourceState kFile = source_in(domain::source::kGraph, SourceStatus::ok);

TEST(SourceMissing, TellsOnceOfEachConfiguredSourceThatGaveNothing) {
    const std::vector<Finding> findings =
        found({kFile}, {source_in(domain::source::kMempool, SourceStatus::unavailable, kRefused),
                        source_in(domain::source::kAmboss, SourceStatus::unavailable)});
    ASSERT_EQ(findings.size(), 2u);
    EXPECT_EQ(findings[0].subject, "mempool");
    EXPECT_EQ(
        test::said(findings[0]),
        "info\n"
        "mempool is configured, but gave nothing\n"
        "Why: permission denied; check its owner and mode. The report stands without what mempool tells; 'mcp-api "
        "check sources' tries it again.");
    EXPECT_EQ(findings[1].subject, "amboss");
    EXPECT_EQ(test::english(findings[1].description).substr(0, 29), "Why: it could not be asked. T");
}

TEST(SourceMissing, TellsWhatAnotherGraphMeans) {
    const std::vector<Finding> findings =
        found({kFile, source_in(domain::source::kLndGraph, SourceStatus::unavailable, kRefused)}, {});
    ASSERT_EQ(findings.size(), 1u);
    EXPECT_EQ(findings[0].subject, "lnd_graph");
    EXPECT_EQ(test::said(findings[0]),
              "info\n"
              "LND is configured, but gave nothing\n"
              "Why: permission denied; check its owner and mode. Another graph served instead of that of LND: another "
              "node's view of the network, or an older one. 'mcp-api check sources' tries it again.");
}

TEST(SourceMissing, DoesNotClaimToKnowSinceWhen) {
    const Finding finding = found({kFile}, {source_in(domain::source::kMempool, SourceStatus::unavailable)}).at(0);
    ASSERT_TRUE(finding.standing);
    EXPECT_EQ(finding.standing->days, 1);
    EXPECT_FALSE(finding.standing->before_is_known);
}

TEST(SourceMissing, SaysNothingOfSourcesThatAnsweredOrThatNobodyConfigured) {
    EXPECT_TRUE(found({kFile}, {source_in(domain::source::kMempool, SourceStatus::ok),
                                source_in(domain::source::kAmboss, SourceStatus::stale, kRefused),
                                source_in(domain::source::kNode, SourceStatus::not_configured)})
                    .empty());
    EXPECT_TRUE(source_missing(Scene(test::quiet_node().build()).input()).empty());
}

} // namespace
} // namespace mcp::analysis
