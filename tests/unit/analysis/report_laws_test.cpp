#include "analysis/compose.hpp"

#include "analysis/own/plausible.hpp"
#include "tests/support/outside_samples.hpp"
#include "tests/support/own_node_samples.hpp"
#include "tests/support/report_lines.hpp"
#include "tests/support/scene.hpp"

#include <cmath>
#include <gtest/gtest.h>
#include <limits>
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

/// What the node `key` may tell: any of its channels or none, anything within each, parts missing by chance.
/// @param is_liar some amounts, counts and times are as extreme as 64 bits allow
domain::OwnNode random_node(const Network& network, const domain::PubKey& key, std::uint32_t seed, bool is_liar) {
    std::mt19937_64 chance(seed);
    const auto one_in = [&](std::uint64_t n) { return chance() % n == 0; };
    const auto any = [&](std::int64_t below) {
        if (is_liar && one_in(5)) {
            constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
            const std::int64_t extremes[] = {kMost, -kMost, -1, kMost / 1000};
            return extremes[chance() % 4];
        }
        return static_cast<std::int64_t>(chance() % static_cast<std::uint64_t>(below));
    };
    Network named = network;
    named.nodes[*named.find(key)].alias = "us";
    domain::OwnNode node = one_in(2) ? test::node_of(named) : test::cln_of(named);
    std::erase_if(node.channels, [&](const auto&) { return one_in(6); });
    for (domain::NodeChannel& channel : node.channels) {
        channel.capacity = Sat{any(9'000'000)};
        channel.local = Msat{any(9'000'000'000)};
        channel.remote = Msat{any(9'000'000'000)};
        channel.can_send = Msat{any(2'000'000'000)};
        channel.can_receive = Msat{any(2'000'000'000)};
        channel.is_active = !one_in(3);
        channel.is_public = !one_in(5);
        channel.id = one_in(9) ? domain::ShortChannelId{chance()} : channel.id;
        channel.watched = one_in(2) ? std::nullopt : std::optional(std::chrono::seconds{any(1'000'000)});
        channel.online = one_in(2) ? std::nullopt : std::optional(std::chrono::seconds{any(1'000'000)});
        if (one_in(3)) {
            channel.htlcs = {
                {.incoming = one_in(2),
                 .amount = Msat{any(1'000'000)},
                 .expires_at_block = static_cast<std::uint32_t>(one_in(2) ? chance() : 900'100 + chance() % 200)}};
        }
    }
    for (domain::NodeDayFlow& day : node.days) {
        day.forwards.clear();
        for (std::uint64_t n = chance() % 5; n > 0 && !node.channels.empty(); --n) {
            const auto id = [&] {
                return one_in(4) ? domain::ShortChannelId{chance() % 3}
                                 : node.channels[chance() % node.channels.size()].id;
            };
            const std::int64_t out = any(1'000'000'000);
            const std::int64_t fee = any(5'000);
            day.forwards.push_back({.in = id(),
                                    .out = id(),
                                    .count = any(50),
                                    .amount_in = Msat{is_liar ? fee : out + fee},
                                    .amount_out = Msat{out}});
        }
        day.sizes = {{.amount = Msat{any(3'000'000'000)}, .count = any(20)}};
    }
    if (one_in(4) && !node.days.empty()) {
        node.days.erase(node.days.begin() + static_cast<std::ptrdiff_t>(chance() % node.days.size()));
    }
    node.balances = domain::NodeBalances{.local = Msat{any(9'000'000'000)},
                                         .remote = Msat{any(9'000'000'000)},
                                         .unsettled_local = Msat{any(1'000)},
                                         .unsettled_remote = {}};
    node.wallet->confirmed = Sat{any(200'000)};
    node.watched = domain::NodeWatched{.watched = std::chrono::seconds{any(86'400)}, .reached = {}};
    const domain::NodeGap gaps[] = {{domain::NodePart::channels, {ErrorKind::forbidden, {"system.not_allowed", {}}}},
                                    {domain::NodePart::balances, {ErrorKind::timeout, {"system.not_allowed", {}}}},
                                    {domain::NodePart::forwards, {ErrorKind::timeout, {"system.not_allowed", {}}}}};
    if (one_in(6)) {
        node.channels.clear();
        node.gaps.push_back(gaps[0]);
    }
    if (one_in(6)) {
        node.balances.reset();
        node.gaps.push_back(gaps[1]);
    }
    if (one_in(6)) {
        node.days.clear();
        node.gaps.push_back(gaps[2]);
    }
    if (one_in(6)) {
        node.pending.reset();
        node.wallet.reset();
        node.peers.reset();
        node.closings.reset();
    }
    if (one_in(4)) {
        node.doubts = {static_cast<domain::NodeDoubt>(chance() % 3)};
    }
    if (one_in(3)) {
        node.credential_expires = node.read_at + std::chrono::hours{any(1'000) % 1'000};
    }
    if (is_liar && one_in(2)) {
        node.read_at = Time{std::chrono::seconds{any(2)}};
    }
    return node;
}

Report report_of(const Network& yesterday, const Network& today, const domain::PubKey& key,
                 const domain::Outside* outside = nullptr, bool is_live = false, Time now = test::kNoon,
                 const domain::OwnNode* node = nullptr) {
    const auto before = test::facts_of(yesterday);
    const auto facts = test::facts_of(today);
    const DayFacts* const history[] = {before.get()};
    std::vector<OwnNodeOfDay> own;
    std::optional<domain::OwnNode> then;
    if (node != nullptr) {
        then = *node;
        then->day -= std::chrono::days{1};
        own = {{facts->date - std::chrono::days{1}, &*then}, {facts->date, node}};
    }
    return compose({.today = *facts,
                    .history = history,
                    .node = *facts->network.find(key),
                    .open_advice = nullptr,
                    .graph_is_live = is_live,
                    .outside = outside,
                    .own = own,
                    .node_source = node == nullptr ? std::nullopt
                                                   : std::optional(test::source_in(domain::source::kNode,
                                                                                   domain::SourceStatus::ok)),
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
        "forwarding rate", "revenue",      "local",       "remote",     "liquidity", "pending", "forwards 24h",
        "forwards 7d",     "success rate", "revenue 24h", "revenue 7d", "uptime",    "flow",    "trend revenue",
        "trend forwards",  "volume 24h",   "volume 7d",   "own node"};
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

/// Calls law(report, what the node told) for nodes of many random networks, each of which tells something random.
template <typename Law>
void for_any_node(bool is_liar, Law law) {
    for (std::uint32_t seed = 1; seed <= 6; ++seed) {
        const Network today = random_network(seed);
        const Network yesterday = the_day_before(today);
        for (NodeId id = seed % 5; id < today.nodes.size(); id += 6) {
            SCOPED_TRACE(fmt::format("seed {}, node {}", seed, id));
            const domain::PubKey& key = today.nodes[id].key;
            const domain::OwnNode node = random_node(today, key, seed * 100 + id, is_liar);
            law(report_of(yesterday, today, key, nullptr, false, test::kNoon, &node), node);
        }
    }
}

TEST(AnyReportWithANode, AddsUpToTheMsat) {
    int earned = 0;
    for_any_node(false, [&](const Report& report, const domain::OwnNode&) {
        if (!report.own_node || !report.own_node->channels || !report.forwarding.revenue_7d) {
            return;
        }
        Msat halves = *report.own_node->fees_gone_channels_7d;
        for (const domain::ReportNodeChannel& channel : *report.own_node->channels) {
            halves += *channel.fees_7d;
        }
        EXPECT_EQ(halves, *report.forwarding.revenue_7d);
        Msat of_days;
        for (const auto& day : report.trends.revenue) {
            of_days += *day;
        }
        EXPECT_EQ(of_days, *report.forwarding.revenue_7d);
        EXPECT_EQ(*report.trends.revenue.back(), *report.forwarding.revenue_24h);
        EXPECT_EQ(*report.summary.revenue_24h, to_sat_floor(*report.forwarding.revenue_24h));
        EXPECT_DOUBLE_EQ(*report.summary.forwarding_rate_24h * 24,
                         static_cast<double>(*report.forwarding.forwards_24h));
        earned += halves > Msat{0} ? 1 : 0;
    });
    EXPECT_GT(earned, 5);
}

TEST(AnyReportWithANode, GivesTheReasonAndTheSourceOfEveryGap) {
    int told = 0;
    for (const bool is_liar : {false, true}) {
        for_any_node(is_liar, [&](const Report& report, const domain::OwnNode&) {
            told += report.own_node ? 1 : 0;
            for (const ReportLine& line : test::ReportLines::of(report)) {
                if (line.value.empty()) {
                    EXPECT_GT(line.reason.size(), 20u) << line.name;
                    EXPECT_FALSE(line.source.empty()) << line.name;
                    EXPECT_EQ(line.reason.find("only your node itself knows"), std::string::npos)
                        << line.name << ": it is connected";
                }
            }
        });
    }
    EXPECT_GT(told, 20);
}

TEST(AnyReportWithANode, StaysWithinTheBoundsOfItsFigures) {
    const auto is_share = [](const domain::Figure<double>& figure) {
        return !figure || (*figure >= 0 && *figure <= 1);
    };
    for (const bool is_liar : {false, true}) {
        for_any_node(is_liar, [&](const Report& report, const domain::OwnNode&) {
            for (const domain::ScorePart& part : report.score.parts) {
                EXPECT_TRUE(!part.value || (*part.value >= 0 && *part.value <= 100)) << part.name;
            }
            EXPECT_TRUE(is_share(report.capacity.liquidity_ratio));
            EXPECT_TRUE(is_share(report.network.uptime_24h));
            EXPECT_TRUE(is_share(report.forwarding.success_rate_24h));
            EXPECT_TRUE(!report.capacity.local_balance || *report.capacity.local_balance >= Sat{0});
            EXPECT_TRUE(!report.forwarding.revenue_7d || *report.forwarding.revenue_7d >= Msat{0});
            EXPECT_LE(report.recommendations.size(), 10u);
            if (report.own_node && report.own_node->channels) {
                for (const domain::ReportNodeChannel& channel : *report.own_node->channels) {
                    EXPECT_TRUE(is_share(channel.peer_uptime));
                }
            }
        });
    }
}

TEST(AnyReportWithANode, SaysNothingOfTheMomentAndIsNotHealthyWhenTheNodeWasInDoubt) {
    int doubted = 0;
    for_any_node(false, [&](const Report& report, const domain::OwnNode& node) {
        if (node.doubts.empty() || !report.own_node) {
            return;
        }
        ++doubted;
        EXPECT_NE(report.summary.status, domain::HealthStatus::healthy);
        EXPECT_FALSE(report.channel_metrics.is_told_by_node);
        EXPECT_FALSE(report.own_node->send_share);
        for (const domain::ScorePart& part : report.score.parts) {
            EXPECT_FALSE(part.name == "liquidity" && part.value);
            EXPECT_FALSE(part.name == "availability" && part.is_told_by_node);
        }
    });
    EXPECT_GT(doubted, 5);
}

TEST(AnyReportWithANode, BelievesNothingOfANodeThatLies) {
    int refused = 0;
    for_any_node(true, [&](const Report& report, const domain::OwnNode& node) {
        if (!impossible_in(node)) {
            return;
        }
        ++refused;
        EXPECT_FALSE(report.own_node || report.capacity.local_balance || report.forwarding.revenue_24h ||
                     report.channel_metrics.pending || report.network.uptime_24h);
        ASSERT_EQ(report.summary.overall_score.has_value(), report.score.of_public_view.has_value());
        EXPECT_TRUE(!report.score.of_public_view || *report.summary.overall_score == *report.score.of_public_view);
    });
    EXPECT_GT(refused, 10);
}

TEST(AnyReportWithANode, KeepsThePublicViewTheSameWhateverTheNodeTells) {
    for (std::uint32_t seed = 1; seed <= 4; ++seed) {
        const Network today = random_network(seed);
        const Network yesterday = the_day_before(today);
        const domain::PubKey& key = today.nodes[seed].key;
        const domain::OwnNode node = random_node(today, key, seed, false);
        const Report with = report_of(yesterday, today, key, nullptr, false, test::kNoon, &node);
        const Report without = report_of(yesterday, today, key);
        EXPECT_EQ(with.score.of_public_view.has_value(), without.summary.overall_score.has_value());
        if (with.score.of_public_view) {
            EXPECT_EQ(*with.score.of_public_view, *without.summary.overall_score);
        }
        EXPECT_EQ(with.summary.channels_count, without.summary.channels_count);
        EXPECT_EQ(with.capacity.total.has_value(), without.capacity.total.has_value());
    }
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
