#include "tests/support/own_node_samples.hpp"

#include <gtest/gtest.h>

namespace mcp::analysis {
namespace {

using domain::OwnNode;
using test::days;
using test::Scene;

const domain::Network kNetwork = test::quiet_node().build();

std::string said(std::optional<std::chrono::seconds> left) {
    OwnNode node = test::node_of(kNetwork);
    node.credential_expires = left ? std::optional(node.read_at + *left) : std::nullopt;
    return test::said(credential_expiring(Scene(kNetwork).told(std::move(node)).input()));
}

TEST(CredentialExpiring, SaysWhenAndWhatIsMissingThen) {
    EXPECT_EQ(said(days{14}), "warning, to act on\n"
                              "The credential for your node expires in 14 days\n"
                              "It ends on 8 November 2025, 12:00 UTC; after that balances, forwards and revenue are "
                              "missing. Make a new one and connect the node again.");
}

TEST(CredentialExpiring, IsCriticalFromThreeDaysOn) {
    EXPECT_EQ(said(days{14} + std::chrono::seconds{1}), "nothing");
    EXPECT_EQ(said(days{3} + std::chrono::seconds{1}).substr(0, 7), "warning");
    EXPECT_EQ(said(days{3}).substr(0, 8), "critical");
    EXPECT_NE(said(std::chrono::seconds{-5}).find("expires in 0 days"), std::string::npos);
    EXPECT_EQ(said({}), "nothing");
}

} // namespace
} // namespace mcp::analysis
