#include "app/sources/graph_places.hpp"

#include "app/config/keys.hpp"
#include "domain/figure.hpp"
#include "tests/support/fake_http.hpp"
#include "tests/support/service_fakes.hpp"
#include "tests/support/virtual_time.hpp"

#include <gmock/gmock.h>

namespace mcp::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class GraphPlaces : public testing::Test {
protected:
    GraphPlaces() {
        settings.lnd_url = "https://lnd.example:8080";
        settings.cln_url = "https://cln.example:3010";
        settings.rgs_url = "https://rgs.example/snapshot";
        settings.graph_file = "graph.json";
    }

    adapters::GraphShelfOptions options() { return shelf_options(settings, env, http, 1); }
    static std::vector<std::string_view> names(const std::vector<std::unique_ptr<adapters::GraphFeed>>& feeds) {
        std::vector<std::string_view> names;
        for (const auto& feed : feeds) {
            names.push_back(feed->name());
        }
        return names;
    }

    test::VirtualTime time{Time()};
    test::KeptLog log;
    test::KeptMetrics metrics;
    test::SeededChance chance{1};
    Env env{time.clock(), time.timer(), log, metrics, chance, time.pool(), time.pool()};
    test::FakeHttp http;
    Settings settings = default_settings();
};

TEST_F(GraphPlaces, AreAskedInTheOrderOfTheConfiguration) {
    EXPECT_THAT(names(options().feeds), ElementsAre("lnd_graph", "cln_graph", "rgs"));
    EXPECT_EQ(options().feeds_before_file, 2U);
    EXPECT_EQ(options().graph_file, "graph.json");
    settings.graph_sources = {"rgs", "file", "lnd", "rgs"};
    EXPECT_THAT(names(options().feeds), ElementsAre("rgs", "lnd_graph"));
    EXPECT_EQ(options().feeds_before_file, 1U);
}

TEST_F(GraphPlaces, LeaveOutWhatHasNoPlaceAndWhatIsNotWanted) {
    settings.cln_url.clear();
    settings.graph_sources = {"lnd", "cln"};
    EXPECT_THAT(names(options().feeds), ElementsAre("lnd_graph"));
    EXPECT_EQ(options().graph_file, "") << "the file is configured, and not wanted";
    EXPECT_TRUE(has_graph_source(settings));
    settings.lnd_url.clear();
    EXPECT_THAT(options().feeds, IsEmpty());
    EXPECT_FALSE(has_graph_source(settings));
    settings.graph_sources = {"file"};
    EXPECT_TRUE(has_graph_source(settings));
}

TEST_F(GraphPlaces, AreNoneUnlessTheOperatorNamesOne) {
    const Settings untouched = default_settings();
    EXPECT_FALSE(has_graph_source(untouched));
    EXPECT_THAT(make_feeds(untouched, {.http = http, .timer = env.timer, .files = env.blocking}), IsEmpty());
    EXPECT_TRUE(http.requests().empty());
}

} // namespace
} // namespace mcp::app
