#include "analysis/outside/source_gaps.hpp"

#include "tests/support/outside_samples.hpp"
#include "tests/support/scene.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::SourceStatus;
using test::source_in;

TEST(SourceGaps, NameSourcesAsPeopleKnowThem) {
    EXPECT_EQ(display_name(domain::source::kLndGraph), "LND");
    EXPECT_EQ(display_name(domain::source::kClnGraph), "Core Lightning");
    EXPECT_EQ(display_name(domain::source::kRgs), "Rapid Gossip Sync");
    EXPECT_EQ(display_name(domain::source::kAmboss), "Amboss");
    EXPECT_EQ(display_name(domain::source::kMempool), "mempool");
    EXPECT_EQ(display_name(domain::source::kGraph), "gossip_file");
}

TEST(SourceGaps, TakeASourceThatIsNotThereForNotConfigured) {
    const std::vector<domain::SourceState> states = {source_in(domain::source::kMempool, SourceStatus::stale)};
    EXPECT_EQ(state_of(states, domain::source::kMempool).status, SourceStatus::stale);
    EXPECT_EQ(state_of(states, domain::source::kAmboss).status, SourceStatus::not_configured);
    EXPECT_EQ(state_of(states, domain::source::kAmboss).name, domain::source::kAmboss);
}

TEST(SourceGaps, GiveTheReasonThatFollowsFromTheState) {
    const auto why = [](SourceStatus status, std::optional<Message> error = {}) {
        const domain::Absence gap = why_untold(source_in(domain::source::kAmboss, status, std::move(error)));
        EXPECT_EQ(gap.source, domain::source::kAmboss);
        return test::english(gap.reason);
    };
    EXPECT_EQ(why(SourceStatus::not_configured), "Amboss is not configured");
    EXPECT_EQ(why(SourceStatus::unavailable), "Amboss is unavailable");
    EXPECT_EQ(why(SourceStatus::unavailable, Message{"system.disk_full", {}}),
              "Amboss is unavailable: no space left; free some and try again");
    EXPECT_EQ(why(SourceStatus::ok), "Amboss did not tell it");
    EXPECT_EQ(why(SourceStatus::stale), "Amboss did not tell it");
    EXPECT_EQ(why(SourceStatus::stale, Message{"system.disk_full", {}}),
              "Amboss did not tell it: no space left; free some and try again");
}

} // namespace
} // namespace mcp::analysis
