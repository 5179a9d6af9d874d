#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::OwnNode;
using test::Scene;

const domain::Network kNetwork = test::quiet_node().build();

OwnNode asking(std::int64_t ppm) {
    OwnNode node = test::node_of(kNetwork);
    test::told_with(node, kNetwork, "alice").fee->rate = Ppm{ppm};
    return node;
}

std::string said(OwnNode today, std::optional<OwnNode> yesterday) {
    return test::said(policy_mismatch(Scene(kNetwork).told(std::move(today), std::move(yesterday)).input()));
}

TEST(PolicyMismatch, TellsAPriceThatTheNetworkHasNotHeardForADay) {
    EXPECT_EQ(
        said(asking(250), test::earlier(asking(250))),
        "warning, to act on\n"
        "The network hears another price than you ask on 1 channel\n"
        "For alice you have asked 250 ppm + 0 msat for a day or more, but the graph says 100 ppm + 0 msat. All: "
        "alice (1,000,000 sat). Payers are refused or pay another price: set the fee again so that it is announced "
        "anew.");
    EXPECT_EQ(said(asking(100), test::earlier(asking(100))), "nothing");
}

TEST(PolicyMismatch, WaitsForAPriceThatMayStillBeOnItsWay) {
    EXPECT_EQ(said(asking(250), test::earlier(asking(100))), "nothing") << "changed since yesterday";
    EXPECT_EQ(said(asking(250), {}), "nothing") << "nobody knows since when";
    OwnNode read_late = test::earlier(asking(250));
    read_late.read_at = test::kNoon - test::hours{11};
    EXPECT_EQ(said(asking(250), read_late), "nothing") << "the graph is hardly younger";
}

TEST(PolicyMismatch, ComparesInboundFeesOnlyWhereBothTellThem) {
    OwnNode node = test::node_of(kNetwork);
    test::told_with(node, kNetwork, "alice").fee->inbound_rate = Ppm{-10};
    EXPECT_NE(said(node, test::earlier(node))
                  .find("For alice you have asked -10 ppm + 0 msat inbound for a day or more, but the graph says 0 ppm "
                        "+ 0 msat inbound. All"),
              std::string::npos)
        << said(node, test::earlier(node));
    OwnNode both = node;
    test::told_with(both, kNetwork, "alice").fee->rate = Ppm{250};
    EXPECT_NE(said(both, test::earlier(both)).find("asked 250 ppm + 0 msat, -10 ppm + 0 msat inbound for"),
              std::string::npos);
    test::told_with(node, kNetwork, "alice").fee->inbound_rate.reset();
    EXPECT_EQ(said(node, test::earlier(node)), "nothing");
    test::told_with(node, kNetwork, "alice").fee.reset();
    EXPECT_EQ(said(node, test::earlier(node)), "nothing");
}

} // namespace
} // namespace mcp::analysis
