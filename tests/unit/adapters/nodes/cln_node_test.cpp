#include "adapters/nodes/cln_node.hpp"

#include "domain/credential_commands.hpp"
#include "tests/unit/adapters/nodes/cln_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <random>

namespace mcp::adapters {
namespace {

using domain::NodeDayFlow;
using domain::NodeDoubt;
using domain::NodePart;
using domain::OwnNode;
using test::ClnKept;
using test::ScriptedCln;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

constexpr std::int64_t kDaySeconds = 86'400;

std::string at(int back, std::int64_t second) {
    return std::to_string(test::cln_midnight(test::kClnDay - std::chrono::days{back}) + second) + ".5";
}

ClnKept settled(std::uint64_t index, int back, std::int64_t second = 100) {
    return {.index = index, .received = at(back, second), .resolved = at(back, second + 1), .htlc = index};
}

std::vector<NodePart> parts(const std::vector<domain::NodeGap>& gaps) {
    std::vector<NodePart> all;
    for (const domain::NodeGap& gap : gaps) {
        all.push_back(gap.part);
    }
    return all;
}

std::string words(const domain::NodeGap& gap) {
    return language::render(gap.why, language::Language::en);
}

std::int64_t count_of(const NodeDayFlow& flow) {
    std::int64_t count = 0;
    for (const domain::ForwardSum& sum : flow.forwards) {
        count += sum.count;
    }
    return count;
}

TEST(ClnNodeTest, AWholeNodeIsRead) {
    ScriptedCln cln;
    cln.forwards = {settled(1, 30), settled(2, 3), settled(3, 1)};
    cln.answers["listfunds"] = R"({"outputs":[{"txid":")" + test::cln_txid(9) +
                               R"(","output":1,"amount_msat":5000000,"status":"confirmed"}]})";
    const Result<OwnNode> node = cln.read();
    ASSERT_TRUE(node) << ScriptedCln::fault(node);
    EXPECT_EQ(node->kind, domain::NodeKind::cln);
    EXPECT_EQ(node->key.hex(), test::kClnKey);
    EXPECT_EQ(node->version, "v25.09");
    EXPECT_EQ(node->day, test::kClnDay);
    EXPECT_EQ(node->read_at, test::kClnReadAt);
    EXPECT_EQ(node->block_height, 900'000U);
    EXPECT_THAT(node->doubts, IsEmpty());
    EXPECT_THAT(node->gaps, IsEmpty());
    ASSERT_EQ(node->channels.size(), 2U);
    ASSERT_TRUE(node->balances && node->pending && node->closings && node->wallet && node->peers);
    EXPECT_EQ(node->balances->local, Msat{1'200'000'000});
    EXPECT_EQ(node->wallet->confirmed, Sat{5000});
    EXPECT_EQ(node->peers->size(), 1U);
    ASSERT_EQ(node->days.size(), 7U);
    for (int i = 0; i < 7; ++i) {
        const NodeDayFlow& flow = node->days[static_cast<std::size_t>(i)];
        EXPECT_EQ(flow.day, test::kClnDay - std::chrono::days{7 - i});
        EXPECT_EQ(count_of(flow), i == 4 || i == 6 ? 1 : 0) << i;
        EXPECT_TRUE(flow.chain && flow.failures) << i;
    }
}

TEST(ClnNodeTest, EachQuestionIsAPostWithTheRune) {
    ScriptedCln cln;
    ASSERT_TRUE(cln.read());
    for (const ports::HttpRequest& request : cln.http.requests()) {
        EXPECT_EQ(request.method, "POST");
        EXPECT_THAT(request.headers, Contains(Pair("Rune", "abcDEF-_=")));
        EXPECT_THAT(request.headers, Contains(Pair("Content-Type", "application/json")));
        EXPECT_EQ(request.trusted_certificate, "-----BEGIN CERTIFICATE-----");
        EXPECT_TRUE(boost::json::parse(request.body).is_object());
        EXPECT_EQ(request.url.find("abcDEF"), std::string::npos);
    }
}

TEST(ClnNodeTest, APartThatTheRuneRefusesIsAGapThatNamesTheMethod) {
    const std::vector<std::pair<std::string, NodePart>> methods = {{"listclosedchannels", NodePart::closings},
                                                                   {"listfunds", NodePart::wallet},
                                                                   {"listpeers", NodePart::peers},
                                                                   {"listforwards", NodePart::forwards},
                                                                   {"bkpr-listincome", NodePart::chain_costs}};
    for (const auto& [method, part] : methods) {
        ScriptedCln cln;
        cln.forwards = {settled(1, 1)};
        cln.refuses(method);
        const Result<OwnNode> node = cln.read();
        ASSERT_TRUE(node) << method << ScriptedCln::fault(node);
        EXPECT_THAT(parts(node->gaps), ElementsAre(part)) << method;
        EXPECT_THAT(words(node->gaps[0]), AllOf(HasSubstr("POST /v1/" + method), HasSubstr("does not admit " + method),
                                                HasSubstr(std::string(domain::kCreateRune))));
        EXPECT_EQ(node->gaps[0].why.kind, ErrorKind::forbidden);
        EXPECT_EQ(node->closings.has_value(), part != NodePart::closings);
        EXPECT_EQ(node->wallet.has_value(), part != NodePart::wallet);
        EXPECT_EQ(node->peers.has_value(), part != NodePart::peers);
        EXPECT_EQ(node->days.size(), part == NodePart::forwards ? 0U : 7U);
        if (part == NodePart::chain_costs) {
            EXPECT_FALSE(node->days[0].chain) << "not known, and not nothing";
        }
    }
}

TEST(ClnNodeTest, WithoutInfoOrChannelsThereIsNothingToTell) {
    for (const char* method : {"getinfo", "listpeerchannels"}) {
        ScriptedCln cln;
        cln.refuses(method);
        const Result<OwnNode> node = cln.read();
        ASSERT_FALSE(node) << method;
        EXPECT_EQ(node.error().kind, ErrorKind::forbidden);
        EXPECT_THAT(ScriptedCln::fault(node), HasSubstr(std::string("does not admit ") + method));
    }
}

TEST(ClnNodeTest, ASwitchedOffBookkeeperIsAGap) {
    ScriptedCln cln;
    cln.refuses("bkpr-listincome", 404, -32601, "Unknown command 'bkpr-listincome'");
    const Result<OwnNode> node = cln.read();
    ASSERT_TRUE(node);
    EXPECT_THAT(parts(node->gaps), ElementsAre(NodePart::chain_costs));
    EXPECT_THAT(words(node->gaps[0]), HasSubstr("does not know bkpr-listincome"));
    ScriptedCln dead;
    dead.refuses("bkpr-listincome", 500, -4, "Plugin terminated before replying to RPC call.");
    EXPECT_THAT(parts(dead.read()->gaps), ElementsAre(NodePart::chain_costs));
}

TEST(ClnNodeTest, ARuneThatIsNoneOfItsIsAnErrorAsAWhole) {
    const std::vector<std::tuple<int, std::int64_t, std::string, std::string>> refusals = {
        {401, 1501, "Not authorized: Blacklisted rune", "refuses the rune: 'Not authorized: Blacklisted rune'"},
        {401, 1502, "Not permitted: time is greater or equal to 17", "has expired"},
        {403, 1501, "Not authorized: Missing rune", "got no rune"},
    };
    for (const auto& [status, code, said, told] : refusals) {
        ScriptedCln cln;
        cln.refuses("listfunds", status, code, said);
        const Result<OwnNode> node = cln.read();
        ASSERT_FALSE(node) << said;
        EXPECT_EQ(node.error().kind, ErrorKind::unauthenticated);
        EXPECT_THAT(ScriptedCln::fault(node), HasSubstr(told));
    }
}

TEST(ClnNodeTest, AnUnknownStateLeavesOutWhatItWouldFalsify) {
    ScriptedCln cln;
    boost::json::object strange = test::cln_channel(2);
    strange["state"] = "CHANNELD_TELEPORTING";
    cln.answers["listpeerchannels"] = test::cln_list("channels", {test::cln_channel(1), strange});
    const Result<OwnNode> node = cln.read();
    ASSERT_TRUE(node);
    EXPECT_EQ(node->channels.size(), 1U);
    EXPECT_FALSE(node->balances);
    EXPECT_FALSE(node->pending);
    EXPECT_THAT(parts(node->gaps), ElementsAre(NodePart::channels, NodePart::balances, NodePart::pending));
    EXPECT_THAT(words(node->gaps[0]), HasSubstr("CHANNELD_TELEPORTING"));
}

TEST(ClnNodeTest, ANodeWithoutAnyUsableChannelIsInDoubt) {
    ScriptedCln cln;
    boost::json::object away = test::cln_channel(1);
    away["peer_connected"] = false;
    cln.answers["listpeerchannels"] = test::cln_list("channels", {away});
    EXPECT_THAT(cln.read()->doubts, ElementsAre(NodeDoubt::no_channel_active));
    cln.answers["listpeerchannels"] = R"({"channels":[]})";
    EXPECT_THAT(cln.read()->doubts, IsEmpty());
}

TEST(ClnNodeTest, LiesAreErrorsThatNameTheQuestion) {
    const std::vector<std::pair<std::string, std::string>> lies = {
        {"listpeerchannels", R"({"channels":[{"state":"CHANNELD_NORMAL","total_msat":-1}]})"},
        {"getinfo", R"({"id":"02"})"},
    };
    for (const auto& [method, body] : lies) {
        ScriptedCln cln;
        cln.answers[method] = body;
        const Result<OwnNode> node = cln.read();
        ASSERT_FALSE(node) << method;
        EXPECT_EQ(node.error().kind, ErrorKind::bad_upstream) << method;
        EXPECT_THAT(ScriptedCln::fault(node), HasSubstr("POST /v1/" + method + ": "));
    }
}

TEST(ClnNodeTest, SomethingOddInAPartThatStandsAloneIsAGap) {
    const std::tuple<std::string, std::string, NodePart> odd[] = {
        {"listclosedchannels", R"({"closedchannels":7})", NodePart::closings},
        {"listfunds", "<html>", NodePart::wallet},
        {"listpeers", R"({"peers":[{"id":"02","connected":true}]})", NodePart::peers},
        {"bkpr-listincome", R"({"income_events":[{"tag":"onchain_fee","debit_msat":-1}]})", NodePart::chain_costs},
        {"bkpr-listincome",
         R"({"income_events":[{"tag":"onchain_fee","credit_msat":5,"debit_msat":0,"timestamp":)" +
             std::to_string(test::cln_midnight(test::kClnDay) - 5) + R"(,"txid":")" + test::cln_txid(1) + "\"}]}",
         NodePart::chain_costs}};
    for (const auto& [method, body, part] : odd) {
        ScriptedCln cln;
        cln.answers[method] = body;
        const Result<OwnNode> node = cln.read();
        ASSERT_TRUE(node) << method << ScriptedCln::fault(node);
        EXPECT_THAT(parts(node->gaps), ElementsAre(part)) << method;
        EXPECT_THAT(words(node->gaps[0]), HasSubstr("POST /v1/" + method + ": "));
        EXPECT_EQ(node->days.at(6).chain.has_value(), part != NodePart::chain_costs);
    }
}

TEST(ClnNodeTest, ATransactionOfAChannelThatIsNotLockedInLeavesItsDayWithoutCosts) {
    ScriptedCln cln;
    boost::json::object opening = test::cln_channel(7);
    opening["state"] = "CHANNELD_AWAITING_LOCKIN";
    opening.erase("short_channel_id");
    boost::json::object spliced = test::cln_channel(1);
    spliced["inflight"] = boost::json::array{boost::json::object{{"funding_txid", test::cln_txid(8)}}};
    cln.answers["listpeerchannels"] = test::cln_list("channels", {spliced, opening});
    const auto event = [](unsigned txid, int back, const char* msat) {
        return R"({"tag":"onchain_fee","credit_msat":0,"debit_msat":)" + std::string(msat) + R"(,"timestamp":)" +
               std::to_string(test::cln_midnight(test::kClnDay - std::chrono::days{back}) + 5) + R"(,"txid":")" +
               test::cln_txid(txid) + "\"}";
    };
    cln.answers["bkpr-listincome"] = R"({"income_events":[)" + event(7, 1, "1004927000") + "," +
                                     event(8, 3, "500000000") + "," + event(9, 2, "102") + "]}";
    const Result<OwnNode> node = cln.read();
    ASSERT_TRUE(node) << ScriptedCln::fault(node);
    EXPECT_EQ(node->days[6].chain, std::nullopt);
    EXPECT_EQ(node->days[4].chain, std::nullopt);
    EXPECT_EQ(node->days[5].chain, (domain::ChainCosts{1, Msat{102}}));
    EXPECT_THAT(parts(node->gaps), ElementsAre(NodePart::chain_costs));
    EXPECT_THAT(words(node->gaps[0]), HasSubstr("not locked in yet"));
}

TEST(ClnNodeTest, ANodeThatCatchesUpWithTheChainTellsNoCosts) {
    ScriptedCln cln;
    cln.answers["getinfo"].insert(1, R"("warning_lightningd_sync":"Still loading latest blocks",)");
    const Result<OwnNode> node = cln.read();
    ASSERT_TRUE(node) << ScriptedCln::fault(node);
    EXPECT_THAT(parts(node->gaps), ElementsAre(NodePart::chain_costs));
    EXPECT_EQ(node->days[6].chain, std::nullopt) << "not nothing";
}

TEST(ClnNodeTest, WhenTheTimeIsOverTheRestIsLeftOut) {
    ScriptedCln cln;
    cln.gate = [&]() -> std::optional<ports::HttpResponse> {
        if (cln.http.requests().back().url.ends_with("listfunds")) {
            cln.time.run_for(std::chrono::minutes{3});
        }
        return std::nullopt;
    };
    const Result<OwnNode> node = cln.read();
    ASSERT_TRUE(node) << ScriptedCln::fault(node);
    EXPECT_THAT(parts(node->gaps), ElementsAre(NodePart::peers, NodePart::forwards, NodePart::chain_costs));
    EXPECT_EQ(node->gaps[0].why.kind, ErrorKind::timeout);
    EXPECT_TRUE(node->wallet && node->closings && node->balances);
    cln.gate = [&]() -> std::optional<ports::HttpResponse> {
        cln.time.run_for(std::chrono::minutes{3});
        return std::nullopt;
    };
    EXPECT_EQ(cln.read().error().kind, ErrorKind::timeout) << "without its channels it is not read";
}

TEST(ClnNodeTest, KnownDaysAreTakenOver) {
    ScriptedCln cln;
    cln.forwards = {settled(1, 5), settled(2, 1)};
    std::vector<NodeDayFlow> known;
    for (int back = 9; back >= 0; --back) {
        NodeDayFlow flow{
            .day = test::kClnDay - std::chrono::days{back}, .forwards = {}, .sizes = {}, .failures = {}, .chain = {}};
        flow.sizes = {{Msat{back}, back}}; // to know it again
        if (back != 1) {
            known.push_back(std::move(flow));
        }
    }
    const Result<OwnNode> node = cln.read(known);
    ASSERT_TRUE(node) << ScriptedCln::fault(node);
    ASSERT_EQ(node->days.size(), 7U);
    for (std::size_t i = 0; i < 6; ++i) {
        EXPECT_EQ(node->days[i].sizes.at(0).count, static_cast<std::int64_t>(7 - i));
        EXPECT_TRUE(node->days[i].forwards.empty());
    }
    EXPECT_EQ(count_of(node->days[6]), 1);
    known.push_back(
        {.day = test::kClnDay - std::chrono::days{1}, .forwards = {}, .sizes = {}, .failures = {}, .chain = {}});
    const std::size_t before = cln.asked("listforwards");
    EXPECT_EQ(cln.read(known)->days.size(), 7U);
    EXPECT_EQ(cln.asked("listforwards"), before) << "all is known";
}

TEST(ClnNodeTest, TheCostsOfKnownDaysAreAskedForAnew) {
    ScriptedCln cln;
    cln.answers["bkpr-listincome"] =
        R"({"income_events":[{"tag":"onchain_fee","credit_msat":0,"debit_msat":7000,"timestamp":)" +
        std::to_string(test::cln_midnight(test::kClnDay) - 3 * kDaySeconds + 5) + R"(,"txid":")" + test::cln_txid(1) +
        "\"}]}";
    std::vector<NodeDayFlow> known;
    for (int back = 7; back >= 2; --back) {
        known.push_back({.day = test::kClnDay - std::chrono::days{back},
                         .forwards = {},
                         .sizes = {},
                         .failures = {},
                         .chain = domain::ChainCosts{}});
    }
    const Result<OwnNode> node = cln.read(known);
    ASSERT_TRUE(node) << ScriptedCln::fault(node);
    EXPECT_EQ(node->days[4].chain, (domain::ChainCosts{1, Msat{7000}})) << "entered when the last output was settled";
    EXPECT_EQ(node->days[5].chain, domain::ChainCosts{});
    cln.refuses("bkpr-listincome");
    EXPECT_EQ(cln.read(known)->days[4].chain, domain::ChainCosts{}) << "what was known stays";
}

TEST(ClnNodeTest, ANodeFromBeforePagesIsReadWhole) {
    ScriptedCln cln;
    cln.has_index = false;
    cln.forwards = {settled(1, 40), settled(2, 2), settled(3, 1)};
    cln.forwards.push_back(cln.forwards.back()); // the same HTLC
    const Result<OwnNode> node = cln.read();
    ASSERT_TRUE(node) << ScriptedCln::fault(node);
    EXPECT_EQ(count_of(node->days[5]), 1);
    EXPECT_EQ(count_of(node->days[6]), 1);
    EXPECT_EQ(cln.asked("listforwards"), 2U);
    EXPECT_THAT(node->gaps, IsEmpty());
}

TEST(ClnNodeTest, DeletedForwardsAreSaid) {
    ScriptedCln cln;
    cln.forwards = {settled(1, 30), settled(2, 5), settled(6, 1)};
    const Result<OwnNode> node = cln.read();
    ASSERT_TRUE(node);
    EXPECT_EQ(count_of(node->days[6]), 1);
    EXPECT_THAT(parts(node->gaps), ElementsAre(NodePart::forwards));
    EXPECT_THAT(words(node->gaps[0]), HasSubstr("3 forwards of these days were deleted"));
}

TEST(ClnNodeTest, APageThatGoesBackIsALie) {
    ScriptedCln cln;
    const std::string row = settled(3, 1).text(true);
    cln.http.will([&](const ports::HttpRequest&) -> Result<ports::HttpResponse> {
        return ports::HttpResponse{.status = 201, .headers = {}, .body = cln.answers["getinfo"]};
    });
    cln.answers["listforwards"] = "{\"forwards\":[" + row + "]}";
    cln.gate = [&]() -> std::optional<ports::HttpResponse> {
        if (!cln.http.requests().back().url.ends_with("listforwards")) {
            return std::nullopt;
        }
        return ports::HttpResponse{.status = 201, .headers = {}, .body = cln.answers["listforwards"]};
    };
    const Result<OwnNode> node = cln.read();
    ASSERT_FALSE(node) << "the same page for ever";
    EXPECT_EQ(node.error().kind, ErrorKind::bad_upstream);
    EXPECT_THAT(ScriptedCln::fault(node), HasSubstr("forwards[0] is older than what was asked for"));
}

/// The plain filter of all forwards, as the reading must come to it by search and pages.
std::map<Day, std::pair<std::int64_t, std::int64_t>> filtered(const std::vector<ClnKept>& all) {
    std::map<Day, std::pair<std::int64_t, std::int64_t>> sums;
    for (const ClnKept& kept : all) {
        const std::string& when = kept.resolved.empty() ? kept.received : kept.resolved;
        const Day day = std::chrono::floor<std::chrono::days>(Time{std::chrono::seconds{std::stoll(when)}});
        auto& [forwards, failures] = sums[day];
        (kept.status == "settled" ? forwards : failures) += kept.status == "offered" ? 0 : 1;
    }
    return sums;
}

void expect_filtered(const ScriptedCln& cln, const Result<OwnNode>& node, unsigned seed) {
    ASSERT_TRUE(node) << ScriptedCln::fault(node) << " seed " << seed;
    auto expected = filtered(cln.forwards);
    ASSERT_EQ(node->days.size(), 7U);
    for (const NodeDayFlow& flow : node->days) {
        std::int64_t failures = 0;
        for (const domain::FailureSum& sum : *flow.failures) {
            failures += sum.here + sum.beyond;
        }
        EXPECT_EQ(std::pair(count_of(flow), failures), expected[flow.day]) << "seed " << seed;
    }
}

ClnKept random_forward(std::mt19937_64& random, std::uint64_t index, std::int64_t received) {
    constexpr const char* kStatuses[] = {"settled", "failed", "local_failed", "offered"};
    ClnKept kept{.index = index, .received = std::to_string(received) + ".25", .htlc = index};
    kept.status = kStatuses[random() % 4];
    const std::int64_t held = random() % 3 == 0 ? static_cast<std::int64_t>(random() % (13 * kDaySeconds)) : 2;
    if (kept.status == "settled" || kept.status == "failed") {
        kept.resolved = std::to_string(received + held) + ".999999";
    }
    return kept;
}

TEST(ClnNodeTest, WhateverTheNumbersAndTimesTheSumsAreThoseOfThePlainFilter) {
    for (unsigned seed = 1; seed <= 24; ++seed) {
        std::mt19937_64 random(seed);
        ScriptedCln cln;
        cln.has_index = seed % 8 != 0;
        const std::uint64_t jump = 1ULL << (random() % 16);
        const std::int64_t step = 1 + static_cast<std::int64_t>(random() % 20'000);
        std::int64_t received = test::cln_midnight(test::kClnDay) - 60 * kDaySeconds;
        std::uint64_t index = 0;
        while (received < test::cln_midnight(test::kClnDay) + 20'000 && cln.forwards.size() < 1500) {
            index += 1 + random() % jump;
            received += static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(2 * step));
            cln.forwards.push_back(random_forward(random, index, received));
        }
        expect_filtered(cln, cln.read(), seed);
    }
}

TEST(ClnNodeTest, WhatIsForwardedMeanwhileIsNeitherLostNorDoubled) {
    for (unsigned seed = 1; seed <= 2; ++seed) {
        std::mt19937_64 random(seed);
        ScriptedCln cln;
        std::int64_t received = test::cln_midnight(test::kClnDay) - 20 * kDaySeconds;
        for (std::uint64_t index = 1; index <= 6'000; ++index) { // more than a page
            received += 280;
            cln.forwards.push_back(random_forward(random, index, received));
        }
        cln.before_page = [&] {
            const std::uint64_t next = cln.forwards.back().index + 1;
            cln.forwards.push_back(random_forward(random, next, test::cln_midnight(test::kClnDay) + 21'600));
        };
        expect_filtered(cln, cln.read(), seed);
        EXPECT_GE(cln.asked("listforwards"), 3U) << "a question where to begin, and two pages";
    }
}

TEST(ClnNodeTest, ARuneOfOneQuestionASecondIsEnough) {
    ScriptedCln cln;
    cln.forwards = {settled(1, 30), settled(2, 1)};
    std::optional<Timer::Span> last;
    cln.gate = [&]() -> std::optional<ports::HttpResponse> {
        const Timer::Span now = cln.time.passed();
        if (last && now - *last < std::chrono::seconds{1}) {
            return ports::HttpResponse{
                .status = 401, .headers = {}, .body = R"({"code":1502,"message":"Not permitted: too soon"})"};
        }
        last = now;
        return std::nullopt;
    };
    const Result<OwnNode> node = cln.read();
    ASSERT_TRUE(node) << ScriptedCln::fault(node);
    EXPECT_THAT(node->gaps, IsEmpty());
    EXPECT_EQ(cln.asked("listpeerchannels"), 2U) << "once too soon, then at that pace";
    EXPECT_EQ(cln.asked("listfunds"), 1U);
    EXPECT_LT(cln.time.passed(), std::chrono::seconds{30});
}

TEST(ClnNodeTest, ARuneOfTooFewQuestionsIsSaidSo) {
    ScriptedCln cln;
    cln.refuses("listfunds", 401, 1502, "Not permitted: Rate of 1 per minute exceeded");
    const Result<OwnNode> node = cln.read();
    ASSERT_TRUE(node) << ScriptedCln::fault(node);
    EXPECT_EQ(parts(node->gaps).at(0), NodePart::wallet);
    EXPECT_EQ(node->gaps[0].why.kind, ErrorKind::rate_limited);
    EXPECT_THAT(words(node->gaps[0]), AllOf(HasSubstr("Rate of 1 per minute"), HasSubstr("rate=60")));
    EXPECT_LE(cln.time.passed(), std::chrono::minutes{2});
}

TEST(ClnNodeTest, TryingNamesEachMissingMethod) {
    ScriptedCln cln;
    cln.forwards = {settled(1, 1)};
    const Result<ports::NodeTrial> whole = cln.try_out();
    ASSERT_TRUE(whole) << ScriptedCln::fault(whole);
    EXPECT_EQ(whole->key.hex(), test::kClnKey);
    EXPECT_EQ(whole->alias, "cln");
    EXPECT_THAT(whole->missing, IsEmpty());
    cln.refuses("bkpr-listincome");
    cln.refuses("listpeerchannels");
    const Result<ports::NodeTrial> weak = cln.try_out();
    ASSERT_TRUE(weak);
    EXPECT_THAT(parts(weak->missing), ElementsAre(NodePart::channels, NodePart::chain_costs));
    EXPECT_THAT(words(weak->missing[1]), HasSubstr("does not admit bkpr-listincome"));
    cln.refuses("getinfo");
    EXPECT_FALSE(cln.try_out());
}

TEST(ClnNodeTest, KnockingAsksNothingButGetinfo) {
    ScriptedCln cln;
    EXPECT_TRUE(cln.knock());
    EXPECT_EQ(cln.http.requests().size(), 1U);
    cln.answers["getinfo"] = "<html>";
    EXPECT_THAT(ScriptedCln::fault(cln.knock()), HasSubstr("no Core Lightning"));
    cln.http.otherwise([](const ports::HttpRequest&) -> Result<ports::HttpResponse> {
        return fail(ErrorKind::unavailable, {"fetch.refused", {}});
    });
    EXPECT_EQ(cln.knock().error().kind, ErrorKind::unavailable);
}

TEST(ClnNodeTest, ErrorsDoNotTellTheRune) {
    for (const int status : {401, 403, 404, 405, 429, 500, 503}) {
        ScriptedCln cln;
        cln.gate = [&]() -> std::optional<ports::HttpResponse> {
            return ports::HttpResponse{.status = status, .headers = {}, .body = "who knows"};
        };
        const Result<OwnNode> node = cln.read();
        ASSERT_FALSE(node) << status;
        EXPECT_THAT(ScriptedCln::fault(node), Not(HasSubstr("abcDEF"))) << status;
    }
}

} // namespace
} // namespace mcp::adapters
