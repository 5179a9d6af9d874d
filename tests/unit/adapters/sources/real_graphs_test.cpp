#include "adapters/sources/gossip_file.hpp"
#include "tests/support/graph_json.hpp"

#include <algorithm>
#include <filesystem>
#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

/// Counted with Python's json module, independently of this reader.
struct RealGraph {
    const char* file;
    std::size_t nodes;
    std::size_t channels;
    std::size_t policies;
    std::int64_t as_of;
    std::int64_t capacity_sats;
};

class SmallRealGraph : public testing::TestWithParam<RealGraph> {};

TEST_P(SmallRealGraph, LoadsWithTheCountsOfAnIndependentReader) {
    const std::string path = MCP_SOURCE_DIR "/../shared/data/" + std::string(GetParam().file);
    if (!std::filesystem::exists(path)) {
        GTEST_SKIP() << "the recorded graph " << path << " is not on this machine";
    }
    const Result<LoadedGraph> loaded = load_graph(path);
    ASSERT_TRUE(loaded) << test::error_text(loaded.error());
    const domain::Network& network = loaded->network;
    EXPECT_EQ(loaded->bytes, std::filesystem::file_size(path));
    EXPECT_EQ(network.nodes.size(), GetParam().nodes);
    EXPECT_EQ(network.channels.size(), GetParam().channels);
    EXPECT_EQ(network.as_of, Time(std::chrono::seconds(GetParam().as_of)));
    Sat capacity;
    std::size_t policies = 0;
    for (const domain::Channel& channel : network.channels) {
        capacity += channel.capacity.value_or(Sat{});
        policies += static_cast<std::size_t>(std::count_if(std::begin(channel.policy), std::end(channel.policy),
                                                           [](const auto& policy) { return policy.has_value(); }));
        EXPECT_LT(network.nodes[channel.node[0]].key, network.nodes[channel.node[1]].key);
    }
    EXPECT_EQ(capacity, Sat{GetParam().capacity_sats});
    EXPECT_EQ(policies, GetParam().policies);
    EXPECT_EQ(network.notes.first_broken, "");
    EXPECT_EQ(network.notes.unlisted_nodes + network.notes.future_updates + network.notes.cleaned_aliases, 0u);
}

INSTANTIATE_TEST_SUITE_P(
    All, SmallRealGraph,
    testing::Values(
        RealGraph{"graph/lnd-testnet-2017-10.describegraph.json", 83, 169, 320, 1507886828, 2185186847},
        RealGraph{"graph/lnd-2024-03-19.subgraph-10.describegraph.json", 10, 13, 26, 1710853799, 281893925},
        RealGraph{"graph/lnd-2024-03-19.subgraph-50.describegraph.json", 50, 78, 156, 1710856837, 1046955248},
        RealGraph{"graph/lnd-2024-03-19.subgraph-100.describegraph.json", 99, 533, 1066, 1710857048, 10637848546},
        RealGraph{"recorded/lnd-simnet/graph.json", 4, 4, 8, 1795451768, 8200000}),
    [](const testing::TestParamInfo<RealGraph>& graph) {
        std::string name(graph.param.file);
        std::replace_if(
            name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
        return name;
    });

} // namespace
} // namespace mcp::adapters
