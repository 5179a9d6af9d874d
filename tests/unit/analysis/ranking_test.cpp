#include "analysis/ranking.hpp"

#include <gtest/gtest.h>
#include <random>

namespace mcp::analysis {
namespace {

TEST(Ranking, PlacesOnlyWhatIsPositive) {
    const Ranking ranking(std::vector<double>{5, 0, 1, -3, 5, 2});
    EXPECT_EQ(ranking.places(), 4);
    EXPECT_EQ(ranking.rank(0), std::nullopt);
    EXPECT_EQ(ranking.rank(-3), std::nullopt);
    EXPECT_EQ(ranking.percentile(0), std::nullopt);
}

TEST(Ranking, SharesTheBetterRankAndTheMiddlePercentileAmongEquals) {
    const Ranking ranking(std::vector<double>{5, 1, 5, 2});
    EXPECT_EQ(ranking.rank(5), 1);
    EXPECT_EQ(ranking.rank(2), 3);
    EXPECT_EQ(ranking.rank(1), 4);
    EXPECT_EQ(ranking.percentile(5), 75); // two below, half of two
    EXPECT_EQ(ranking.percentile(1), 12.5);
}

TEST(Ranking, PlacesAStrangerAmongTheOthers) {
    const Ranking ranking(std::vector<double>{5, 1, 5, 2});
    EXPECT_EQ(ranking.rank(3), 3);
    EXPECT_EQ(ranking.percentile(3), 50);
    EXPECT_EQ(ranking.percentile(6), 100);
}

TEST(Ranking, OfNothingHasNoPercentile) {
    EXPECT_EQ(Ranking(std::vector<double>{}).percentile(1), std::nullopt);
    EXPECT_EQ(Ranking(std::vector<double>{0, 0}).percentile(1), std::nullopt);
}

TEST(Ranking, HasAMeanPercentileOfFiftyWhateverTheTies) {
    std::mt19937 chance(7);
    for (int round = 0; round < 100; ++round) {
        std::vector<double> values(1 + chance() % 40);
        for (double& value : values) {
            value = 1 + chance() % 10;
        }
        const Ranking ranking(values);
        double sum = 0;
        for (const double value : values) {
            sum += *ranking.percentile(value);
        }
        EXPECT_NEAR(sum / static_cast<double>(values.size()), 50, 1e-9);
    }
}

} // namespace
} // namespace mcp::analysis
