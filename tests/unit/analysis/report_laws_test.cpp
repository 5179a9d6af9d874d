#include "analysis/compose.hpp"

#include "tests/support/outside_samples.hpp"
#include "tests/support/report_lines.hpp"
#include "tests/support/scene.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <random>
#include <set>

/// Laws that hold of the report of any node in any network.
namespace mcp::analysis {
namespace {

using domain::Network;
using domain::NodeId;
using domain::Report;
using test::ReportLine;

/// The same network with its nodes and channels in another order. Keys, aliases and ids stay.
Network relabelled(const Network& network, std::uint32_t seed) {
    std::mt19937 chance(seed);
    std::vector<NodeId> place(network.nodes.size());
    std::iota(place.begin(), place.end(), NodeId{0});
    std::shuffle(place.begin(), place.end(), chance);
    Network moved = network;
    for (NodeId id = 0; id < network.nodes.size(); ++id) {
        moved.nodes[place[id]] = network.nodes[id];
    }
    for (domain::Channel& channel : moved.channels) {
        channel.node[0] = place[channel.node[0]];
        channel.node[1] = place[channel.node[1]];
    }
    std::shuffle(moved.channels.begin(), moved.channels.end(), chance);
    moved.index();
    return moved;
}

/// A random network whose channels are up to 60 days old, some of unknown capacity, one funding output in two known.
Network random_network(std::uint32_t seed) {
    Network network = test::any_network(24, 60, seed);
    for (domain::Channel& channel : network.channels) {
        const std::uint64_t number = channel.id.value;
        channel.id.value = (test::kNewestBlock - 144 * number) << 40;
        channel.funding_outpoint = number % 2 == 0 ? "" : fmt::format("funding{}:0", number);
        if ((number * 31 + seed) % 11 == 0) {
            channel.capacity.reset();
        }
    }
    network.index();
    return network;
}

/// The day before: some channels were not there yet, all that was announced was announced a day earlier.
Network the_day_before(Network network) {
    constexpr std::chrono::days kOneDay{1};
    *network.as_of -= kOneDay;
    std::erase_if(network.channels, [](const domain::Channel& channel) { return channel.id.block() % 5 == 0; });
    for (domain::Channel& channel : network.channels) {
        channel.updated = channel.updated ? std::optional(*channel.updated - kOneDay) : std::nullopt;
        for (auto& policy : channel.policy) {
            if (policy) {
                *policy->updated -= kOneDay;
                policy->fee_rate.value += channel.id.block() % 3 == 0 ? 250 : 0;
            }
        }
    }
    network.index();
    return network;
}

/// What other sources say, with gaps by chance: each source in any state, each figure told or not.
domain::Outside random_outside(std::uint32_t seed) {
    std::mt19937 chance(seed);
    const auto one_in = [&](std::uint32_t n) { return chance() % n == 0; };
    domain::Outside outside = test::planted_outside();
    outside.states.clear();
    bool mempool_is_silent = false;
    for (const std::string_view source : {domain::source::kMempool, domain::source::kAmboss}) {
        const auto status = static_cast<domain::SourceStatus>(chance() % 4);
        const bool is_silent =
            status == domain::SourceStatus::unavailable || status == domain::SourceStatus::not_configured;
        if (status != domain::SourceStatus::not_configured || one_in(2)) {
            outside.states.push_back(test::source_in(source, status, Message{"system.not_allowed", {}}));
        }
        mempool_is_silent = mempool_is_silent || (is_silent && source == domain::source::kMempool);
        if (is_silent) {
            std::erase_if(outside.networks, [&](const auto& row) { return row.source == source; });
            std::erase_if(outside.nodes, [&](const auto& row) { return row.source == source; });
            std::erase_if(outside.closed_channels, [&](const auto& row) { return row.source == source; });
            std::erase(outside.closings_told_by, source);
        }
    }
    outside.fees_of_days.resize(chance() % (outside.fees_of_days.size() + 1));
    outside.fees->hour = static_cast<double>(1 + chance() % 200) / 10;
    outside.fees->asked_at -= test::hours{chance() % 40};
    if (mempool_is_silent || one_in(4)) {
        outside.fees.reset();
    }
    if (mempool_is_silent || one_in(4)) {
        outside.price.reset();
    }
    for (domain::ProviderNode& node : outside.nodes) {
        node.channels = one_in(2) ? std::nullopt : node.channels;
    }
    return outside;
}

Report report_of(const Network& yesterday, const Network& today, const domain::PubKey& key,
                 const domain::Outside* outside = nullptr, bool is_live = false, Time now = test::kNoon) {
    const auto before = test::facts_of(yesterday);
    const auto facts = test::facts_of(today);
    const DayFacts* const history[] = {before.get()};
    return compose({.today = *facts,
                    .history = history,
                    .node = *facts->network.find(key),
                    .open_advice = nullptr,
                    .graph_is_live = is_live,
                    .outside = outside,
                    .thresholds = {},
                    .report_id = {},
                    .user_id = {},
                    .tenant_id = {},
                    .generated_at = now});
}

/// Calls law(report, today's graph, yesterday's graph, what other sources say or nothing) for nodes of many random
/// networks.
template <typename Law>
void for_any_input(Law law) {
    for (std::uint32_t seed = 1; seed <= 10; ++seed) {
        const Network today = random_network(seed);
        const Network yesterday = the_day_before(today);
        for (NodeId node = seed % 3; node < today.nodes.size(); node += 4) {
            SCOPED_TRACE(fmt::format("seed {}, node {}", seed, node));
            const domain::Outside outside = random_outside(seed * 100 + node);
            for (const domain::Outside* told : {static_cast<const domain::Outside*>(nullptr), &outside}) {
                law(report_of(yesterday, today, today.nodes[node].key, told), today, yesterday, told);
            }
        }
    }
}

/// The same, for laws that look at the report alone.
template <typename Law>
void for_any_report(Law law) {
    for_any_input([&](const Report& report, const Network& today, const Network& yesterday, const domain::Outside*) {
        law(report, today, yesterday);
    });
}

TEST(AnyReport, IsTheSameInWhateverOrderTheGraphListsNodesAndChannels) {
    std::uint32_t shuffle = 100;
    for_any_input(
        [&](const Report& report, const Network& today, const Network& yesterday, const domain::Outside* outside) {
            const Report moved =
                report_of(relabelled(yesterday, shuffle), relabelled(today, shuffle + 1), report.node, outside);
            EXPECT_EQ(test::ReportLines::of(moved), test::ReportLines::of(report));
            shuffle += 2;
        });
}

TEST(AnyReport, GivesTheReasonAndTheSourceOfEveryGap) {
    const std::set<std::string_view> sources = {domain::source::kGraph, domain::source::kHistory, domain::source::kNode,
                                                domain::source::kMempool, domain::source::kAmboss};
    int gaps = 0;
    for_any_report([&](const Report& report, const Network&, const Network&) {
        for (const ReportLine& line : test::ReportLines::of(report)) {
            if (line.value.empty()) {
                ++gaps;
                EXPECT_GT(line.reason.size(), 20u) << line.name;
                EXPECT_TRUE(sources.contains(line.source)) << line.name;
            }
        }
    });
    EXPECT_GT(gaps, 1000);
}

TEST(AnyReport, TellsNothingThatAnUnavailableSourceWouldHaveTold) {
    int silent = 0;
    for_any_report([&](const Report& report, const Network&, const Network&) {
        for (const domain::SourceState& source : report.sources) {
            const bool is_provider = source.name == domain::source::kMempool || source.name == domain::source::kAmboss;
            if (!is_provider || source.status == domain::SourceStatus::ok ||
                source.status == domain::SourceStatus::stale) {
                continue;
            }
            ++silent;
            for (const ReportLine& line : test::ReportLines::of(report)) {
                const bool is_its = line.name.find(" of " + std::string(source.name)) != std::string::npos ||
                                    line.name.find(std::string(source.name) + " ") != std::string::npos;
                EXPECT_FALSE(is_its && line.name.find("alert") == std::string::npos) << line.name;
            }
        }
    });
    EXPECT_GT(silent, 50);
}

TEST(AnyReport, ClaimsNoPlaceInTheNetworkFromALiveGraphOlderThanAWeek) {
    const Network today = random_network(3);
    const Network yesterday = the_day_before(today);
    const Time late = *today.as_of + std::chrono::days{7};
    const auto absent_at = [&](Time now, bool is_live) {
        std::map<std::string, std::string> absent;
        for (const ReportLine& line :
             test::ReportLines::of(report_of(yesterday, today, today.nodes[0].key, nullptr, is_live, now))) {
            if (line.reason.starts_with("the graph is of ")) {
                absent[line.name] = line.reason;
            }
        }
        return absent;
    };
    EXPECT_TRUE(absent_at(late, true).empty());
    EXPECT_TRUE(absent_at(late + std::chrono::seconds{1}, false).empty()) << "a file is what somebody asked about";
    const auto absent = absent_at(late + std::chrono::seconds{1}, true);
    for (const char* name : {"hops betweenness", "hops rank", "hops percentile", "50k betweenness", "500k rank",
                             "5m percentile", "betweenness 24h", "betweenness 7d", "capacity rank",
                             "capacity rank change", "channel rank", "channel rank change", "price", "position"}) {
        EXPECT_TRUE(absent.contains(name)) << name;
    }
    EXPECT_FALSE(absent.contains("capacity"));
    EXPECT_FALSE(absent.contains("median fee"));
}

TEST(AnyReport, LeavesAbsentWhatOnlyTheNodeKnows) {
    const std::set<std::string> private_figures = {
        "forwarding rate", "revenue",      "local",       "remote",        "liquidity",
        "pending",         "forwards 24h", "forwards 7d", "success rate",  "revenue 24h",
        "revenue 7d",      "uptime",       "flow",        "trend revenue", "trend forwards"};
    for_any_report([&](const Report& report, const Network&, const Network&) {
        std::set<std::string> met;
        for (const ReportLine& line : test::ReportLines::of(report)) {
            if (private_figures.contains(line.name)) {
                met.insert(line.name);
                EXPECT_EQ(line.source, domain::source::kNode) << line.name;
            }
        }
        EXPECT_EQ(met, private_figures);
    });
}

TEST(AnyReport, CallsNoUnknownCapacityZero) {
    for_any_report([](const Report& report, const Network& today, const Network&) {
        bool all_known = true;
        for (const domain::ReportChannel& channel : report.channels) {
            all_known = all_known && channel.capacity.has_value();
            EXPECT_TRUE(!channel.capacity || *channel.capacity > Sat{0});
        }
        EXPECT_EQ(report.capacity.total.has_value(), all_known);
        EXPECT_EQ(report.summary.capacity.has_value(), all_known);
        EXPECT_EQ(report.channel_metrics.avg_capacity.has_value(), all_known && !report.channels.empty());
        EXPECT_EQ(report.channel_metrics.median_capacity.has_value(), all_known && !report.channels.empty());
        EXPECT_EQ(report.channels.size(), today.channels_of(*today.find(report.node)).size());
    });
}

TEST(AnyReport, DecomposesTheScoresChangeExactly) {
    int decomposed = 0;
    for_any_report([&](const Report& report, const Network&, const Network&) {
        std::int64_t tenths = 0;
        for (const domain::ScorePart& part : report.score.parts) {
            tenths += part.change_24h ? std::llround(10 * *part.change_24h) : 0;
        }
        if (report.summary.score_delta_24h) {
            EXPECT_EQ(std::llround(10 * *report.summary.score_delta_24h), tenths);
            decomposed += tenths != 0 ? 1 : 0;
        }
    });
    EXPECT_GT(decomposed, 10);
}

TEST(AnyReport, StaysWithinTheBoundsOfItsFigures) {
    for_any_report([](const Report& report, const Network&, const Network&) {
        for (const domain::ScorePart& part : report.score.parts) {
            EXPECT_TRUE(!part.value || (*part.value >= 0 && *part.value <= 100)) << part.name;
        }
        for (const domain::Recommendation& advice : report.recommendations) {
            EXPECT_TRUE(advice.impact_score >= 0 && advice.impact_score <= 10) << advice.rule;
        }
        EXPECT_LE(report.recommendations.size(), 10u);
        EXPECT_TRUE(!report.network.concentration_hhi || *report.network.concentration_hhi <= 1 + 1e-12);
        for (std::size_t i = 1; i < report.alerts.size(); ++i) {
            EXPECT_LE(report.alerts[i - 1].severity, report.alerts[i].severity);
        }
    });
}

} // namespace
} // namespace mcp::analysis
