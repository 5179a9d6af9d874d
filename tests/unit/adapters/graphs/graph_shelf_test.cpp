#include "adapters/graphs/graph_shelf.hpp"

#include "tests/support/graph_json.hpp"
#include "tests/support/packed.hpp"
#include "tests/support/service_fakes.hpp"
#include "tests/support/temporary_folder.hpp"

#include <filesystem>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

namespace mcp::adapters {
namespace {

namespace fs = std::filesystem;
using domain::SourceStatus;
using std::chrono::days;
using std::chrono::hours;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

constexpr Day kDay = std::chrono::sys_days{std::chrono::year{2025} / 10 / 25};
constexpr hours kSix{6};

/// A chain of channels, the last updates `as_of`. Another `variant` is another graph.
std::string graph_text(Time as_of, std::size_t channels = 6, int variant = 0) {
    std::vector<test::EdgeJson> edges;
    for (std::uint32_t i = 1; i <= channels; ++i) {
        edges.push_back({.id = fmt::format("\"{}\"", 1000 + i),
                         .node1 = i,
                         .node2 = i + 1,
                         .last_update = std::to_string(as_of.time_since_epoch().count()),
                         .capacity = fmt::format("\"{}\"", 1'000'000 + variant)});
    }
    return test::graph_json(edges);
}

std::string undated_text(int variant = 0) {
    return graph_text(Time{}, 6, variant);
}

class GraphShelfTest : public testing::Test {
protected:
    GraphShelfTest() { restart(); }

    void restart() { configure(file()); }
    void configure(const std::string& graph_file) {
        shelf_ = std::make_unique<GraphShelf>(
            GraphShelfOptions{.graph_file = graph_file, .data_folder = folder_.path("data"), .threads = 1}, log_,
            metrics_);
    }
    [[nodiscard]] std::string file() const { return folder_.path("graph.json"); }
    void publish(const std::string& text) const { std::ignore = folder_.with("graph.json", text); }

    /// The load of the run at 06:00 of that day.
    Result<ports::GraphDays> load(Day day) { return shelf_->load(day, Time(day) + kSix, {}); }
    ports::GraphDays must_load(Day day) {
        Result<ports::GraphDays> loaded = load(day);
        if (!loaded) {
            throw std::runtime_error(test::error_text(loaded.error()));
        }
        return std::move(*loaded);
    }
    /// A day on which somebody published a new graph an hour before the run.
    ports::GraphDays fresh_day(Day day, std::size_t channels = 6) {
        publish(graph_text(Time(day) + hours{5}, channels));
        return must_load(day);
    }

    [[nodiscard]] std::vector<std::string> kept() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder_.path("data/graphs"))) {
            names.push_back(entry.path().filename().string());
        }
        std::sort(names.begin(), names.end());
        return names;
    }
    [[nodiscard]] std::string kept_path(const std::string& digits) const {
        return folder_.path("data/graphs/" + digits + ".describegraph.json.zst");
    }
    static std::vector<Day> dates_of(const ports::GraphDays& loaded) {
        std::vector<Day> dates;
        for (const auto& day : loaded.history) {
            dates.push_back(day->date);
        }
        return dates;
    }
    static std::string error_of(const ports::GraphDays& loaded) {
        return loaded.source.error ? language::render(*loaded.source.error, language::Language::en) : "";
    }

    test::TemporaryFolder folder_;
    test::KeptLog log_;
    test::KeptMetrics metrics_;
    std::unique_ptr<GraphShelf> shelf_;
};

TEST_F(GraphShelfTest, TakesTheDaysGraphAndKeepsIt) {
    const ports::GraphDays loaded = fresh_day(kDay);
    EXPECT_EQ(loaded.today->date, kDay);
    EXPECT_EQ(loaded.today->network.channels.size(), 6U);
    EXPECT_THAT(loaded.history, IsEmpty());
    EXPECT_EQ(loaded.source.name, domain::source::kGraph);
    EXPECT_EQ(loaded.source.status, SourceStatus::ok);
    EXPECT_EQ(loaded.source.fetched_at, Time(kDay) + kSix);
    EXPECT_EQ(loaded.source.age_seconds, 3600);
    EXPECT_EQ(error_of(loaded), "");
    EXPECT_THAT(kept(), ElementsAre("20251025.describegraph.json.zst"));
    EXPECT_EQ(metrics_.of("mcp_graph_age_seconds"), 3600);
    EXPECT_EQ(metrics_.of("mcp_graph_refused_total"), 0);
    EXPECT_THAT(log_.lines(), ElementsAre("INFO graph The day's graph is taken: 7 nodes, 6 channels, newest update "
                                          "2025-10-25T05:00:00Z"));
}

TEST_F(GraphShelfTest, KeepsTheVeryBytesWhateverTheyWerePackedIn) {
    const std::string text = graph_text(Time(kDay) + hours{5});
    publish(test::packed(text, Packing::xz));
    std::ignore = must_load(kDay);
    std::string copy;
    const LoadOptions options{.and_to = [&](std::string_view piece) { copy += piece; }};
    ASSERT_TRUE(load_graph(kept_path("20251025"), options));
    EXPECT_EQ(copy, text);
    struct stat facts {};
    ASSERT_EQ(::stat(kept_path("20251025").c_str(), &facts), 0);
    EXPECT_EQ(facts.st_mode & 07777, 0640U);
}

TEST_F(GraphShelfTest, GivesTheSevenDaysBeforeAsHistoryAndKeepsNoMore) {
    for (int i = 0; i < 12; ++i) {
        const ports::GraphDays loaded = fresh_day(kDay + days{i});
        std::vector<Day> expected;
        for (int before = std::min(i, 7); before >= 1; --before) {
            expected.push_back(kDay + days{i - before});
        }
        EXPECT_EQ(dates_of(loaded), expected);
    }
    EXPECT_EQ(kept().size(), 8U);
    EXPECT_EQ(kept().front(), "20251029.describegraph.json.zst");
    EXPECT_EQ(kept().back(), "20251105.describegraph.json.zst");
    EXPECT_EQ(log_.count("ERROR"), 0);
}

TEST_F(GraphShelfTest, RemembersTheDaysOverARestartAndLeavesOutThoseTooLongAgo) {
    for (const int i : {0, 1, 3, 8}) {
        std::ignore = fresh_day(kDay + days{i});
    }
    restart();
    const ports::GraphDays loaded = fresh_day(kDay + days{9});
    EXPECT_EQ(dates_of(loaded), (std::vector<Day>{kDay + days{3}, kDay + days{8}}));
}

TEST_F(GraphShelfTest, TakesAFileThatNobodyRenewedForNoNewMeasurement) {
    std::ignore = fresh_day(kDay);
    const ports::GraphDays next = must_load(kDay + days{1});
    EXPECT_EQ(next.today->date, kDay + days{1});
    EXPECT_THAT(next.history, IsEmpty()) << "yesterday's graph is this very one";
    EXPECT_EQ(next.source.status, SourceStatus::stale);
    EXPECT_EQ(next.source.age_seconds, 25 * 3600);
    EXPECT_THAT(error_of(next), HasSubstr("not renewed"));
    EXPECT_THAT(kept(), ElementsAre("20251025.describegraph.json.zst"));
    restart(); // nothing but the file tells it then
    std::ignore = must_load(kDay + days{20});
    EXPECT_THAT(kept(), ElementsAre("20251025.describegraph.json.zst"));
    const ports::GraphDays renewed = fresh_day(kDay + days{2});
    EXPECT_EQ(dates_of(renewed), std::vector<Day>{kDay});
    EXPECT_EQ(log_.count("ERROR"), 0);
}

TEST_F(GraphShelfTest, KeepsAnOldGraphUnderItsOwnDay) {
    publish(graph_text(Time(kDay) + hours{5}));
    const ports::GraphDays loaded = must_load(kDay + days{3});
    EXPECT_EQ(loaded.source.status, SourceStatus::stale);
    EXPECT_EQ(loaded.source.age_seconds, (3 * 24 + 1) * 3600);
    EXPECT_THAT(kept(), ElementsAre("20251025.describegraph.json.zst"));
    EXPECT_EQ(dates_of(fresh_day(kDay + days{4})), std::vector<Day>{kDay});
}

TEST_F(GraphShelfTest, IsFreshUpToADayAndStaleBeyond) {
    publish(graph_text(Time(kDay)));
    EXPECT_EQ(shelf_->load(kDay, Time(kDay) + hours{24}, {})->source.status, SourceStatus::ok);
    EXPECT_EQ(shelf_->load(kDay, Time(kDay) + hours{24} + std::chrono::seconds{1}, {})->source.status,
              SourceStatus::stale);
}

TEST_F(GraphShelfTest, TakesAnUndatedGraphAsTheDaysAndTellsNoAge) {
    publish(undated_text());
    const ports::GraphDays loaded = must_load(kDay);
    EXPECT_EQ(loaded.source.status, SourceStatus::ok);
    EXPECT_EQ(loaded.source.age_seconds, std::nullopt);
    EXPECT_EQ(metrics_.of("mcp_graph_age_seconds"), 0);
    EXPECT_EQ(log_.count("undated"), 1);
    EXPECT_THAT(must_load(kDay + days{1}).history, IsEmpty());
    publish(undated_text(1));
    EXPECT_EQ(dates_of(must_load(kDay + days{2})), std::vector<Day>{kDay});
}

struct BadFile {
    const char* name;
    std::function<void(const std::string& path)> make;
    const char* reason;
};

void write(const std::string& path, const std::string& bytes) {
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

const std::vector<BadFile>& bad_files() {
    static const std::string kGood = graph_text(Time(kDay + days{1}) + hours{5});
    static const std::vector<BadFile> kAll = {
        {"missing", [](const auto& path) { fs::remove(path); }, "no such file"},
        {"empty", [](const auto& path) { write(path, ""); }, "is empty"},
        {"cut short", [](const auto& path) { write(path, kGood.substr(0, kGood.size() - 5)); }, "ends too early"},
        {"cut while packed", [](const auto& path) { write(path, test::zstd_packed(kGood).substr(0, 60)); },
         "compressed data stops"},
        {"a web page", [](const auto& path) { write(path, "<html>"); }, "is not JSON"},
        {"other JSON", [](const auto& path) { write(path, "{\"nodes\":[]}"); }, "no channel graph"},
        {"without channels", [](const auto& path) { write(path, test::graph_json({})); }, "without channels"},
        {"a folder", [](const auto& path) { fs::remove(path), fs::create_directory(path); }, "is a folder"},
        {"a pipe", [](const auto& path) { fs::remove(path), ::mkfifo(path.c_str(), 0600); }, "neither a file"},
        {"half synchronised", [](const auto& path) { write(path, graph_text(Time(kDay + days{1}), 2)); },
         "it has 2 channels where that of 25 October 2025 has 6"},
        {"of the future", [](const auto& path) { write(path, graph_text(Time(kDay + days{3}))); },
         "more than a day ahead"},
    };
    return kAll;
}

TEST_F(GraphShelfTest, RefusesABadFileAndLetsTheNewestKeptGraphStandIn) {
    std::ignore = fresh_day(kDay - days{1});
    std::ignore = fresh_day(kDay);
    double refused = 0;
    for (const BadFile& bad : bad_files()) {
        SCOPED_TRACE(bad.name);
        fs::remove_all(file());
        publish("soon something else");
        bad.make(file());
        log_.clear();
        const ports::GraphDays loaded = must_load(kDay + days{1});
        EXPECT_EQ(loaded.today->date, kDay + days{1});
        EXPECT_EQ(loaded.today->network.channels.size(), 6U);
        EXPECT_EQ(dates_of(loaded), std::vector<Day>{kDay - days{1}});
        EXPECT_EQ(loaded.source.status, SourceStatus::stale);
        EXPECT_EQ(loaded.source.fetched_at, Time(kDay) + kSix);
        EXPECT_EQ(loaded.source.age_seconds, 25 * 3600) << "its own, not that of the file";
        EXPECT_THAT(error_of(loaded), AllOf(HasSubstr(bad.reason), HasSubstr("25 October 2025 stands in"),
                                            Not(HasSubstr(folder_.path("")))));
        EXPECT_EQ(log_.count("ERROR"), 1) << log_.text();
        EXPECT_EQ(log_.count(bad.reason), 1) << log_.text();
        EXPECT_EQ(log_.count("MCP_GRAPH_FILE"), 1) << log_.text();
        EXPECT_EQ(metrics_.of("mcp_graph_refused_total"), ++refused);
        EXPECT_EQ(kept().size(), 2U) << "nothing of it is kept";
    }
    EXPECT_EQ(metrics_.of("mcp_graph_age_seconds"), 25 * 3600);
}

TEST_F(GraphShelfTest, RefusesABadFileAndHasNothingElse) {
    for (const BadFile& bad : bad_files()) {
        if (std::string_view(bad.name) == "half synchronised") { // nothing tells that it is
            continue;
        }
        SCOPED_TRACE(bad.name);
        fs::remove_all(file());
        publish("soon something else");
        bad.make(file());
        const Result<ports::GraphDays> loaded = load(kDay + days{1});
        ASSERT_FALSE(loaded);
        EXPECT_THAT(test::error_text(loaded.error()),
                    AllOf(HasSubstr("none was kept"), HasSubstr("MCP_GRAPH_FILE"), HasSubstr(bad.reason)));
    }
}

TEST_F(GraphShelfTest, TakesASmallNetworkAtLastWhenItStaysSmallForAWeek) {
    std::ignore = fresh_day(kDay, 7);
    publish(graph_text(Time(kDay + days{7}) + hours{5}, 3));
    EXPECT_EQ(must_load(kDay + days{7}).today->network.channels.size(), 7U);
    publish(graph_text(Time(kDay + days{8}) + hours{5}, 3));
    EXPECT_EQ(must_load(kDay + days{8}).today->network.channels.size(), 3U);
    EXPECT_EQ(fresh_day(kDay + days{9}, 2).today->network.channels.size(), 2U) << "a third less is no half";
}

TEST_F(GraphShelfTest, TakesTrueGraphsAgainAfterOneThatWasFarTooLarge) {
    std::ignore = fresh_day(kDay);
    std::ignore = fresh_day(kDay + days{1});
    EXPECT_EQ(fresh_day(kDay + days{2}, 20).today->network.channels.size(), 20U);
    const ports::GraphDays loaded = fresh_day(kDay + days{3});
    EXPECT_EQ(loaded.today->network.channels.size(), 6U);
    EXPECT_EQ(loaded.source.status, SourceStatus::ok);
}

TEST_F(GraphShelfTest, SaysWhatToDoWhenNoFileIsNamed) {
    configure("");
    const Result<ports::GraphDays> loaded = load(kDay);
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().kind, ErrorKind::unavailable);
    EXPECT_EQ(test::error_text(loaded.error()),
              "no graph to report on, and none was kept: no source of the channel graph is configured; 'mcp-api "
              "check sources' tells which there are, and their keys");
    EXPECT_EQ(metrics_.of("mcp_graph_refused_total"), 0);
}

TEST_F(GraphShelfTest, UsesTheKeptGraphWhenNoFileIsNamedAnyMore) {
    std::ignore = fresh_day(kDay);
    configure("");
    log_.clear();
    const ports::GraphDays loaded = must_load(kDay + days{1});
    EXPECT_EQ(loaded.source.status, SourceStatus::stale);
    EXPECT_EQ(loaded.source.age_seconds, 25 * 3600);
    EXPECT_THAT(error_of(loaded), HasSubstr("no source of graphs is configured"));
    EXPECT_EQ(log_.count("ERROR"), 0) << "nothing failed";
    EXPECT_EQ(metrics_.of("mcp_graph_refused_total"), 0);
    EXPECT_EQ(must_load(kDay + days{30}).source.age_seconds, (30 * 24 + 1) * 3600) << "however old it is";
}

TEST_F(GraphShelfTest, LeavesOutAKeptGraphThatIsDamagedAndSaysSoOnceALoad) {
    for (int i = 0; i < 3; ++i) {
        std::ignore = fresh_day(kDay + days{i});
    }
    write(kept_path("20251026"), "damaged");
    restart();
    EXPECT_EQ(dates_of(fresh_day(kDay + days{3})), (std::vector<Day>{kDay, kDay + days{2}}));
    EXPECT_EQ(log_.count("ERROR graph kept graph of 26 October 2025: "), 1) << log_.text();
    EXPECT_EQ(log_.count("ERROR"), 1);

    for (const char* digits : {"20251027", "20251028"}) {
        write(kept_path(digits), "damaged");
    }
    fs::remove(file());
    log_.clear();
    const ports::GraphDays loaded = must_load(kDay + days{4});
    EXPECT_EQ(loaded.source.age_seconds, (4 * 24 + 1) * 3600) << "only the oldest is whole";
    EXPECT_THAT(loaded.history, IsEmpty());
    EXPECT_EQ(log_.count("ERROR"), 4) << "three kept graphs and the file: " << log_.text();
}

TEST_F(GraphShelfTest, UsesAGraphThatCannotBeKept) {
    fs::create_directory(folder_.path("data"));
    std::ignore = folder_.with("data/graphs", "in the way");
    publish(graph_text(Time(kDay) + hours{5}));
    const ports::GraphDays loaded = must_load(kDay);
    EXPECT_EQ(loaded.source.status, SourceStatus::ok);
    EXPECT_GE(log_.count("ERROR graph "), 1);
    EXPECT_GE(log_.count("20251025.describegraph.json.zst: cannot be written"), 1) << log_.text();
}

TEST_F(GraphShelfTest, KeepsTheNewerGraphOfADay) {
    std::ignore = fresh_day(kDay);
    publish(graph_text(Time(kDay) + hours{11}, 5));
    EXPECT_EQ(shelf_->load(kDay, Time(kDay) + hours{12}, {})->today->network.channels.size(), 5U);
    EXPECT_THAT(kept(), ElementsAre("20251025.describegraph.json.zst"));
    fs::remove(file());
    EXPECT_EQ(must_load(kDay + days{1}).today->network.channels.size(), 5U);
}

TEST_F(GraphShelfTest, MakesUpARunOfYesterdayWithoutTakingTodaysNameFromIt) {
    publish(graph_text(Time(kDay) + hours{5}));
    const ports::GraphDays late = std::move(*shelf_->load(kDay - days{1}, Time(kDay) + kSix, {}));
    EXPECT_EQ(late.today->date, kDay - days{1});
    const ports::GraphDays today = must_load(kDay);
    EXPECT_EQ(today.source.status, SourceStatus::ok);
    EXPECT_THAT(today.history, IsEmpty()) << "one measurement, not two";
}

TEST_F(GraphShelfTest, TellsCheaplyWhetherAnythingChanged) {
    const ports::GraphDays loaded = fresh_day(kDay);
    EXPECT_TRUE(shelf_->is_unchanged(loaded, kDay));
    EXPECT_FALSE(shelf_->is_unchanged(loaded, kDay + days{1})) << "another day, another history";
    publish(graph_text(Time(kDay) + hours{5}, 5));
    EXPECT_FALSE(shelf_->is_unchanged(loaded, kDay));
    const ports::GraphDays again = must_load(kDay);
    EXPECT_TRUE(shelf_->is_unchanged(again, kDay));
    fs::remove(kept_path("20251025"));
    EXPECT_FALSE(shelf_->is_unchanged(again, kDay));
}

TEST_F(GraphShelfTest, ReadsABadFileAgainOnlyWhenItChanged) {
    std::ignore = fresh_day(kDay);
    publish("bad");
    const ports::GraphDays loaded = must_load(kDay + days{1});
    EXPECT_TRUE(shelf_->is_unchanged(loaded, kDay + days{1}));
    publish(graph_text(Time(kDay + days{1})));
    EXPECT_FALSE(shelf_->is_unchanged(loaded, kDay + days{1}));
    fs::remove(file());
    EXPECT_FALSE(shelf_->is_unchanged(loaded, kDay + days{1}));
}

TEST_F(GraphShelfTest, GivesTheSameFactsFromTheCacheAsComputed) {
    const ports::GraphDays computed = fresh_day(kDay);
    restart();
    const ports::GraphDays cached = must_load(kDay);
    EXPECT_EQ(cached.today->betweenness.hops, computed.today->betweenness.hops);
    EXPECT_EQ(cached.today->betweenness.fee_500k, computed.today->betweenness.fee_500k);
    EXPECT_EQ(std::distance(fs::directory_iterator(folder_.path("data/cache")), fs::directory_iterator{}), 1);
}

TEST_F(GraphShelfTest, StopsWhenNobodyWaitsAnyMore) {
    std::ignore = fresh_day(kDay);
    int asked = 0;
    const Result<ports::GraphDays> loaded =
        shelf_->load(kDay + days{1}, Time(kDay + days{1}) + kSix, [&] { return ++asked > 0; });
    ASSERT_FALSE(loaded);
    EXPECT_EQ(loaded.error().kind, ErrorKind::timeout);
    EXPECT_EQ(must_load(kDay + days{1}).today->date, kDay + days{1});
}

TEST_F(GraphShelfTest, RemovesWhatACrashLeftAndNothingOfOthers) {
    std::ignore = fresh_day(kDay);
    for (const char* name : {".mcp-part.AbCdEf", "notes.txt", "20251399.describegraph.json.zst"}) {
        write(folder_.path(std::string("data/graphs/") + name), "x");
    }
    std::ignore = fresh_day(kDay + days{1});
    EXPECT_THAT(kept(), ElementsAre("20251025.describegraph.json.zst", "20251026.describegraph.json.zst",
                                    "20251399.describegraph.json.zst", "notes.txt"));
}

} // namespace
} // namespace mcp::adapters
