#include "graph/graph_diff.hpp"

#include "tests/real/real_data.hpp"

#include <algorithm>
#include <boost/json.hpp>

namespace mcp::graph {
namespace {

namespace json = boost::json;

json::object published_changes(const std::string& day) {
    const json::value days = json::parse(real::read_unpacked(real::data_file("expected/daily-changes.json")));
    for (const json::value& entry : days.as_array()) {
        if (entry.at("day").as_string() == day) {
            return entry.as_object();
        }
    }
    throw std::runtime_error("no such day: " + day);
}

void expect_equal_to_published(int older_day, int newer_day) {
    const json::object published = published_changes("2025-10-" + std::to_string(newer_day));
    const domain::Network& newer = real::october(newer_day);
    const GraphDiff diff = graph_diff(real::october(older_day), newer).value();
    EXPECT_EQ(newer.channels.size(), published.at("channels").to_number<std::uint64_t>());
    EXPECT_EQ(diff.opened.size(), published.at("opened").to_number<std::uint64_t>());
    EXPECT_EQ(diff.gone.size(), published.at("gone").to_number<std::uint64_t>());
    EXPECT_EQ(diff.fee_changes(), published.at("fee_changes").to_number<std::uint64_t>());
    EXPECT_EQ(diff.disable_flips(), published.at("disable_flips").to_number<std::uint64_t>());
    EXPECT_EQ(diff.updates(), published.at("updates").to_number<std::uint64_t>());
}

TEST(PublishedDailyChanges, EqualOursOfThe24th) {
    SKIP_WITHOUT("expected/daily-changes.json");
    expect_equal_to_published(23, 24);
}

TEST(PublishedDailyChanges, EqualOursOfThe25th) {
    SKIP_WITHOUT("expected/daily-changes.json");
    expect_equal_to_published(24, 25);
}

/// What is told to each node is the whole diff, told twice: once to either end.
TEST(NodeChanges, OfAllNodesAddUpToTheWholeDiff) {
    SKIP_WITHOUT(real::october_file(24));
    const domain::Network& older = real::october(24);
    const domain::Network& newer = real::october(25);
    const GraphDiff diff = graph_diff(older, newer).value();
    std::map<NodeChangeKind, std::uint64_t> told;
    for (const domain::Network* network : {&older, &newer}) {
        for (const domain::Node& node : network->nodes) {
            if (network == &newer && older.find(node.key)) {
                continue; // told already
            }
            const std::vector<NodeChange> changes = node_changes(older, newer, node.key).value();
            for (const NodeChange& change : changes) {
                ++told[change.kind];
            }
        }
    }
    EXPECT_EQ(told[NodeChangeKind::opened], 2 * diff.opened.size());
    EXPECT_EQ(told[NodeChangeKind::closed], 2 * diff.gone.size());
    const auto repriced = std::count_if(diff.directions.begin(), diff.directions.end(),
                                        [](const DirectionChange& change) { return change.repriced; });
    EXPECT_EQ(told[NodeChangeKind::repriced], 2 * static_cast<std::uint64_t>(repriced));
    EXPECT_GE(static_cast<std::uint64_t>(repriced), diff.fee_changes()) << "a node also hears of inbound base fees";
}

} // namespace
} // namespace mcp::graph
