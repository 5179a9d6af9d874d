#include "analysis/warnings.hpp"

#include "tests/support/scene.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> said(const domain::Network& network, const GraphHealth& health = {}) {
    std::vector<std::string> texts;
    for (const Message& warning : warnings_about(*test::facts_of(network), health)) {
        texts.push_back(test::english(warning));
    }
    return texts;
}

TEST(Warnings, AreNoneOfASoundGraph) {
    EXPECT_THAT(said(test::quiet_node().build(), {.node_ratio = 0.8, .silent_share = 0.5}), IsEmpty());
}

TEST(Warnings, TellThatAGraphLooksHalfSynchronised) {
    EXPECT_THAT(said(test::quiet_node().build(), {.node_ratio = 0.79, .silent_share = 0.51}),
                ElementsAre("The graph has only 79% of the nodes of the one before: it looks half synchronised.",
                            "51% of the policies in the graph are older than 14 days: it looks half synchronised."));
}

TEST(Warnings, TellWhatAnUndatedGraphWithoutIdsCanNotSay) {
    domain::Network network = test::quiet_node().undated().build();
    network.positional_ids = true;
    EXPECT_THAT(said(network),
                ElementsAre("The graph carries no update times: nothing can be said about silence or age of policies.",
                            "The graph has no short channel ids: channels are numbered by position, their age is "
                            "unknown, and no advice is given on single channels."));
}

TEST(Warnings, CountEveryBrokenRecordAndPointToTheFirst) {
    domain::Network network = test::quiet_node().build();
    network.notes.broken_nodes = 1;
    network.notes.broken_channels = 2;
    network.notes.broken_policies = 3;
    network.notes.self_loops = 4;
    network.notes.first_broken = "edges[17].capacity";
    EXPECT_THAT(said(network),
                ElementsAre("10 broken records were left out of the graph (first: edges[17].capacity)."));
    network.notes = {};
    network.notes.repeated_channels = 1;
    EXPECT_THAT(said(network), ElementsAre("1 channel appears twice in the graph; the newer record was kept."));
}

} // namespace
} // namespace mcp::analysis
