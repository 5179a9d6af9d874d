#include "adapters/nodes/cln_values.hpp"

#include "language/language.hpp"

#include <gtest/gtest.h>
#include <string>

namespace mcp::adapters {
namespace {

json::Document document(const std::string& text) {
    return *parse_cln_answer(text);
}

std::optional<Msat> amount(const std::string& text) {
    const json::Document parsed = document("{\"x\":" + text + "}");
    ClnValues values;
    const std::optional<Msat> told = values.amount(parsed.root().at("x"));
    EXPECT_EQ(values.faulty(), !told.has_value()) << text;
    return told;
}

TEST(ClnValuesTest, AmountsAreReadInTheNewFormAndInTheOld) {
    EXPECT_EQ(amount("0"), Msat{0});
    EXPECT_EQ(amount("609507210"), Msat{609'507'210});
    EXPECT_EQ(amount("\"609507210msat\""), Msat{609'507'210});
    EXPECT_EQ(amount("\"609507210\""), Msat{609'507'210});
    EXPECT_EQ(amount("2100000000000000000"), Msat{2'100'000'000'000'000'000}) << "all bitcoin";
}

TEST(ClnValuesTest, AmountsThatCannotBeAreFaults) {
    for (const char* text :
         {"-1", "\"-1msat\"", "2100000000000000001", "18446744073709551615", "1.5", "true", "[]", "{}", "\"msat\"",
          "\"\"", "\"1 msat\"", "\"1sat\"", "\"1msatmsat\"", "\"0x1\"", "\"+1\""}) {
        EXPECT_EQ(amount(text), std::nullopt) << text;
    }
}

TEST(ClnValuesTest, WhatStandsOnTheChainIsInWholeSatoshi) {
    const json::Document parsed = document(R"({"good":1000000,"bad":1000001})");
    ClnValues values;
    EXPECT_EQ(values.whole_sats(parsed.root().at("good")), Sat{1000});
    EXPECT_FALSE(values.faulty());
    EXPECT_EQ(values.whole_sats(parsed.root().at("bad")), std::nullopt);
    EXPECT_TRUE(values.faulty());
}

TEST(ClnValuesTest, AFaultNamesThePath) {
    const json::Document parsed = document(R"({"outputs":[{"amount_msat":-5}]})");
    ClnValues values;
    const std::vector<json::Cursor> outputs = *parsed.root().at("outputs").items();
    static_cast<void>(values.amount(outputs[0].at("amount_msat")));
    const Result<int> verdict = values.verdict(1);
    ASSERT_FALSE(verdict);
    EXPECT_EQ(verdict.error().kind, ErrorKind::bad_upstream);
    const std::string words = language::render(verdict.error(), language::Language::en);
    EXPECT_NE(words.find("outputs[0].amount_msat is -5"), std::string::npos) << words;
}

std::optional<std::int64_t> seconds(const std::string& number) {
    const json::Document parsed = document(quote_times("{\"resolved_time\":" + number + "}"));
    ClnValues values;
    const std::optional<std::int64_t> told = values.seconds(parsed.root().at("resolved_time"));
    EXPECT_EQ(values.faulty(), !told.has_value()) << number;
    return told;
}

TEST(ClnValuesTest, TheLastInstantBeforeMidnightIsNotMidnight) {
    EXPECT_EQ(seconds("1764028799.9"), 1'764'028'799);
    EXPECT_EQ(seconds("1764028799.999999"), 1'764'028'799);
    EXPECT_EQ(seconds("1764028799.999999999"), 1'764'028'799) << "a double would make midnight of it";
    EXPECT_EQ(static_cast<std::int64_t>(1764028799.999999999), 1'764'028'800) << "as here";
    EXPECT_EQ(seconds("1764028800.0"), 1'764'028'800);
    EXPECT_EQ(seconds("1764028800.000000001"), 1'764'028'800);
    EXPECT_EQ(seconds("1764028800"), 1'764'028'800);
    EXPECT_EQ(seconds("\"1764028800.5\""), 1'764'028'800) << "what is text already stays so";
    EXPECT_EQ(seconds("1.764028799999999999E9"), 1'764'028'799);
    EXPECT_EQ(seconds("1.764e9"), 1'764'000'000);
    EXPECT_EQ(seconds("0.0"), 0);
}

TEST(ClnValuesTest, TimesInOtherFormsAreFaults) {
    for (const char* number : {"-1.5", "1e13", "1e-1", "1e", "\"\"", "\".5\"", "\"5.\"", "\"1.5x\"", "\"+1\"", "true",
                               "[]", "99999999999999999999", "1099511627777.0"}) {
        EXPECT_EQ(seconds(number), std::nullopt) << number;
    }
}

TEST(ClnValuesTest, OnlyTheNumbersOfTimesAreQuoted) {
    EXPECT_EQ(quote_times(R"({"received_time":1.5,"resolved_time" : 2 ,"other":3.5})"),
              R"({"received_time":"1.5","resolved_time" : "2" ,"other":3.5})");
    EXPECT_EQ(quote_times(R"(["received_time",1.5])"), R"(["received_time",1.5])");
    EXPECT_EQ(quote_times(R"({"a":"\"received_time\":1.5"})"), R"({"a":"\"received_time\":1.5"})");
    EXPECT_EQ(quote_times(R"({"a\\":"x","received_time":7.25})"), R"({"a\\":"x","received_time":"7.25"})");
    EXPECT_EQ(quote_times(R"({"received_time":null,"resolved_time":-1})"),
              R"({"received_time":null,"resolved_time":-1})");
    for (const char* text : {"", "\"", "\"\\", "{\"received_time\"", "{\"received_time\":", "{\"received_time\":1"}) {
        EXPECT_NO_THROW(static_cast<void>(quote_times(text))) << text;
    }
}

TEST(ClnValuesTest, IdsOfTransactionsAndChannels) {
    const std::string txid(64, 'a');
    const json::Document parsed =
        document(R"({"t":")" + txid + R"(","n":3,"c":"116x1x1","C":"116x1","T":"AB","N":-1})");
    ClnValues values;
    EXPECT_EQ(values.outpoint(parsed.root().at("t"), parsed.root().at("n")), txid + ":3");
    EXPECT_EQ(values.channel(parsed.root().at("c")), domain::ShortChannelId::parse("116x1x1"));
    EXPECT_EQ(values.channel(parsed.root().at("nothing")), std::nullopt);
    EXPECT_FALSE(values.faulty());
    for (const char* name : {"C", "T", "N"}) {
        ClnValues fresh;
        static_cast<void>(fresh.channel(parsed.root().at(name)));
        EXPECT_TRUE(fresh.faulty()) << name;
        ClnValues another;
        static_cast<void>(another.outpoint(parsed.root().at("T"), parsed.root().at("N")));
        EXPECT_TRUE(another.faulty());
    }
}

} // namespace
} // namespace mcp::adapters
