#include "app/sources/provider_set.hpp"

#include "app/config/keys.hpp"
#include "tests/support/fake_http.hpp"
#include "tests/support/service_fakes.hpp"
#include "tests/support/virtual_time.hpp"

#include <gtest/gtest.h>

namespace mcp::app {
namespace {

class Providers : public testing::Test {
protected:
    ProviderSet make() { return {settings, env, http, nullptr, time.pool()}; }

    test::VirtualTime time{Time()};
    test::KeptLog log;
    test::KeptMetrics metrics;
    test::SeededChance chance{1};
    Env env{time.clock(), time.timer(), log, metrics, chance, time.pool(), time.pool()};
    test::FakeHttp http;
    Settings settings = default_settings();
};

TEST_F(Providers, AreNoneUnlessTheOperatorNamesOne) {
    EXPECT_TRUE(make().asked().empty());
    settings.amboss_key = "a key alone names nobody";
    EXPECT_TRUE(make().asked().empty());
}

TEST_F(Providers, AreAskedWithTheBudgetAndSpacingOfTheirRow) {
    settings.mempool_url = "https://mempool.example";
    settings.mempool_requests_per_run = 7;
    settings.amboss_url = "https://amboss.example/graphql";
    const ProviderSet providers = make();
    ASSERT_EQ(providers.asked().size(), 2U);
    EXPECT_EQ(providers.asked()[0].source->name(), "mempool");
    EXPECT_EQ(providers.asked()[0].requests_max, 7U);
    EXPECT_EQ(providers.asked()[0].spacing, std::chrono::seconds{1});
    EXPECT_EQ(providers.asked()[1].source->name(), "amboss");
    EXPECT_EQ(providers.asked()[1].requests_max, std::nullopt) << "fifty nodes cost one request";
}

} // namespace
} // namespace mcp::app
