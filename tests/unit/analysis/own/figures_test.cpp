#include "analysis/own/figures.hpp"

#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::OwnNode;
using test::hours;

/// One day of "us", after `change` of what the node tells.
class Told {
public:
    template <typename Change>
    explicit Told(Change change, bool is_cln = false)
        : day_(test::quiet_node().build()),
          node_(is_cln ? test::cln_of(day_.facts->network) : test::node_of(day_.facts->network)) {
        change(node_);
        day_.us.tell(node_);
    }
    [[nodiscard]] const NodeDay& day() const { return day_.us; }

private:
    test::DayOfUs day_;
    OwnNode node_;
};

const auto kAsItIs = [](OwnNode&) {};

TEST(ForwardingMetricsOfANode, AreOfYesterdayAndOfTheSevenDaysBefore) {
    const Told told(kAsItIs, true);
    const domain::ForwardingMetrics m = forwarding_metrics(told.day());
    EXPECT_EQ(*m.forwards_24h, 10);
    EXPECT_EQ(*m.forwards_7d, 70);
    EXPECT_EQ(*m.revenue_24h, Msat{20'050});
    EXPECT_EQ(*m.revenue_7d, Msat{140'350});
    EXPECT_EQ(*m.volume_24h, Msat{200'000'000});
    EXPECT_EQ(*m.volume_7d, Msat{1'400'000'000});
    EXPECT_DOUBLE_EQ(*m.success_rate_24h, 10.0 / 15);
    EXPECT_DOUBLE_EQ(*forwarding_rate(told.day()), 10.0 / 24);
}

TEST(ForwardingMetricsOfANode, KnowNoSuccessWhereFailuresAreNotKeptOrNothingWasTried) {
    EXPECT_EQ(test::why(forwarding_metrics(Told(kAsItIs).day()).success_rate_24h),
              "your node keeps no record of forwards that failed");
    const Told idle(
        [](OwnNode& node) {
            node.days.back().forwards.clear();
            node.days.back().failures->clear();
        },
        true);
    EXPECT_EQ(test::why(forwarding_metrics(idle.day()).success_rate_24h), "no forward was tried on that day");
    EXPECT_EQ(*forwarding_metrics(idle.day()).forwards_24h, 0) << "told that there was none";
}

TEST(ForwardingMetricsOfANode, SumNoWeekWithAGap) {
    const Told told([](OwnNode& node) { node.days.erase(node.days.begin()); });
    const domain::ForwardingMetrics m = forwarding_metrics(told.day());
    EXPECT_EQ(*m.forwards_24h, 10);
    EXPECT_EQ(test::why(m.revenue_7d), "your node did not tell the forwards of all the days concerned");
    const Told refused([](OwnNode& node) {
        node.days.clear();
        node.gaps = {{domain::NodePart::forwards, {ErrorKind::forbidden, {"system.not_allowed", {}}}}};
    });
    EXPECT_EQ(test::why(forwarding_metrics(refused.day()).forwards_24h),
              "your node did not tell it: permission denied; check its owner and mode");
}

TEST(OwnBalances, AreTheNodesExactSumsAndTheirRatio) {
    const Told told([](OwnNode& node) {
        node.balances = domain::NodeBalances{
            .local = Msat{1'999}, .remote = Msat{6'001}, .unsettled_local = Msat{5}, .unsettled_remote = Msat{6}};
    });
    const OwnBalances balances = own_balances(told.day());
    EXPECT_EQ(*balances.local, Msat{1'999});
    EXPECT_EQ(*balances.unsettled_remote, Msat{6});
    EXPECT_DOUBLE_EQ(*balances.ratio(), 1'999.0 / 8'000);
    EXPECT_EQ(
        test::why(own_balances(Told([](OwnNode& node) { node.balances = domain::NodeBalances{}; }).day()).ratio()),
        "your node tells no channel that could be measured");
    EXPECT_EQ(test::why(own_balances(Told([](OwnNode& node) { node.balances.reset(); }).day()).ratio()),
              "your node does not tell it");
}

TEST(Uptime, NeedsTwentyHoursOfWatching) {
    const auto after = [](std::optional<domain::NodeWatched> watched) {
        return uptime(Told([&](OwnNode& node) { node.watched = watched; }).day());
    };
    EXPECT_EQ(*after(domain::NodeWatched{.watched = hours{20}, .reached = hours{15}}), 0.75);
    EXPECT_EQ(test::why(after(domain::NodeWatched{.watched = hours{20} - std::chrono::seconds{1}, .reached = {}})),
              "it was watched for 19 of 24 hours only, 20 are needed");
    EXPECT_EQ(test::why(after({})), "it was watched for 0 of 24 hours only, 20 are needed");
}

TEST(PendingChannels, AreOfAllKinds) {
    const auto count = [](auto change) { return pending_channels(Told(change).day()); };
    EXPECT_EQ(*count([](OwnNode& node) { node.pending->resize(3); }), 3);
    EXPECT_EQ(*count(kAsItIs), 0);
    EXPECT_EQ(test::why(count([](OwnNode& node) { node.pending.reset(); })), "your node does not tell it");
}

} // namespace
} // namespace mcp::analysis
