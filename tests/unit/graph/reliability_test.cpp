#include "graph/reliability.hpp"

#include "tests/support/small_network.hpp"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>
#include <set>

namespace mcp::graph {
namespace {

using domain::Network;
using test::channel;
using test::kLongAgo;
using test::policy;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::uint32_t kRemoved = UINT32_MAX;

/// Size of the connected part of each vertex once `removed` is gone, by plain search. kRemoved for `removed` itself.
std::vector<std::uint32_t> part_sizes(const CsrGraph& hops, std::optional<Vertex> removed) {
    std::vector<std::uint32_t> sizes(hops.vertices(), 0);
    if (removed) {
        sizes[*removed] = kRemoved;
    }
    for (Vertex start = 0; start < hops.vertices(); ++start) {
        if (sizes[start] != 0) {
            continue;
        }
        std::set<Vertex> part = {start};
        std::vector<Vertex> open = {start};
        while (!open.empty()) {
            const Vertex vertex = open.back();
            open.pop_back();
            for (const Vertex target : hops.targets(vertex)) {
                if (target != removed && part.insert(target).second) {
                    open.push_back(target);
                }
            }
        }
        for (const Vertex vertex : part) {
            sizes[vertex] = static_cast<std::uint32_t>(part.size());
        }
    }
    return sizes;
}

std::uint32_t largest(std::vector<std::uint32_t> sizes) {
    std::erase(sizes, kRemoved);
    return sizes.empty() ? 0 : *std::max_element(sizes.begin(), sizes.end());
}

std::vector<Vertex> cutting_peers_by_search(const CsrGraph& hops, Vertex node) {
    std::vector<Vertex> cutting;
    const std::vector<std::uint32_t> whole = part_sizes(hops, std::nullopt);
    if (whole[node] < largest(whole)) {
        return cutting;
    }
    for (const Vertex peer : hops.targets(node)) {
        const std::vector<std::uint32_t> left = part_sizes(hops, peer);
        if (left[node] < largest(left)) {
            cutting.push_back(peer);
        }
    }
    return cutting;
}

/// Removing an articulation point leaves its old part in more than one piece.
bool is_articulation_by_search(const CsrGraph& hops, Vertex node) {
    const std::vector<std::uint32_t> whole = part_sizes(hops, std::nullopt);
    const std::vector<std::uint32_t> left = part_sizes(hops, node);
    for (const Vertex peer : hops.targets(node)) {
        if (left[peer] != whole[node] - 1) {
            return true;
        }
    }
    return false;
}

Network line_of(std::uint32_t nodes) {
    std::vector<domain::Channel> channels;
    for (std::uint32_t node = 0; node + 1 < nodes; ++node) {
        channels.push_back(channel(node + 1, node, node + 1, 1, std::nullopt, std::nullopt));
    }
    return test::network(nodes, std::move(channels));
}

RC_GTEST_PROP(Connectivity, EqualsRemovingEachNodeAndSearching, ()) {
    const auto nodes = *rc::gen::inRange<std::uint32_t>(1, 16);
    const auto channels = *rc::gen::inRange<std::uint32_t>(0, 24);
    const CsrGraph hops = hop_graph(test::any_network(nodes, channels, *rc::gen::arbitrary<std::uint32_t>()));
    const Connectivity connectivity(hops);
    const std::vector<std::uint32_t> sizes = part_sizes(hops, std::nullopt);
    for (Vertex node = 0; node < nodes; ++node) {
        RC_ASSERT(connectivity.in_main_part(node) == (sizes[node] == largest(sizes)));
        RC_ASSERT(connectivity.is_articulation(node) == is_articulation_by_search(hops, node));
        RC_ASSERT(connectivity.cutting_peers(node) == cutting_peers_by_search(hops, node));
    }
}

TEST(Connectivity, KnowsThePeerOnWhichALeafHangs) {
    const Connectivity connectivity(hop_graph(line_of(5)));
    EXPECT_THAT(connectivity.cutting_peers(0), ElementsAre(1));
    EXPECT_THAT(connectivity.cutting_peers(1), IsEmpty()) << "without 2 it is in one of two halves of equal size";
    EXPECT_THAT(connectivity.cutting_peers(2), IsEmpty());
    EXPECT_FALSE(connectivity.is_articulation(0));
    EXPECT_TRUE(connectivity.is_articulation(2));
}

TEST(Connectivity, BearsAChainTooLongForRecursion) {
    const Connectivity connectivity(hop_graph(line_of(300'000)));
    EXPECT_THAT(connectivity.cutting_peers(1), ElementsAre(2));
}

TEST(CapacityByPeer, PutsAllChannelsOfAPeerTogether) {
    const Network network = test::network(3, {channel(1, 0, 1, 1'000'000, std::nullopt, std::nullopt),
                                              channel(2, 0, 2, 2'000'000, std::nullopt, std::nullopt),
                                              channel(3, 0, 1, 5'000'000, std::nullopt, std::nullopt)});
    const std::vector<PeerShare> shares = capacity_by_peer(network, 0);
    ASSERT_EQ(shares.size(), 2u);
    EXPECT_EQ(shares[0].peer, 1u);
    EXPECT_EQ(shares[0].capacity, Sat{6'000'000});
    EXPECT_EQ(shares[0].share, 0.75);
    EXPECT_EQ(shares[1].share, 0.25);
    EXPECT_EQ(concentration(shares), 0.625);
}

TEST(CapacityByPeer, IsUnknownWhereNoCapacityIs) {
    domain::Channel unknown_size = channel(1, 0, 1, 1, std::nullopt, std::nullopt);
    unknown_size.capacity = std::nullopt;
    const std::vector<PeerShare> shares = capacity_by_peer(test::network(2, {unknown_size}), 0);
    EXPECT_THAT(shares, IsEmpty());
    EXPECT_EQ(concentration(shares), std::nullopt);
}

TEST(SilentCapital, SumsChannelsThatNeitherEndTends) {
    const domain::Policy old = policy(0, 0, kLongAgo);
    const Network network =
        test::network(2, {channel(1, 0, 1, 1'000'000, old, old), channel(2, 0, 1, 7, old, policy(0, 0)),
                          channel(3, 0, 1, 3'000'000, old, std::nullopt)});
    const std::optional<SilentCapital> silent = silent_capital(network, 0);
    ASSERT_TRUE(silent);
    EXPECT_EQ(silent->capacity, Sat{4'000'000});
    EXPECT_THAT(silent->channels, ElementsAre(2, 0));
}

TEST(SilentCapital, IsAbsentWithoutDates) {
    EXPECT_FALSE(silent_capital(test::network(1, {}, std::nullopt), 0));
}

} // namespace
} // namespace mcp::graph
