#include "adapters/graphs/graph_shelf.hpp"

#include "tests/support/graph_json.hpp"
#include "tests/support/service_fakes.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/virtual_time.hpp"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdexcept>

namespace mcp::adapters {
namespace {

namespace fs = std::filesystem;
using domain::SourceState;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr Day kDay = std::chrono::sys_days{std::chrono::year{2025} / 10 / 25};
constexpr hours kSix{6};

/// A chain of channels, the last updates `as_of`.
std::string graph_text(Time as_of, std::size_t channels = 6) {
    std::vector<test::EdgeJson> edges;
    for (std::uint32_t i = 1; i <= channels; ++i) {
        edges.push_back({.id = fmt::format("\"{}\"", 1000 + i),
                         .node1 = i,
                         .node2 = i + 1,
                         .last_update = std::to_string(as_of.time_since_epoch().count())});
    }
    return test::graph_json(edges);
}

/// What a feed does when it is asked; the test may change it at any time.
struct FeedScript {
    std::string text = {};           ///< of its graph
    std::optional<Error> fault = {}; ///< that it fails with, after half of the text
    Timer::Span takes{0};
    int asked = 0;
    Timer::Span time_max{0}; ///< that it was given the last time
    std::string url = {};
};

class ScriptedFeed final : public GraphFeed {
public:
    ScriptedFeed(std::string_view name, FeedScript& script, Timer& timer)
        : name_(name), script_(script), timer_(timer) {}

    [[nodiscard]] std::string_view name() const override { return name_; }
    [[nodiscard]] std::string_view url() const override { return script_.url; }
    [[nodiscard]] Task<Result<void>> fetch(std::shared_ptr<GraphSink> sink, Timer::Span time_max) override {
        ++script_.asked;
        script_.time_max = time_max;
        co_await timer_.wait(std::min(script_.takes, time_max));
        if (script_.takes > time_max) {
            co_return fail(ErrorKind::timeout, {"fetch.timeout", {{"seconds", std::int64_t{1}}}});
        }
        const std::string_view text = script_.text;
        const bool written = sink->write(script_.fault ? text.substr(0, text.size() / 2) : text);
        EXPECT_TRUE(written);
        co_return script_.fault ? Result<void>(fail(*script_.fault)) : Result<void>();
    }
    [[nodiscard]] Task<Result<FeedFacts>> probe(Timer::Span /*time_max*/) override { co_return FeedFacts{}; }

private:
    std::string_view name_;
    FeedScript& script_;
    Timer& timer_;
};

Error locked() {
    return {.kind = ErrorKind::unavailable, .what = {"live.lnd_locked", {}}};
}

class LiveShelfTest : public testing::Test {
protected:
    LiveShelfTest() { restart(); }

    /// Asks LND, then looks at the file, then asks RGS.
    void restart() {
        std::vector<std::unique_ptr<GraphFeed>> feeds;
        feeds.push_back(std::make_unique<ScriptedFeed>(domain::source::kLndGraph, lnd_, time_.timer()));
        feeds.push_back(std::make_unique<ScriptedFeed>(domain::source::kRgs, rgs_, time_.timer()));
        GraphShelfOptions options{.graph_file = folder_.path("graph.json"),
                                  .data_folder = folder_.path("data"),
                                  .threads = 1,
                                  .feeds = std::move(feeds),
                                  .feeds_before_file = 1,
                                  .env = &env_};
        shelf_ = std::make_unique<GraphShelf>(std::move(options), log_, metrics_);
    }
    void publish(const std::string& text) const { std::ignore = folder_.with("graph.json", text); }
    [[nodiscard]] std::string fresh_text(std::size_t channels = 6) const {
        return graph_text(time_.now() - hours{1}, channels);
    }

    void refresh(Timer::Span time_max = minutes{2}) { time_.run(shelf_->refresh(time_max)); }
    Result<ports::GraphDays> load() { return shelf_->load(std::chrono::floor<days>(time_.now()), time_.now(), {}); }
    ports::GraphDays must_load() {
        Result<ports::GraphDays> loaded = load();
        if (!loaded) {
            throw std::runtime_error(test::error_text(loaded.error()));
        }
        return std::move(*loaded);
    }
    ports::GraphDays refreshed() {
        refresh();
        return must_load();
    }
    static std::string told(const SourceState& state) {
        const char* const words[] = {"ok", "stale", "unavailable", "not_configured"};
        const std::string error = state.error ? language::render(*state.error, language::Language::en) : "";
        return fmt::format("{} {} {}", state.name, words[static_cast<int>(state.status)], error);
    }
    static std::vector<std::string> others(const ports::GraphDays& loaded) {
        std::vector<std::string> all;
        for (const SourceState& state : loaded.other_sources) {
            all.push_back(told(state));
        }
        return all;
    }
    [[nodiscard]] bool has(const std::string& name) const { return fs::exists(folder_.path("data/graphs/" + name)); }

    test::VirtualTime time_{Time(kDay) + kSix};
    test::TemporaryFolder folder_;
    test::KeptLog log_;
    test::KeptMetrics metrics_;
    test::SeededChance chance_{1};
    Env env_{.clock = time_.clock(),
             .timer = time_.timer(),
             .log = log_,
             .metrics = metrics_,
             .chance = chance_,
             .compute = time_.pool(),
             .blocking = time_.pool()};
    FeedScript lnd_;
    FeedScript rgs_;
    std::unique_ptr<GraphShelf> shelf_;
};

TEST_F(LiveShelfTest, TakesTheFirstThatAnswersAndAsksNoOther) {
    lnd_.text = fresh_text(7);
    const ports::GraphDays loaded = refreshed();
    EXPECT_EQ(loaded.today->network.channels.size(), 7U);
    EXPECT_EQ(told(loaded.source), "lnd_graph ok ");
    EXPECT_EQ(loaded.source.fetched_at, time_.now());
    EXPECT_EQ(loaded.source.age_seconds, 3600);
    EXPECT_TRUE(loaded.is_live);
    EXPECT_THAT(others(loaded), ElementsAre(HasSubstr("gossip_file ok not needed"), HasSubstr("rgs ok not needed")));
    EXPECT_EQ(rgs_.asked, 0);
    EXPECT_TRUE(has("20251025.describegraph.json.zst")) << "kept for the days to come";
    EXPECT_EQ(log_.count("ERROR"), 0) << log_.text();
}

TEST_F(LiveShelfTest, TakesTheFileWhereItStandsInTheOrder) {
    lnd_.fault = locked();
    publish(fresh_text(5));
    const ports::GraphDays loaded = refreshed();
    EXPECT_EQ(loaded.today->network.channels.size(), 5U);
    EXPECT_EQ(told(loaded.source), "gossip_file ok ");
    EXPECT_FALSE(loaded.is_live);
    EXPECT_THAT(others(loaded),
                ElementsAre(AllOf(HasSubstr("lnd_graph unavailable"), HasSubstr("lncli unlock")), HasSubstr("rgs ok")));
    EXPECT_EQ(rgs_.asked, 0);
    EXPECT_EQ(log_.count("ERROR graph lnd_graph: the wallet of LND is locked"), 1) << log_.text();
    EXPECT_FALSE(has("incoming/lnd_graph.graph"));
}

TEST_F(LiveShelfTest, AsksTheNextWhenAGraphCannotBeUsed) {
    const std::vector<std::pair<std::string, std::string>> bad = {
        {"<html>", "is not JSON"},
        {"", "is empty"},
        {fresh_text().substr(0, 300), "ends too early"},
        {graph_text(time_.now() + hours{30}), "more than a day ahead"}};
    double refused = 0;
    for (const auto& [text, words] : bad) {
        log_.clear();
        lnd_.text = text;
        rgs_.text = fresh_text(6);
        const ports::GraphDays loaded = refreshed();
        EXPECT_EQ(told(loaded.source), "rgs ok ") << words;
        EXPECT_TRUE(loaded.is_live);
        EXPECT_THAT(others(loaded)[0],
                    AllOf(HasSubstr("lnd_graph unavailable"), HasSubstr(words), Not(HasSubstr(folder_.path("")))));
        EXPECT_THAT(others(loaded)[1], HasSubstr("gossip_file unavailable"));
        EXPECT_FALSE(has("incoming/lnd_graph.graph")) << words;
        EXPECT_FALSE(has("incoming/lnd_graph.graph.unchecked")) << words;
        EXPECT_GT(metrics_.of("mcp_graph_refused_total"), refused);
        refused = metrics_.of("mcp_graph_refused_total");
        fs::remove(folder_.path("data/graphs/incoming/rgs.graph"));
    }
}

TEST_F(LiveShelfTest, RefusesANodeThatKnowsHalfOfTheNetwork) {
    lnd_.text = fresh_text(9);
    std::ignore = refreshed();
    time_.run_for(days{1});
    lnd_.text = fresh_text(4);
    rgs_.text = fresh_text(8);
    const ports::GraphDays loaded = refreshed();
    EXPECT_EQ(told(loaded.source), "rgs ok ");
    EXPECT_THAT(others(loaded)[0], HasSubstr("it has 4 channels where that of 25 October 2025 has 9"));
}

TEST_F(LiveShelfTest, AsksAgainOnlyAfterAnHourOrOnANewDay) {
    lnd_.text = fresh_text();
    const ports::GraphDays first = refreshed();
    time_.run_for(minutes{59});
    refresh();
    EXPECT_EQ(lnd_.asked, 1);
    EXPECT_TRUE(shelf_->is_unchanged(first, kDay));
    restart(); // the file is there still
    refresh();
    EXPECT_EQ(lnd_.asked, 1);
    EXPECT_EQ(told(must_load().source), "lnd_graph ok ");
    time_.run_for(minutes{1});
    refresh();
    EXPECT_EQ(lnd_.asked, 2);
    EXPECT_FALSE(shelf_->is_unchanged(first, kDay));
    time_.run_until(Time(kDay + days{1}) - minutes{10});
    refresh();
    EXPECT_EQ(lnd_.asked, 3);
    time_.run_for(minutes{20}); // midnight
    refresh();
    EXPECT_EQ(lnd_.asked, 4);
}

TEST_F(LiveShelfTest, UsesWhatWasFetchedEarlierWhenNobodyAnswersNow) {
    lnd_.text = fresh_text();
    const ports::GraphDays first = refreshed();
    time_.run_for(hours{3});
    lnd_.fault = locked();
    rgs_.fault = locked();
    refresh();
    EXPECT_FALSE(shelf_->is_unchanged(first, kDay)) << "it is stale now";
    const ports::GraphDays loaded = must_load();
    EXPECT_THAT(told(loaded.source),
                AllOf(HasSubstr("lnd_graph stale the last try failed"), HasSubstr("lncli unlock"), HasSubstr("06:00")));
    EXPECT_EQ(loaded.source.fetched_at, Time(kDay) + kSix);
    EXPECT_EQ(loaded.source.age_seconds, 4 * 3600);
    EXPECT_TRUE(shelf_->is_unchanged(loaded, kDay));
    rgs_.fault.reset();
    rgs_.text = fresh_text(8);
    refresh();
    EXPECT_EQ(told(must_load().source), "rgs ok ") << "newer, though later in the order";
}

TEST_F(LiveShelfTest, LetsTheKeptGraphStandInAtLast) {
    lnd_.text = fresh_text();
    std::ignore = refreshed();
    time_.run_for(days{2});
    lnd_.fault = locked();
    rgs_.fault = Error{.kind = ErrorKind::unavailable, .what = {"fetch.refused", {}}};
    const ports::GraphDays loaded = refreshed();
    EXPECT_THAT(told(loaded.source), AllOf(HasSubstr("lnd_graph stale today's graph was refused"),
                                           HasSubstr("lncli unlock"), HasSubstr("25 October 2025 stands in")));
    EXPECT_THAT(others(loaded), ElementsAre(HasSubstr("gossip_file unavailable"),
                                            HasSubstr("rgs unavailable the connection was refused")));
    EXPECT_TRUE(loaded.is_live) << "its age must be judged as a live one's";
    EXPECT_EQ(loaded.source.age_seconds, 49 * 3600);
}

TEST_F(LiveShelfTest, SaysWhyWhenThereIsNothingAtAll) {
    const Result<ports::GraphDays> unasked = load();
    ASSERT_FALSE(unasked);
    EXPECT_THAT(test::error_text(unasked.error()), HasSubstr("no graph in the last 24 hours"));
    lnd_.fault = locked();
    rgs_.fault = locked();
    refresh();
    const Result<ports::GraphDays> loaded = load();
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().kind, ErrorKind::unavailable);
    EXPECT_THAT(test::error_text(loaded.error()), AllOf(HasSubstr("none was kept"), HasSubstr("lncli unlock")));
}

TEST_F(LiveShelfTest, MarksALiveGraphThatIsOlderThanADay) {
    lnd_.text = graph_text(time_.now() - hours{25});
    const ports::GraphDays loaded = refreshed();
    EXPECT_THAT(told(loaded.source), HasSubstr("lnd_graph stale the graph was not renewed"));
    EXPECT_TRUE(loaded.is_live);
}

TEST_F(LiveShelfTest, SharesTheTimeSoThatOneWhoHangsLeavesSomeToTheNext) {
    lnd_.takes = hours{1};
    rgs_.text = fresh_text();
    const Timer::Span begin = time_.passed();
    refresh(minutes{2});
    EXPECT_EQ(time_.passed() - begin, minutes{1});
    EXPECT_EQ(lnd_.time_max, minutes{1});
    EXPECT_EQ(rgs_.time_max, minutes{1});
    EXPECT_EQ(told(must_load().source), "rgs ok ");
    rgs_.takes = hours{1};
    time_.run_for(hours{2});
    const Timer::Span again = time_.passed();
    refresh(minutes{2});
    EXPECT_EQ(time_.passed() - again, minutes{2});
}

TEST_F(LiveShelfTest, WaitsOnceOnlyInFiveMinutesForAServerThatHangs) {
    publish(fresh_text());
    lnd_.takes = hours{1};
    refresh();
    EXPECT_EQ(lnd_.asked, 1);
    refresh();
    EXPECT_EQ(lnd_.asked, 1) << "the next run does not wait for it";
    const ports::GraphDays loaded = must_load();
    EXPECT_EQ(loaded.source.name, domain::source::kGraph);
    ASSERT_FALSE(loaded.other_sources.empty());
    EXPECT_EQ(loaded.other_sources[0].status, domain::SourceStatus::unavailable);
    time_.run_for(minutes{5});
    lnd_.takes = {};
    lnd_.text = fresh_text();
    refresh();
    EXPECT_EQ(lnd_.asked, 2);
    EXPECT_EQ(must_load().source.name, domain::source::kLndGraph);
}

TEST_F(LiveShelfTest, AsksOnceForTwoWhoWantItAtOnce) {
    lnd_.text = fresh_text();
    lnd_.takes = std::chrono::seconds{5};
    time_.start(shelf_->refresh(minutes{1}));
    time_.start(shelf_->refresh(minutes{1}));
    time_.run_for(minutes{1});
    EXPECT_EQ(lnd_.asked, 1);
    EXPECT_EQ(told(must_load().source), "lnd_graph ok ");
}

TEST_F(LiveShelfTest, LetsNoPlacePassForAnother) {
    lnd_.url = "https://127.0.0.1:8080";
    lnd_.text = fresh_text(7);
    EXPECT_EQ(told(refreshed().source), "lnd_graph ok ");
    restart();
    EXPECT_EQ(told(refreshed().source), "lnd_graph ok ");
    EXPECT_EQ(lnd_.asked, 1) << "the same place within the hour";
    lnd_.url = "https://127.0.0.1:8081";
    lnd_.text = fresh_text(5);
    restart();
    EXPECT_EQ(refreshed().today->network.channels.size(), 5U);
    EXPECT_EQ(lnd_.asked, 2);
}

TEST_F(LiveShelfTest, RemovesWhatACrashLeftAndWhatIsConfiguredNoMore) {
    fs::create_directories(folder_.path("data/graphs/incoming"));
    for (const char* name : {".mcp-part.AbCdEf", "cln_graph.graph", "lnd_graph.graph.unchecked", "notes.txt"}) {
        std::ignore = folder_.with(std::string("data/graphs/incoming/") + name, "x");
    }
    lnd_.text = fresh_text();
    refresh();
    std::vector<std::string> left;
    for (const auto& entry : fs::directory_iterator(folder_.path("data/graphs/incoming"))) {
        left.push_back(entry.path().filename().string());
    }
    EXPECT_THAT(left, testing::UnorderedElementsAre("lnd_graph.graph", "notes.txt"));
}

TEST_F(LiveShelfTest, DoesNotCompareWithDaysThatCameInAnotherFormat) {
    publish(fresh_text());
    lnd_.fault = locked();
    std::ignore = refreshed();
    time_.run_for(days{1});
    // Core Lightning's words, whoever sends them
    lnd_.fault.reset();
    std::string channels;
    for (std::uint32_t i = 1; i <= 6; ++i) {
        channels += fmt::format(
            R"({}{{"source":"{}","destination":"{}","short_channel_id":"{}x1x0","direction":0,"public":true,)"
            R"("amount_msat":1000000000,"message_flags":1,"channel_flags":0,"active":true,"last_update":{},)"
            R"("base_fee_millisatoshi":1,"fee_per_millionth":10,"delay":6,"htlc_minimum_msat":0,)"
            R"("htlc_maximum_msat":990000000,"features":""}})",
            i == 1 ? "" : ",", test::key_hex(i), test::key_hex(i + 1), 100 + i,
            (time_.now() - hours{1}).time_since_epoch().count());
    }
    lnd_.text = R"({"nodes":[]})"
                "\n"
                R"({"channels":[)" +
                channels + "]}\n";
    const ports::GraphDays other = refreshed();
    EXPECT_EQ(told(other.source), "lnd_graph ok ");
    EXPECT_THAT(other.history, IsEmpty());
    EXPECT_EQ(log_.count("came in another format"), 1) << log_.text();
    time_.run_for(days{1});
    lnd_.text = fresh_text();
    const ports::GraphDays back = refreshed();
    ASSERT_EQ(back.history.size(), 1U);
    EXPECT_EQ(back.history[0]->date, kDay);
}

TEST_F(LiveShelfTest, NamesNodesAsTheDayBeforeKnewThem) {
    std::string named = fresh_text();
    named.replace(named.find("\"nodes\":["), 9,
                  R"("nodes":[{"pub_key":")" + test::key_hex(5) + R"(","alias":"five"},)");
    lnd_.text = named;
    std::ignore = refreshed();
    time_.run_for(days{1});
    lnd_.text = fresh_text();
    const ports::GraphDays next = refreshed();
    const std::optional<domain::NodeId> node = next.today->network.find(*domain::PubKey::parse(test::key_hex(5)));
    ASSERT_TRUE(node);
    EXPECT_EQ(next.today->network.nodes[*node].alias, "five");
}

} // namespace
} // namespace mcp::adapters
