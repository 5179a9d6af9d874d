#include "adapters/nodes/lnd_days.hpp"

#include "adapters/nodes/lnd_week.hpp"
#include "tests/unit/adapters/nodes/lnd_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <map>
#include <numeric>
#include <rapidcheck/gtest.h>
#include <regex>

namespace mcp::adapters::lnd {
namespace {

using domain::ForwardSum;
using domain::NodeDayFlow;
using domain::ShortChannelId;
using std::chrono::days;
using test::kNs;
using test::kReportDay;
using test::ScriptedLnd;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const Day kFirst = kReportDay - days{7};

struct VirtualDeadline {
    test::VirtualTime time{test::kReadAt};
    Deadline deadline{time.timer(), std::chrono::minutes{2}};
};

/// The moment that many nanoseconds after (or before) a day's first instant.
std::int64_t at(Day day, std::int64_t ns) {
    return test::midnight(day) * kNs + ns;
}

std::int64_t count_of(const NodeDayFlow& day) {
    return std::accumulate(day.forwards.begin(), day.forwards.end(), std::int64_t{0},
                           [](std::int64_t sum, const ForwardSum& one) { return sum + one.count; });
}

class LndForwardsOfTheWeek : public testing::Test {
protected:
    /// The days, oldest first; an error fails the test.
    std::vector<NodeDayFlow> days_read(std::vector<NodeDayFlow> known = {}) {
        Result<domain::OwnNode> node = lnd_.read(std::move(known));
        EXPECT_EQ(lnd_.fault(node), "");
        return node ? std::move(node->days) : std::vector<NodeDayFlow>();
    }
    void settles(std::int64_t at_ns, std::int64_t out = 1'000, std::uint64_t from = 1, std::uint64_t to = 2) {
        lnd_.forwards.push_back({.at_ns = at_ns, .in = from, .out = to, .amount_in = out + 1, .amount_out = out});
    }
    std::vector<std::string> pages_asked() const {
        std::vector<std::string> bodies;
        for (const ports::HttpRequest& request : lnd_.http.requests()) {
            if (request.url.ends_with("/v1/switch")) {
                bodies.push_back(request.body);
            }
        }
        return bodies;
    }

    ScriptedLnd lnd_;
};

TEST_F(LndForwardsOfTheWeek, BelongToTheDayInWhichTheyWereSettled) {
    settles(at(kFirst, -1), 100);
    settles(at(kFirst, 0), 200);
    settles(at(kFirst + days{1}, -kNs / 10), 300); // 23:59:59.9
    settles(at(kFirst + days{1}, -1), 400);        // 23:59:59.999999999
    settles(at(kFirst + days{1}, 0), 500);         // 00:00:00.0
    settles(at(kReportDay, -kNs / 10), 600);       // LND loses this one where it is asked up to 23:59:59
    settles(at(kReportDay, -1), 700);
    settles(at(kReportDay, 0), 800);
    settles(at(kReportDay, 1), 900);
    const std::vector<NodeDayFlow> week = days_read();
    ASSERT_THAT(week, SizeIs(7));
    EXPECT_EQ(week[0].day, kFirst);
    EXPECT_THAT(week[0].forwards,
                ElementsAre(ForwardSum{ShortChannelId{1}, ShortChannelId{2}, 3, Msat{903}, Msat{900}}));
    EXPECT_THAT(week[1].forwards,
                ElementsAre(ForwardSum{ShortChannelId{1}, ShortChannelId{2}, 1, Msat{501}, Msat{500}}));
    EXPECT_THAT(week[2].forwards, IsEmpty());
    EXPECT_EQ(week[6].day, kReportDay - days{1});
    EXPECT_THAT(week[6].forwards,
                ElementsAre(ForwardSum{ShortChannelId{1}, ShortChannelId{2}, 2, Msat{1302}, Msat{1300}}));
    EXPECT_EQ(week[6].failures, std::nullopt) << "LND keeps none";
}

TEST_F(LndForwardsOfTheWeek, AreAskedFromTheFirstDaysBeginToTheNextMidnight) {
    days_read();
    ASSERT_THAT(pages_asked(), SizeIs(1));
    EXPECT_EQ(pages_asked()[0], R"({"start_time":")" + std::to_string(test::midnight(kFirst)) + R"(","end_time":")" +
                                    std::to_string(test::midnight(kReportDay)) +
                                    R"(","index_offset":0,"num_max_events":5000})")
        << "and nothing that an old LND would refuse";
}

TEST_F(LndForwardsOfTheWeek, ThatAreKnownAreNotAskedForAgain) {
    std::vector<NodeDayFlow> known;
    for (int i = -1; i < 6; ++i) { // the first one is too old to matter
        NodeDayFlow day{.day = kFirst + days{i}, .forwards = {}, .sizes = {}, .failures = {}, .chain = {}};
        day.forwards = {{ShortChannelId{1}, ShortChannelId{2}, 100 + i, Msat{9}, Msat{8}}};
        day.chain = domain::ChainCosts{.transactions = i, .fees = Msat{i}};
        known.push_back(day);
        settles(at(day.day, 5), 1'000);
    }
    settles(at(kReportDay - days{1}, 5), 1'000);
    const std::vector<NodeDayFlow> week = days_read(known);
    ASSERT_THAT(week, SizeIs(7));
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(week[i].forwards, known[i + 1].forwards);
        EXPECT_TRUE(i == 5 || week[i].chain == known[i + 1].chain);
    }
    EXPECT_EQ(count_of(week[6]), 1);
    EXPECT_EQ(week[6].chain, domain::ChainCosts{});
    EXPECT_EQ(week[5].chain, domain::ChainCosts{}) << "asked again: a block may have come in since";
    EXPECT_THAT(pages_asked()[0],
                HasSubstr(R"("start_time":")" + std::to_string(test::midnight(kReportDay - days{1})) + "\""));
}

TEST_F(LndForwardsOfTheWeek, WithAHoleAreAskedForInTheHoleOnly) {
    std::vector<NodeDayFlow> known = days_read();
    known.erase(known.begin() + 3);
    for (int i = 0; i < 7; ++i) {
        settles(at(kFirst + days{i}, 5), 1'000);
    }
    const std::vector<NodeDayFlow> week = days_read(known);
    ASSERT_THAT(week, SizeIs(7));
    for (std::size_t i = 0; i < 7; ++i) {
        EXPECT_EQ(count_of(week[i]), i == 3 ? 1 : 0) << i;
    }
}

TEST_F(LndForwardsOfTheWeek, ThatAreAllKnownAreNotAskedForAtAll) {
    const std::vector<NodeDayFlow> known = days_read();
    const std::size_t before = pages_asked().size();
    EXPECT_EQ(days_read(known), known);
    EXPECT_EQ(pages_asked().size(), before);
}

TEST_F(LndForwardsOfTheWeek, GoByTheRealIdsOfChannels) {
    lnd_.channels[0]["zero_conf_confirmed_scid"] = "70";
    lnd_.channels[0]["alias_scids"] = boost::json::array{"1"};
    settles(at(kFirst, 5), 1'000, 1, 2);
    settles(at(kFirst, 6), 1'000, 70, 2);
    EXPECT_THAT(days_read()[0].forwards,
                ElementsAre(ForwardSum{ShortChannelId{70}, ShortChannelId{2}, 2, Msat{2'002}, Msat{2'000}}));
}

TEST_F(LndForwardsOfTheWeek, AddedWhilePagingCountOnce) {
    for (int i = 0; i < 10; ++i) {
        settles(at(kFirst, 10 * i), 1'000);
    }
    lnd_.page_max = 3;
    int pages = 0;
    lnd_.before_page = [&] { // at the end, as LND adds them
        if (++pages <= 6) {
            settles(at(kReportDay - days{1}, pages), 1'000);
        }
    };
    const std::vector<NodeDayFlow> week = days_read();
    EXPECT_EQ(count_of(week[0]), 10);
    EXPECT_EQ(count_of(week[6]), 6);
}

TEST_F(LndForwardsOfTheWeek, AddedInBetweenMakeTheReadingBeginAnew) {
    for (int i = 0; i < 10; ++i) {
        settles(at(kFirst, 10 * i + 1), 1'000);
    }
    lnd_.page_max = 3;
    int pages = 0;
    lnd_.before_page = [&] {
        if (++pages == 3) {
            lnd_.forwards.insert(lnd_.forwards.begin(),
                                 {.at_ns = at(kFirst, 0), .in = 1, .out = 2, .amount_in = 5, .amount_out = 5});
        }
    };
    EXPECT_EQ(count_of(days_read()[0]), 11);
}

TEST_F(LndForwardsOfTheWeek, ThatNeverHoldStillAreAnError) {
    for (int i = 0; i < 10; ++i) {
        settles(at(kFirst, 1000 + i), 1'000);
    }
    lnd_.page_max = 3;
    int pages = 0;
    lnd_.before_page = [&] {
        lnd_.forwards.insert(lnd_.forwards.begin(),
                             {.at_ns = at(kFirst, 999 - ++pages), .in = 1, .out = 2, .amount_in = 5, .amount_out = 5});
    };
    EXPECT_THAT(lnd_.fault(lnd_.read()), HasSubstr("changed each time"));
}

TEST_F(LndForwardsOfTheWeek, WithoutEndAreAnError) {
    std::int64_t told = 0;
    auto endless = [&told](const ports::HttpRequest& request) -> Result<ports::HttpResponse> {
        const auto event =
            test::event_of({.at_ns = at(kFirst, ++told), .in = 1, .out = 2, .amount_in = 2, .amount_out = 1});
        const auto offset = boost::json::parse(request.body).at("index_offset").to_number<std::int64_t>();
        const boost::json::object page{{"forwarding_events", boost::json::array{event}},
                                       {"last_offset_index", offset + 1}};
        return ports::HttpResponse{.status = 200, .headers = {}, .body = boost::json::serialize(page)};
    };
    lnd_.http.otherwise(endless);
    const NodeTools tools = lnd_.tools();
    const Talk talk(NodeCalls(tools, lnd_.access(), std::chrono::minutes{2}));
    const auto read = lnd_.time.run(ask_forwards(talk, days_to_ask(kReportDay, {}), {}));
    EXPECT_THAT(lnd_.fault(read), HasSubstr("more than two million forwards"));
    EXPECT_LE(lnd_.http.requests().size(), 400U);
}

TEST_F(LndForwardsOfTheWeek, OfADayBeyondBeliefAreAnError) {
    for (int i = 0; i < 9; ++i) {
        settles(at(kFirst, i), to_msat(kAllBitcoin).value / 8 - 1);
    }
    EXPECT_THAT(lnd_.fault(lnd_.read()), HasSubstr("POST /v1/switch: what it tells of"));
}

TEST_F(LndForwardsOfTheWeek, OfDaysThatAreNotOverAreNotCounted) {
    settles(at(kReportDay, 5), 1'000);
    const Result<domain::OwnNode> node = lnd_.read({}, kReportDay + days{1});
    ASSERT_TRUE(node);
    EXPECT_THAT(node->days, IsEmpty());
    ASSERT_THAT(node->gaps, SizeIs(1));
    EXPECT_EQ(node->gaps[0].part, domain::NodePart::forwards);
    EXPECT_THAT(pages_asked(), IsEmpty());
}

/// Forwards at any distance from each other, over the bounds of days and of the week.
std::vector<test::KeptForward> any_forwards() {
    const auto close = rc::gen::inRange<std::int64_t>(1, 1'000);
    const auto far = rc::gen::inRange<std::int64_t>(kNs, 86'400 * kNs / 2);
    std::vector<test::KeptForward> all;
    std::int64_t now = at(kFirst, -kNs);
    for (const std::int64_t gap : *rc::gen::container<std::vector<std::int64_t>>(rc::gen::oneOf(close, far))) {
        now += gap;
        const auto out = *rc::gen::inRange<std::int64_t>(0, 5'000'000'000);
        const auto fee = *rc::gen::inRange<std::int64_t>(0, 5'000'000);
        all.push_back({.at_ns = now, .in = 1 + all.size() % 3, .out = 2, .amount_in = out + fee, .amount_out = out});
    }
    return all;
}

/// By definition, each forward looked at once.
std::vector<ForwardSum> sums_of(const std::vector<test::KeptForward>& all, Day day) {
    std::map<std::uint64_t, ForwardSum> sums;
    for (const test::KeptForward& one : all) {
        if (one.at_ns >= at(day, 0) && one.at_ns < at(day + days{1}, 0)) {
            ForwardSum& sum = sums[one.in];
            sum = {ShortChannelId{one.in}, ShortChannelId{one.out}, sum.count + 1, sum.amount_in + Msat{one.amount_in},
                   sum.amount_out + Msat{one.amount_out}};
        }
    }
    std::vector<ForwardSum> list;
    for (const auto& [in, sum] : sums) {
        list.push_back(sum);
    }
    return list;
}

RC_GTEST_PROP(LndPages, TellEachForwardOnceHoweverTheyAreCut, ()) {
    ScriptedLnd lnd;
    lnd.forwards = any_forwards();
    lnd.page_max = *rc::gen::inRange<std::size_t>(1, lnd.forwards.size() + 2);
    const Result<domain::OwnNode> node = lnd.read();
    RC_ASSERT(node.has_value());
    RC_ASSERT(node->days.size() == 7U);
    for (const NodeDayFlow& day : node->days) {
        RC_ASSERT(day.forwards == sums_of(lnd.forwards, day.day));
        std::int64_t sizes = 0;
        for (const domain::SizeCount& size : day.sizes) {
            sizes += size.count;
        }
        RC_ASSERT(sizes == count_of(day));
    }
}

RC_GTEST_PROP(LndPages, TellEachForwardOnceThoughMoreComeMeanwhile, ()) {
    ScriptedLnd lnd;
    const std::vector<test::KeptForward> all = any_forwards();
    const auto there = *rc::gen::inRange<std::size_t>(0, all.size() + 1);
    lnd.forwards.assign(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(there));
    lnd.page_max = *rc::gen::inRange<std::size_t>(1, all.size() + 2);
    lnd.before_page = [&] {
        if (lnd.forwards.size() < all.size()) {
            lnd.forwards.push_back(all[lnd.forwards.size()]);
        }
    };
    const Result<domain::OwnNode> node = lnd.read();
    RC_ASSERT(node.has_value());
    for (const NodeDayFlow& day : node->days) {
        RC_ASSERT(day.forwards == sums_of(lnd.forwards, day.day)); // none came after the empty page that ended it
    }
}

// What transactions cost

class LndChainCosts : public testing::Test {
protected:
    struct Mined {
        std::int64_t height;
        std::int64_t at; ///< seconds
        std::int64_t fees;
    };

    LndChainCosts() {
        lnd_.answers.erase("/v1/transactions");
        lnd_.http.otherwise([this, rest = lnd_.replies()](const ports::HttpRequest& request) {
            static const std::regex kAsked(R"(.*/v1/transactions\?start_height=(\d+)&end_height=(\d+))");
            std::smatch found;
            return std::regex_match(request.url, found, kAsked) ? window(std::stoll(found[1]), std::stoll(found[2]))
                                                                : rest(request);
        });
    }

    Result<ports::HttpResponse> window(std::int64_t from, std::int64_t to) {
        windows_.emplace_back(from, to);
        boost::json::array list;
        for (const Mined& one : mined_) {
            if (one.height >= from && one.height <= to) {
                list.push_back(boost::json::object{{"tx_hash", "tx" + std::to_string(one.height)},
                                                   {"time_stamp", std::to_string(one.at)},
                                                   {"total_fees", std::to_string(one.fees)},
                                                   {"block_height", one.height}});
            }
        }
        return ports::HttpResponse{
            .status = 200, .headers = {}, .body = boost::json::serialize(boost::json::object{{"transactions", list}})};
    }
    std::vector<NodeDayFlow> days_read() {
        Result<domain::OwnNode> node = lnd_.read();
        EXPECT_EQ(lnd_.fault(node), "");
        return node ? std::move(node->days) : std::vector<NodeDayFlow>();
    }

    ScriptedLnd lnd_;
    std::vector<Mined> mined_;
    std::vector<std::pair<std::int64_t, std::int64_t>> windows_;
};

TEST_F(LndChainCosts, BelongToTheDayOfTheirBlock) {
    mined_ = {{890'000, test::midnight(kFirst) - 90'000, 7'777}, {899'000, test::midnight(kFirst), 154},
              {899'100, test::midnight(kFirst) + 86'399, 1'000}, {899'101, test::midnight(kFirst) + 86'400, 30},
              {899'102, test::midnight(kFirst) + 86'401, 0}, // somebody else paid for it
              {900'000, test::midnight(kReportDay), 5'000}};
    const std::vector<NodeDayFlow> week = days_read();
    ASSERT_THAT(week, SizeIs(7));
    EXPECT_EQ(week[0].chain, (domain::ChainCosts{2, Msat{1'154'000}}));
    EXPECT_EQ(week[1].chain, (domain::ChainCosts{1, Msat{30'000}}));
    EXPECT_EQ(week[6].chain, (domain::ChainCosts{0, Msat{0}}));
}

TEST_F(LndChainCosts, AreAskedForNoFurtherBackThanNeeded) {
    mined_ = {{899'500, test::midnight(kFirst) + 5, 154}, {898'800, test::midnight(kFirst) - 100'000, 154}};
    days_read();
    ASSERT_THAT(windows_, SizeIs(1));
    EXPECT_EQ(windows_[0].second, 900'000);
    EXPECT_EQ(windows_[0].first, 900'000 - 9 * 144);
}

TEST_F(LndChainCosts, OfAChainWithQuickBlocksAreAllFound) { // where thousands are mined in minutes
    for (int i = 0; i < 20'000; i += 1'000) {
        mined_.push_back({900'000 - i, test::midnight(kReportDay) - 100 - i / 1'000, 100});
    }
    EXPECT_EQ(days_read()[6].chain, (domain::ChainCosts{20, Msat{2'000'000}}));
    for (std::size_t i = 1; i < windows_.size(); ++i) {
        EXPECT_EQ(windows_[i].second, windows_[i - 1].first - 1) << "each block is asked for once";
    }
    EXPECT_EQ(windows_.back().first, 0) << "nothing old was met: it could have gone on";
    EXPECT_LE(windows_.size(), 8U);
}

TEST_F(LndChainCosts, OfABlockDatedEarlierThanItsNeighboursDoNotEndTheSearch) {
    mined_ = {{899'500, test::midnight(kFirst) - 7'000, 11}, {890'000, test::midnight(kFirst) + 50, 154}};
    EXPECT_EQ(days_read()[0].chain, (domain::ChainCosts{1, Msat{154'000}}));
}

TEST_F(LndChainCosts, BeyondBeliefAreAnError) {
    mined_ = {{899'500, test::midnight(kFirst) + 5, kAllBitcoin.value / 2}};
    const Result<domain::OwnNode> node = lnd_.read();
    ASSERT_TRUE(node);
    ASSERT_THAT(node->gaps, SizeIs(1));
    EXPECT_THAT(language::render(node->gaps[0].why, language::Language::en),
                HasSubstr("GET /v1/transactions: what it tells of"));
    EXPECT_EQ(node->days[0].chain, std::nullopt);
}

TEST_F(LndChainCosts, OfDaysBeyondTheTipAreNotKnownWhileTheNodeCatchesUp) {
    mined_ = {{899'500, test::midnight(kFirst) + 5, 154}};
    std::string& info = lnd_.answers["/v1/getinfo"];
    info = std::regex_replace(info, std::regex(R"("synced_to_chain":true)"), R"("synced_to_chain":false)");
    Result<domain::OwnNode> node = lnd_.read();
    ASSERT_TRUE(node);
    ASSERT_THAT(node->gaps, SizeIs(1)) << "where its newest block is, it does not tell";
    EXPECT_EQ(node->days[0].chain, std::nullopt);
    EXPECT_THAT(windows_, IsEmpty());
    info.insert(1, R"("best_header_timestamp":")" + std::to_string(test::midnight(kFirst + days{2}) + 5) + R"(",)");
    node = lnd_.read();
    ASSERT_TRUE(node);
    EXPECT_EQ(node->days[0].chain, (domain::ChainCosts{1, Msat{154'000}}));
    EXPECT_EQ(node->days[1].chain, domain::ChainCosts{});
    for (std::size_t i = 2; i < 7; ++i) {
        EXPECT_EQ(node->days[i].chain, std::nullopt) << i;
    }
    ASSERT_THAT(node->gaps, SizeIs(1));
    EXPECT_EQ(node->gaps[0].part, domain::NodePart::chain_costs);
    EXPECT_THAT(language::render(node->gaps[0].why, language::Language::en), HasSubstr("does not know all blocks of"));
}

TEST_F(LndForwardsOfTheWeek, BetweenMorePairsThanAreKeptAreAGap) {
    WeekOfForwards week(days_to_ask(kReportDay, {}), {});
    ForwardPage page;
    for (std::size_t i = 0; i < domain::kFlowRowsMax; ++i) {
        page.forwards.push_back({.in = ShortChannelId{i + 1},
                                 .out = ShortChannelId{1},
                                 .amount_in = Msat{1},
                                 .amount_out = Msat{1},
                                 .at_ns = at(kFirst, static_cast<std::int64_t>(i)),
                                 .is_exact = true});
    }
    const auto added = week.add(page); // and one size
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().what.key, "own_node.too_many_rows");
    VirtualDeadline none;
    EXPECT_TRUE(is_gap_of(domain::NodePart::forwards, added.error(), none.deadline));
}

} // namespace
} // namespace mcp::adapters::lnd
