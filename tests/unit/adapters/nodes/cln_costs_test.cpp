#include "adapters/nodes/cln_costs.hpp"

#include "tests/support/recorded.hpp"
#include "tests/unit/adapters/nodes/cln_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

using domain::ChainCosts;
using domain::NodeDayFlow;
using testing::HasSubstr;

std::vector<NodeDayFlow> days(std::initializer_list<int> back) {
    std::vector<NodeDayFlow> all;
    for (const int one : back) {
        all.push_back(
            {.day = test::kClnDay - std::chrono::days{one}, .forwards = {}, .sizes = {}, .failures = {}, .chain = {}});
    }
    return all;
}

ClnCost cost(unsigned txid, int back, std::int64_t second, std::int64_t msat) {
    return {.txid = test::cln_txid(txid),
            .at_s = test::cln_midnight(test::kClnDay - std::chrono::days{back}) + second,
            .change = Msat{msat}};
}

TEST(ClnCostsTest, RecordedFundingsCostWhatTheyCameTo) {
    const std::string answer = test::recorded_answer("recorded/cln-node/bkpr-listincome.examples.json", 0);
    if (answer.empty()) {
        GTEST_SKIP() << "no recorded answers beside the project";
    }
    const Result<std::vector<ClnCost>> costs = read_cln_costs(answer);
    ASSERT_TRUE(costs) << test::ScriptedCln::fault(costs);
    EXPECT_EQ(costs->size(), 7U);
    std::vector<NodeDayFlow> flows = days({});
    flows.push_back({.day = Day{std::chrono::days{1'738'000'000 / 86'400}},
                     .forwards = {},
                     .sizes = {},
                     .failures = {},
                     .chain = {}});
    ASSERT_TRUE(put_cln_costs(*costs, {}, flows));
    EXPECT_EQ(flows[0].chain, (ChainCosts{.transactions = 3, .fees = Msat{4'927'000 + 4'927'000 + 102}}))
        << "and not the whole of what they spent";
}

TEST(ClnCostsTest, ATransactionCostsWhatItCameToInTheEnd) {
    std::vector<NodeDayFlow> flows = days({2, 1});
    ASSERT_TRUE(put_cln_costs({cost(1, 1, 5, 1'004'927'000), cost(1, 1, 6, 4'927'000), cost(1, 1, 6, -1'004'927'000)},
                              {}, flows));
    EXPECT_EQ(flows[0].chain, ChainCosts{}) << "nothing, which is known";
    EXPECT_EQ(flows[1].chain, (ChainCosts{1, Msat{4'927'000}}));
}

TEST(ClnCostsTest, ATransactionOverMidnightBelongsToTheDayItBegan) {
    std::vector<NodeDayFlow> flows = days({2, 1});
    ASSERT_TRUE(put_cln_costs({cost(1, 2, 86'399, 9'000'000), cost(1, 1, 0, -8'000'000), cost(2, 1, 0, 500'000),
                               cost(3, 0, 0, 700'000), cost(4, 3, 86'399, 50'000)},
                              {}, flows));
    EXPECT_EQ(flows[0].chain, (ChainCosts{1, Msat{1'000'000}}));
    EXPECT_EQ(flows[1].chain, (ChainCosts{1, Msat{500'000}}));
}

TEST(ClnCostsTest, ATransactionThatOthersPaidForIsNotCounted) {
    std::vector<NodeDayFlow> flows = days({1});
    ASSERT_TRUE(put_cln_costs({cost(1, 1, 5, 1'000), cost(1, 1, 6, -1'000)}, {}, flows));
    EXPECT_EQ(flows[0].chain, ChainCosts{});
}

TEST(ClnCostsTest, WhatEarnsIsNoCost) {
    std::vector<NodeDayFlow> flows = days({1});
    const Result<void> done = put_cln_costs({cost(7, 1, 5, -1)}, {}, flows);
    ASSERT_FALSE(done);
    EXPECT_EQ(done.error().kind, ErrorKind::bad_upstream);
    EXPECT_THAT(test::ScriptedCln::fault(done), HasSubstr(test::cln_txid(7)));
    EXPECT_TRUE(put_cln_costs({cost(7, 2, 5, -1)}, {}, flows)) << "its beginning may lie before what was asked";
}

TEST(ClnCostsTest, WhatWentIntoAChannelThatIsNotLockedInIsNoCost) {
    std::vector<NodeDayFlow> flows = days({2, 1});
    const std::vector<ClnCost> costs = {cost(1, 1, 5, 1'004'927'000), cost(1, 1, 6, -4'000'000), cost(2, 2, 5, 102),
                                        cost(3, 1, 9, 500)};
    ASSERT_TRUE(put_cln_costs(costs, {test::cln_txid(1)}, flows));
    EXPECT_EQ(flows[0].chain, (ChainCosts{1, Msat{102}}));
    EXPECT_EQ(flows[1].chain, std::nullopt) << "what the day cost is not known yet";
}

TEST(ClnCostsTest, SumsBeyondBeliefAreRefused) {
    const std::int64_t most = 2'000'000'000'000'000'000;
    std::vector<NodeDayFlow> flows = days({1});
    EXPECT_FALSE(put_cln_costs({cost(1, 1, 5, most), cost(1, 1, 6, most)}, {}, flows));
    EXPECT_FALSE(put_cln_costs({cost(1, 1, 5, -most), cost(1, 1, 6, -most)}, {}, flows));
    EXPECT_FALSE(put_cln_costs({cost(1, 1, 5, most)}, {}, flows));
}

TEST(ClnCostsTest, WhatCannotBeIsRefusedWithItsPath) {
    const std::string good = R"({"account":"wallet","tag":"onchain_fee","credit_msat":0,"debit_msat":"5msat",)"
                             R"("currency":"bc","timestamp":1738000000,"txid":")" +
                             test::cln_txid(1) + "\"}";
    ASSERT_TRUE(read_cln_costs("{\"income_events\":[" + good + "]}"));
    const std::vector<std::tuple<std::string, std::string, std::string>> lies = {
        {"\"credit_msat\":0", "\"credit_msat\":-1", "income_events[0].credit_msat"},
        {"\"debit_msat\":\"5msat\"", "\"debit_msat\":null", "income_events[0].debit_msat is missing"},
        {"\"timestamp\":1738000000", "\"timestamp\":4294967296", "income_events[0].timestamp"},
        {"\"timestamp\":1738000000", "\"timestamp\":-1", "income_events[0].timestamp"},
        {test::cln_txid(1), "short", "income_events[0].txid"},
        {"\"tag\":\"onchain_fee\"", "\"tag\":5", "income_events[0].tag"},
    };
    for (const auto& [truth, lie, path] : lies) {
        std::string changed = good;
        changed.replace(changed.find(truth), truth.size(), lie);
        EXPECT_THAT(test::ScriptedCln::fault(read_cln_costs("{\"income_events\":[" + changed + "]}")), HasSubstr(path));
    }
    EXPECT_FALSE(read_cln_costs("{}"));
    EXPECT_TRUE(read_cln_costs(R"({"income_events":[{"tag":"routed","credit_msat":"what","debit_msat":-4}]})"))
        << "other income is nothing to us";
}

} // namespace
} // namespace mcp::adapters
