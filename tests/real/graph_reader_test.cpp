#include "adapters/sources/gossip_file.hpp"
#include "tests/real/real_data.hpp"

#include <gtest/gtest.h>

namespace mcp::real {
namespace {

/// Sums over all announced policies, so that no field of any record can be misread unseen.
struct Sums {
    std::int64_t capacity_sats = 0;
    std::int64_t policies = 0;
    std::int64_t disabled = 0;
    std::int64_t base_msat = 0;
    std::int64_t rate_ppm = 0;
    std::int64_t inbound_ppm = 0;
    std::int64_t max_htlc_msat = 0;
    std::int64_t updated_seconds = 0;

    bool operator==(const Sums&) const = default;
};

Sums sums_of(const domain::Network& network) {
    Sums sums;
    for (const domain::Channel& channel : network.channels) {
        sums.capacity_sats += channel.capacity.value_or(Sat{}).value;
        for (const std::optional<domain::Policy>& policy : channel.policy) {
            if (!policy) {
                continue;
            }
            ++sums.policies;
            sums.disabled += policy->disabled ? 1 : 0;
            sums.base_msat += policy->base_fee.value;
            sums.rate_ppm += policy->fee_rate.value;
            sums.inbound_ppm += policy->inbound_fee_rate.value;
            sums.max_htlc_msat += policy->max_htlc.value_or(Msat{}).value;
            sums.updated_seconds += policy->updated.value_or(Time{}).time_since_epoch().count();
        }
    }
    return sums;
}

/// Counted with Python's json module, independently of this reader.
struct WholeGraph {
    int day;
    std::size_t nodes;
    std::size_t channels;
    std::int64_t as_of;
    Sums sums;
};

class WholeRealGraph : public testing::TestWithParam<WholeGraph> {};

TEST_P(WholeRealGraph, LoadsWithTheCountsAndSumsOfAnIndependentReader) {
    SKIP_WITHOUT(october_file(GetParam().day));
    const domain::Network& network = october(GetParam().day);
    EXPECT_EQ(network.nodes.size(), GetParam().nodes);
    EXPECT_EQ(network.channels.size(), GetParam().channels);
    EXPECT_EQ(network.as_of, Time(std::chrono::seconds(GetParam().as_of)));
    EXPECT_EQ(sums_of(network), GetParam().sums);
    EXPECT_EQ(network.notes.first_broken, "");
    EXPECT_EQ(network.notes.unlisted_nodes + network.notes.repeated_channels + network.notes.repeated_nodes +
                  network.notes.self_loops + network.notes.cleaned_aliases + network.notes.future_updates,
              0u);
}

INSTANTIATE_TEST_SUITE_P(October2025, WholeRealGraph,
                         testing::Values(WholeGraph{23,
                                                    12815,
                                                    49172,
                                                    1761191981,
                                                    {562093825507, 96177, 12521, 1303937042245, 1267174187483,
                                                     -73066952, 919297072079234, 169020813500603}},
                                         WholeGraph{24,
                                                    12820,
                                                    49369,
                                                    1761278358,
                                                    {569834910330, 96573, 12820, 1357624551437, 1329263877765,
                                                     -73134285, 930401241138976, 169724987846826}},
                                         WholeGraph{25,
                                                    12827,
                                                    49570,
                                                    1761364781,
                                                    {575880373608, 96988, 13810, 1402723618144, 1374361667916,
                                                     -73156776, 941319005819003, 170462643543568}}));

TEST(WholeRealGraphFromMemory, IsTheOneFromThePackedFile) {
    SKIP_WITHOUT(october_file(25));
    const Result<domain::Network> network = adapters::parse_graph(read_unpacked(data_file(october_file(25))));
    ASSERT_TRUE(network.has_value());
    EXPECT_EQ(network->nodes.size(), october(25).nodes.size());
    EXPECT_EQ(sums_of(*network), sums_of(october(25)));
}

} // namespace
} // namespace mcp::real
