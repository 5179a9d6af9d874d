#include "graph/what_if.hpp"

#include "adapters/sources/gossip_file.hpp"
#include "graph/betweenness.hpp"
#include "graph/new_channel.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <numeric>

namespace mcp::graph {
namespace {

using domain::Network;
using domain::NodeId;

constexpr Msat kPayment{500'000'000};
constexpr unsigned kThreads = 2;

/// The whole mainnet graph of 2025-10-25, read once for all tests.
class WhatIfOnMainnet : public testing::Test {
protected:
    static std::filesystem::path file() {
        return MCP_SOURCE_DIR "/../shared/data/graph/lnd-2025-10-25.describegraph.json.xz";
    }

    void SetUp() override {
        if (!std::filesystem::exists(file())) {
            GTEST_SKIP() << "no recorded graphs beside the project (../shared/data/graph)";
        }
    }

    static const Network& network() {
        static const Network kNetwork = adapters::load_graph(file()).value().network;
        return kNetwork;
    }

    static const WhatIf& what_if() {
        static const WhatIf kWhatIf = WhatIf::prepare(fee_graph(network(), kPayment), kThreads);
        return kWhatIf;
    }

    /// The first node of the file with 20 to 60 channels that payments pass through.
    static NodeId mid_size_router() {
        NodeId id = 0;
        const auto channels = [&] { return network().channels_of(id).size(); };
        while (channels() < 20 || channels() > 60 || what_if().betweenness(id) == 0) {
            ++id;
        }
        return id;
    }

    static double betweenness_with(const std::vector<domain::Channel>& channels, NodeId node) {
        Network changed;
        changed.nodes = network().nodes;
        changed.channels = channels;
        return betweenness(fee_graph(changed, kPayment), kThreads)[node];
    }
};

void expect_near(double value, double expected) {
    EXPECT_LE(std::abs(value - expected), 1e-9 * std::max(1.0, std::abs(expected))) << value << " for " << expected;
}

TEST_F(WhatIfOnMainnet, TheBestOpeningsOfARouterGainWhatInsertingThemSays) {
    const NodeId node = mid_size_router();
    std::vector<NewChannel> channels;
    std::vector<Opening> openings;
    for (NodeId peer = 0; peer < network().nodes.size(); ++peer) {
        if (peer != node) {
            channels.push_back({.peer = peer,
                                .own_fee_rate = likely_fee_rate(network(), node).rate,
                                .peer_fee_rate = likely_fee_rate(network(), peer).rate});
            openings.push_back(opening_of(channels.back(), node, kPayment));
        }
    }
    const std::vector<OpeningGain> gains = what_if().open_gains(node, openings);
    std::vector<std::size_t> best(gains.size());
    std::iota(best.begin(), best.end(), 0);
    std::ranges::sort(best, std::greater<>(), [&](std::size_t i) { return gains[i].total(); });
    const double today = what_if().betweenness(node);
    expect_near(today, betweenness_with(network().channels, node));
    for (const std::size_t rank : {0u, 1u, 2u, 30u, 1000u}) {
        std::vector<domain::Channel> inserted = network().channels;
        inserted.push_back(planned(channels[best[rank]], node));
        expect_near(today + gains[best[rank]].total(), betweenness_with(inserted, node));
    }
}

TEST_F(WhatIfOnMainnet, ClosingARelationOfARouterLosesWhatLeavingItOutSays) {
    const NodeId node = mid_size_router();
    std::vector<Closing> closings;
    for (const domain::ChannelIx ix : network().channels_of(node)) {
        closings.push_back({network().channels[ix].peer_of(node), std::nullopt, std::nullopt});
    }
    const std::vector<double> losses = what_if().close_losses(node, closings);
    const double today = what_if().betweenness(node);
    const std::size_t greatest = static_cast<std::size_t>(std::ranges::max_element(losses) - losses.begin());
    for (const std::size_t i : {std::size_t{0}, greatest}) {
        std::vector<domain::Channel> left = network().channels;
        std::erase_if(left, [&](const domain::Channel& channel) {
            return (channel.node[0] == node || channel.node[1] == node) && channel.peer_of(node) == closings[i].peer;
        });
        expect_near(today - losses[i], betweenness_with(left, node));
    }
}

} // namespace
} // namespace mcp::graph
