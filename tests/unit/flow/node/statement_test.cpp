#include "flow/node/statement.hpp"

#include "analysis/own/plausible.hpp"
#include "base/json/document.hpp"
#include "tests/support/own_node_text.hpp"
#include "tests/support/own_nodes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::flow {
namespace {

using domain::OwnNode;
using test::own_node_text;
using testing::HasSubstr;
using testing::Not;

constexpr Day kDay{std::chrono::year{2026} / 3 / 1};

OwnNode some_node(std::uint64_t seed = 1) {
    return test::OwnNodes(seed).node(test::key_of(1), kDay);
}

/// A node with two channels that forwarded something every day.
OwnNode small_node() {
    OwnNode node;
    node.key = test::key_of(1);
    node.day = kDay;
    node.read_at = Time(kDay) + std::chrono::hours{6};
    for (const std::uint64_t id : {1, 2}) {
        domain::NodeChannel channel;
        channel.id = {id};
        channel.peer = test::key_of(2);
        channel.capacity = Sat{1'000'000};
        channel.local = Msat{600'000'000};
        channel.remote = Msat{400'000'000};
        node.channels.push_back(channel);
    }
    for (int back = domain::kFlowDays; back > 0; --back) {
        domain::NodeDayFlow flow;
        flow.day = kDay - std::chrono::days{back};
        flow.forwards = {{{1}, {2}, 3, Msat{1'001}, Msat{1'000}}, {{2}, {1}, 1, Msat{501}, Msat{500}}};
        flow.sizes = {{Msat{500}, 1}, {Msat{1'000}, 3}};
        flow.failures = {{{{1}, {}, 1, 0}}};
        flow.chain = domain::ChainCosts{1, Msat{2'000}};
        node.days.push_back(std::move(flow));
    }
    return node;
}

std::string english(const Result<OwnNode>& read) {
    return read ? "it was read" : language::render(read.error(), language::Language::en);
}

/// Why the text of a changed node is refused.
template <typename Change>
std::string refusal_of(Change change) {
    OwnNode node = small_node();
    change(node);
    return english(read_statement(statement_text(node)));
}

/// Why the text is refused in which `what` became `other`.
std::string refusal_of_text(std::string_view what, std::string_view other) {
    std::string text = statement_text(small_node());
    const std::size_t at = text.find(what);
    if (at == text.npos) {
        return "the text has no such piece";
    }
    text.replace(at, what.size(), other);
    return english(read_statement(text));
}

TEST(Statement, LosesNothing) {
    for (std::uint64_t seed = 1; seed <= 150; ++seed) {
        const OwnNode before = some_node(seed);
        const std::string text = statement_text(before);
        const Result<OwnNode> after = read_statement(text);
        ASSERT_TRUE(after) << "seed " << seed << ": " << english(after) << "\n" << text;
        ASSERT_EQ(own_node_text(*after), own_node_text(before)) << "seed " << seed;
        ASSERT_EQ(statement_text(*after), text) << "seed " << seed;
    }
}

TEST(Statement, IsJsonOnOneLine) {
    const std::string text = statement_text(some_node());
    EXPECT_THAT(text, Not(HasSubstr("\n")));
    const Result<json::Document> document = json::Document::parse(text);
    ASSERT_TRUE(document);
    EXPECT_EQ(document->root().at("statement").as_i64().value(), 1);
}

TEST(Statement, KeepsAllBitcoinToTheMsat) {
    OwnNode node = small_node();
    node.channels[0].local = to_msat(kAllBitcoin) - Msat{600'000'000};
    node.channels[0].capacity = kAllBitcoin - Sat{1'000'000};
    const Result<OwnNode> read = read_statement(statement_text(node));
    ASSERT_TRUE(read) << english(read);
    EXPECT_EQ(read->channels[0].local.value, 2'099'999'999'400'000'000);
}

TEST(Statement, TellsWhyAPartIsMissingInEachLanguageAsTheReaderDid) {
    OwnNode node = small_node();
    node.gaps = {
        {domain::NodePart::forwards,
         {ErrorKind::forbidden, {"live.lnd_macaroon_weak", {}}, {{"live.source", {{"source", std::string("lnd")}}}}}}};
    const Result<OwnNode> read = read_statement(statement_text(node));
    ASSERT_TRUE(read);
    ASSERT_EQ(read->gaps.size(), 1U);
    EXPECT_EQ(read->gaps[0].why.kind, ErrorKind::forbidden);
    for (const auto in : {language::Language::fr, language::Language::en}) {
        EXPECT_EQ(language::render(read->gaps[0].why, in), language::render(node.gaps[0].why, in));
    }
}

TEST(Statement, OfAnotherVersionTellsOfAMessageThatThisOneLacksInEnglish) {
    std::string text = statement_text(small_node());
    text.replace(
        text.find(R"("gaps":[])"), 9,
        R"("gaps":[{"part":"peers","why":{"kind":"timeout","english":"too slow","key":"of.tomorrow","args":{}}}])");
    const Result<OwnNode> read = read_statement(text);
    ASSERT_TRUE(read) << english(read);
    EXPECT_EQ(read->gaps[0].why.kind, ErrorKind::timeout);
    EXPECT_EQ(language::render(read->gaps[0].why, language::Language::fr), "too slow");
}

TEST(Statement, IsRefusedWithThePathToWhatCannotBe) {
    EXPECT_EQ(english(read_statement("{}")), "statement is missing");
    EXPECT_THAT(english(read_statement("<html>")), HasSubstr("is not JSON"));
    EXPECT_THAT(english(read_statement("[]")), HasSubstr("statement is missing"));
    EXPECT_THAT(english(read_statement(R"({"statement":2})")),
                HasSubstr("statement is 2, and statements of version 1"));
    EXPECT_THAT(english(read_statement(R"({"statement":1})")), HasSubstr("key is missing"));
    EXPECT_THAT(refusal_of_text(R"("kind":"lnd")", R"("kind":"eclair")"), HasSubstr("kind cannot be"));
    EXPECT_THAT(refusal_of_text(R"("day":"2026-03-01")", R"("day":"2026-02-30")"), HasSubstr("day cannot be"));
    EXPECT_THAT(refusal_of_text(R"("local_msat":600000000)", R"("local_msat":-1)"),
                HasSubstr("channels[0].local_msat cannot be"));
    EXPECT_THAT(refusal_of_text(R"("local_msat":600000000)", R"("local_msat":2100000000000000001)"),
                HasSubstr("channels[0].local_msat cannot be"));
    EXPECT_THAT(refusal_of_text(R"("local_msat":600000000)", R"("local_msat":0.5)"),
                HasSubstr("channels[0].local_msat: expected a whole number"));
    EXPECT_THAT(refusal_of_text(R"("funding_outpoint":"")", R"("funding_outpoint":"x:0")"),
                HasSubstr("channels[0].funding_outpoint cannot be"));
    EXPECT_THAT(refusal_of_text(R"("id":"0x0x1")", R"("id":"1")"), HasSubstr("channels[0].id cannot be"));
    EXPECT_THAT(refusal_of_text(R"(["0x0x1","0x0x2",3,1001,1000])", R"(["0x0x1","0x0x2",3,1001])"),
                HasSubstr("days[0].forwards[0][4] is missing"));
    EXPECT_THAT(refusal_of_text(R"(["0x0x1","0x0x2",3,1001,1000])", R"(["0x0x1","0x0x2",3,1001,1000,7])"),
                HasSubstr("days[0].forwards[0] cannot be"));
    EXPECT_THAT(refusal_of_text(R"(["0x0x1","0x0x2",3,1001,1000])", R"({"in":"0x0x1"})"),
                HasSubstr("days[0].forwards[0]: expected a list"));
    EXPECT_THAT(refusal_of_text(R"("gaps":[])", R"("gaps":[7])"), HasSubstr("gaps[0] cannot be"));
    EXPECT_THAT(refusal_of_text(R"("gaps":[])", R"("gaps":[{"part":"peers","why":"no"}])"),
                HasSubstr("gaps[0].why cannot be"));
}

TEST(Statement, IsRefusedWhenItsPartsCannotGoTogether) {
    EXPECT_THAT(refusal_of([](OwnNode& node) { node.channels[1].id = node.channels[0].id; }),
                HasSubstr("channels[1] does not come after"));
    EXPECT_THAT(refusal_of([](OwnNode& node) { std::swap(node.channels[1], node.channels[0]); }),
                HasSubstr("channels[1] does not come after"));
    EXPECT_THAT(
        refusal_of([](OwnNode& node) { node.channels[0].can_send = node.channels[1].can_send = to_msat(kAllBitcoin); }),
        HasSubstr("channels[1] cannot be"));
    EXPECT_THAT(refusal_of([](OwnNode& node) {
                    node.channels[0].htlcs = {{false, to_msat(kAllBitcoin), 1}, {true, Msat{1}, 1}};
                }),
                HasSubstr("channels[0].htlcs[1] cannot be"));
    EXPECT_THAT(refusal_of([](OwnNode& node) {
                    node.channels[1].watched = std::chrono::seconds{5};
                    node.channels[1].online = std::chrono::seconds{6};
                }),
                HasSubstr("channels[1].online_seconds cannot be"));
    EXPECT_THAT(refusal_of([](OwnNode& node) { node.days.pop_back(); }), HasSubstr("days does not tell of the 7 days"));
    EXPECT_THAT(refusal_of([](OwnNode& node) { node.day += std::chrono::days{1}; }),
                HasSubstr("days[0].day does not tell"));
    EXPECT_THAT(refusal_of([](OwnNode& node) { node.days[3].forwards[1] = node.days[3].forwards[0]; }),
                HasSubstr("days[3].forwards[1] does not come after"));
    EXPECT_THAT(refusal_of([](OwnNode& node) { std::swap(node.days[3].sizes[1], node.days[3].sizes[0]); }),
                HasSubstr("days[3].sizes[1] does not come after"));
    EXPECT_THAT(refusal_of([](OwnNode& node) {
                    node.days[6].failures->push_back({{1}, {}, 2, 3});
                }),
                HasSubstr("days[6].failures[1] does not come after"));
    EXPECT_THAT(refusal_of([](OwnNode& node) { node.days[2].forwards[0].amount_out = Msat{1'002}; }),
                HasSubstr("days[2].forwards[0] cannot be"));
    EXPECT_THAT(refusal_of([](OwnNode& node) {
                    node.days[2].forwards[0].amount_in = node.days[5].forwards[0].amount_in = to_msat(kAllBitcoin);
                }),
                HasSubstr("cannot be"));
    EXPECT_THAT(refusal_of([](OwnNode& node) {
                    node.watched = {std::chrono::seconds{10}, std::chrono::seconds{11}};
                }),
                HasSubstr("watched cannot be"));
    EXPECT_THAT(refusal_of([](OwnNode& node) {
                    node.watched = {std::chrono::hours{25}, std::chrono::seconds{11}};
                }),
                HasSubstr("watched cannot be"));
    EXPECT_THAT(refusal_of([](OwnNode& node) {
                    const domain::NodeGap gap{domain::NodePart::peers, {ErrorKind::timeout, {"live.no_time", {}}}};
                    node.gaps = {gap, gap};
                }),
                HasSubstr("gaps[1] cannot be"));
    EXPECT_THAT(refusal_of([](OwnNode& node) {
                    node.doubts = {domain::NodeDoubt{1}, domain::NodeDoubt{1}};
                }),
                HasSubstr("doubts[1] cannot be"));
}

TEST(Statement, CountsWhatItHolds) {
    const std::string node = statement_text(small_node());
    const auto with = [&](std::string_view list, std::size_t count, std::string_view item) {
        std::string items;
        for (std::size_t i = 0; i < count; ++i) {
            items += (i == 0 ? "" : ",") + std::string(item);
        }
        std::string text = node;
        const std::size_t at = text.find(fmt::format(R"("{}":[)", list)) + list.size() + 4;
        const std::size_t end = text.find(R"(],"days")", at);
        text.replace(at, (list == "channels" ? end : at) - at, items + (list == "forwards" ? "," : ""));
        return english(read_statement(text));
    };
    EXPECT_THAT(with("doubts", 4, R"("not_synced_to_chain")"), HasSubstr("doubts holds more than the 3"));
    EXPECT_THAT(with("channels", domain::kNodeChannelsMax + 1, "{}"), HasSubstr("channels holds more than the 20,000"));
    EXPECT_THAT(with("gaps", 9, "{}"), HasSubstr("gaps holds more than the 8"));
    EXPECT_THAT(with("htlcs", 967, "{}"), HasSubstr("channels[0].htlcs holds more than the 966"));
    EXPECT_THAT(with("forwards", kStatementRowsMax, "[]"), HasSubstr("days[0].forwards holds more than the 100,000"));
    EXPECT_THAT(english(read_statement(std::string(kStatementBytesMax + 1, ' '))), HasSubstr("is larger than"));
}

std::string outpoint(std::size_t number) {
    return fmt::format("{:064x}:4294967295", number);
}

/// As much as readers let through, with amounts as long as they get.
OwnNode largest_node() {
    OwnNode node = small_node();
    const domain::PubKey key = test::key_of(2);
    node.channels.clear();
    node.pending.emplace();
    node.peers.emplace();
    node.credential_expires = domain::kNeverExpires - std::chrono::seconds{1};
    for (std::uint64_t i = 1; i <= domain::kNodeChannelsMax; ++i) {
        domain::NodeChannel channel;
        channel.id = {0xE000'0000'0000'0000U + i};
        channel.funding_outpoint = outpoint(i);
        channel.peer = key;
        channel.capacity = Sat{50'000'000'000};
        channel.local = channel.remote = channel.can_send = channel.can_receive = Msat{50'000'000'000'000};
        channel.local_reserve = channel.remote_reserve = Msat{50'000'000'000'000};
        channel.opened_by_us = true;
        channel.fee = domain::ChannelFee{};
        channel.watched = channel.online = domain::kNodeWatchedMax;
        node.channels.push_back(std::move(channel));
    }
    node.channels[0].htlcs.assign(domain::kNodeHtlcsMax, {true, Msat{1}, 4'294'967'295});
    for (std::size_t i = 1; i <= domain::kNodePendingMax; ++i) {
        node.pending->push_back({.kind = domain::PendingKind::force_closing,
                                 .funding_outpoint = outpoint(i),
                                 .peer = key,
                                 .capacity = Sat{50'000'000'000},
                                 .ours = Sat{50'000'000'000},
                                 .blocks_left = i % 2 == 0 ? domain::kBlocksLeftMax : -domain::kBlocksLeftMax,
                                 .closing_txid = outpoint(i).substr(0, 64)});
    }
    for (std::size_t i = 1; i <= domain::kNodePeersMax; ++i) {
        node.peers->push_back(
            {.key = key, .is_connected = true, .flaps = domain::kNodeCountMax, .last_flap = node.read_at});
    }
    node.days[3].forwards.clear();
    const std::size_t others = 6 * 5 + 2 + 1; // rows of the other days, sizes and failures of this one
    for (std::uint64_t i = 0; i < domain::kFlowRowsMax - others; ++i) {
        node.days[3].forwards.push_back({{0xE000'0000'0000'0000U + i},
                                         {0xE000'0000'0000'0000U},
                                         1'000'000,
                                         Msat{9'000'000'000'000},
                                         Msat{8'999'999'999'999}});
    }
    return node;
}

TEST(Statement, OfTheLargestNodeThatReadersLetThroughIsReadAndBelieved) {
    const OwnNode node = largest_node();
    const std::string text = statement_text(node);
    EXPECT_LE(text.size(), kStatementBytesMax);
    const Result<OwnNode> read = read_statement(text);
    ASSERT_TRUE(read) << english(read);
    EXPECT_TRUE(statement_text(*read) == text);
    const std::optional<Message> why = analysis::impossible_in(*read);
    EXPECT_FALSE(why) << why->key;
}

TEST(Statement, CleansWhatOthersWrote) {
    const Result<OwnNode> read = [] {
        std::string text = statement_text(small_node());
        text.replace(text.find(R"("alias":"")"), 10, "\"alias\":\"a\\u0007b\\u202ec\"");
        return read_statement(text);
    }();
    ASSERT_TRUE(read) << english(read);
    EXPECT_EQ(read->alias, "abc");
    EXPECT_THAT(refusal_of_text(R"("alias":"")", R"("alias":")" + std::string(257, 'a') + "\""),
                HasSubstr("alias cannot be"));
}

} // namespace
} // namespace mcp::flow
