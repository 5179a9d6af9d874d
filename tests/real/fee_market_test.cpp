#include "graph/fee_market.hpp"

#include "tests/real/real_data.hpp"

namespace mcp::graph {
namespace {

/// Where a real relation has a market with a verdict, its figures are in order.
TEST(FeeMarkets, OfEveryRealNodeAreOrderedAndWithinTheMarket) {
    SKIP_WITHOUT(real::october_file(25));
    const domain::Network& network = real::october(25);
    const FeeMarkets markets(network, kComparedAmount);
    std::uint64_t with_verdict = 0;
    for (domain::NodeId node = 0; node < network.nodes.size(); ++node) {
        for (const PeerMarket& market : markets.around(node)) {
            if (!market.quantiles) {
                continue;
            }
            ++with_verdict;
            const MarketQuantiles& q = *market.quantiles;
            ASSERT_TRUE(q.p10 <= q.p25 && q.p25 <= q.median && q.median <= q.p65 && q.p65 <= q.p75 && q.p75 <= q.p90 &&
                        q.p90 <= q.p95);
            for (const OwnPrice& own : market.own) {
                ASSERT_TRUE(own.quantile && *own.quantile >= 0 && *own.quantile <= 1);
                ASSERT_TRUE(!own.next_cheaper || own.next_cheaper->node != node);
            }
        }
    }
    EXPECT_GT(with_verdict, 10'000u);
}

} // namespace
} // namespace mcp::graph
