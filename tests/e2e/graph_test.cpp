#include "tests/e2e/in_folder.hpp"
#include "tests/e2e/small_graph.hpp"
#include "tests/support/packed.hpp"

#include <boost/json.hpp>
#include <gmock/gmock.h>

// What the pages say is tested in tests/unit/app; here, that a shell gets them.
namespace mcp::e2e {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
namespace json = boost::json;

class Graph : public InFolder {
protected:
    void SetUp() override {
        write("today.json", SmallGraph{.hub_to_alice_ppm = 250}.text());
        write("yesterday.xz", test::xz_packed(SmallGraph{.updated = kToday - kOneDay, .with_carol = false}.text()));
    }

    [[nodiscard]] std::string printed(const std::string& call) const {
        const Outcome outcome = run("mcp-api graph " + call);
        EXPECT_EQ(outcome.status, 0) << call;
        EXPECT_EQ(outcome.err, "") << call;
        return outcome.out;
    }
};

TEST_F(Graph, FactsComeInThreeShapes) {
    EXPECT_THAT(printed("facts today.json"), StartsWith("The Lightning network on 24 October 2025, 10:00 UTC\n"));
    const json::value facts = json::parse(printed("facts --format json - <today.json"));
    EXPECT_EQ(facts.at("channels").as_int64(), 7);
    EXPECT_EQ(facts.at("capacity_sats").as_int64(), 7'000'000);
    const std::string rows = printed("facts today.json --format csv");
    EXPECT_EQ(count_lines(rows), 7) << "a header and six nodes";
    EXPECT_THAT(rows, StartsWith("pubkey,alias,channels,capacity_sats,mean_channel_sats,"));
    EXPECT_THAT(rows, HasSubstr("\n" + key(1) + ",\"hub\",5,5000000,1000000,1000000,130,100,1000,1000,"));
}

TEST_F(Graph, DiffTellsWhatChanged) {
    EXPECT_THAT(printed("diff yesterday.xz today.json"), HasSubstr("23 October 2025"));
    EXPECT_THAT(printed("diff yesterday.xz today.json --list"), HasSubstr("800000x7x0"));
    const json::value diff = json::parse(printed("diff yesterday.xz today.json --format json --list"));
    EXPECT_EQ(diff.at("opened").as_int64(), 1);
    EXPECT_EQ(diff.at("gone").as_int64(), 0);
    EXPECT_EQ(diff.at("fee_changes").as_int64(), 1);
    EXPECT_EQ(diff.at("list").at("opened").at(0).at("node2_pubkey").as_string().c_str(), key(4));
}

TEST_F(Graph, WhatIfRanksNewChannels) {
    EXPECT_THAT(printed("what-if today.json --node Carol --amount 100000"),
                HasSubstr("What if " + key(4).substr(0, 12)));
    const json::value answer = json::parse(
        printed("what-if today.json --node Carol --peer Alice --amount 100000 --capacity 2000000 --format json"));
    EXPECT_EQ(answer.at("assumptions").at("capacity_sats").as_int64(), 2'000'000);
    ASSERT_EQ(answer.at("openings").as_array().size(), 1u);
    EXPECT_EQ(answer.at("openings").at(0).at("pubkey").as_string().c_str(), key(2));
}

TEST_F(Graph, AnswersInFrench) {
    EXPECT_THAT(printed("facts today.json --lang fr"), StartsWith("Le réseau Lightning au 24 octobre 2025"));
    EXPECT_THAT(printed("diff yesterday.xz today.json --lang fr"), HasSubstr("23 octobre 2025"));
    EXPECT_THAT(printed("what-if today.json --node hub --lang fr"), HasSubstr("ouvrait un canal"));
}

} // namespace
} // namespace mcp::e2e
