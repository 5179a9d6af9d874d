#include "base/json/document.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::json {
namespace {

/// Key and arguments of an error, so that tests of this layer need no language.
std::string told(const Error& error) {
    std::string text(error.what.key);
    for (const MessageArg& argument : error.what.args) {
        const auto* words = std::get_if<std::string>(&argument.value);
        const auto* number = std::get_if<std::int64_t>(&argument.value);
        text += " " + (words != nullptr ? *words : number != nullptr ? std::to_string(*number) : "?");
    }
    return text;
}

Document read(std::string_view text) {
    Result<Document> document = Document::parse(text);
    EXPECT_TRUE(document.has_value()) << (document ? "" : told(document.error()));
    return document.value();
}

std::string refusal(std::string_view text, Limits limits = {}) {
    const Result<Document> document = Document::parse(text, limits);
    return document ? "was read" : told(document.error());
}

template <typename T>
std::string refusal(const Result<T>& value) {
    return value ? "was read" : told(value.error());
}

TEST(JsonDocument, ReadsWholeNumbersAsNumbersAndAsText) {
    const Document document = read(R"({"a":[18446744073709551615,"18446744073709551615",1e3,"-9223372036854775808"]})");
    const std::vector<Cursor> items = document.root().at("a").items().value();
    EXPECT_EQ(items[0].as_u64().value(), UINT64_MAX);
    EXPECT_EQ(items[1].as_u64().value(), UINT64_MAX);
    EXPECT_EQ(items[2].as_i64().value(), 1000);
    EXPECT_EQ(items[3].as_i64().value(), INT64_MIN);
    EXPECT_EQ(refusal(items[0].as_i64()), "json.expected_i64 a[0] 18446744073709551615");
    EXPECT_EQ(refusal(items[3].as_u64()), R"(json.expected_u64 a[3] "-9223372036854775808")");
}

TEST(JsonDocument, TakesNothingElseForAWholeNumber) {
    for (const std::string text : {R"("")", R"("+1")", R"("1 ")", R"("0x1")", R"("18446744073709551616")", "1.5",
                                   "1e300", "true", "[]", "-0.5", "18446744073709551616"}) {
        EXPECT_THAT(refusal(read("[" + text + "]").root().items()->front().as_u64()),
                    testing::StartsWith("json.expected_u64 [0] "))
            << text;
    }
}

TEST(JsonDocument, NamesThePathOfWhatIsMissingOrWrong) {
    const Document document = read(R"({"edges":[{},{"node1_policy":{"min_htlc":[1]}}],"flag":"yes","nothing":null})");
    const Cursor edge = document.root().at("edges").items()->at(1);
    EXPECT_EQ(refusal(edge.at("node1_policy").at("min_htlc").as_u64()),
              "json.expected_u64 edges[1].node1_policy.min_htlc [...]");
    EXPECT_EQ(refusal(edge.at("node2_policy").at("min_htlc").as_u64()), "json.missing edges[1].node2_policy.min_htlc");
    EXPECT_EQ(refusal(document.root().at("flag").as_bool()), R"(json.expected_bool flag "yes")");
    EXPECT_EQ(refusal(document.root().at("flag").as_double()), R"(json.expected_number flag "yes")");
    EXPECT_EQ(refusal(document.root().at("flag").items()), R"(json.expected_array flag "yes")");
    EXPECT_EQ(refusal(document.root().as_string()), "json.expected_string $ {...}");
    EXPECT_EQ(refusal(document.root().at("nothing").as_string()), "json.missing nothing");
    EXPECT_TRUE(document.root().at("nothing").is_absent());
    EXPECT_FALSE(document.root().at("flag").is_absent());
}

TEST(JsonDocument, ReadsTheOtherKinds) {
    const Document document = read(R"({"f":false,"d":-2.5,"i":3,"s":"é"})");
    EXPECT_FALSE(document.root().at("f").as_bool().value());
    EXPECT_EQ(document.root().at("d").as_double().value(), -2.5);
    EXPECT_EQ(document.root().at("i").as_double().value(), 3.0);
    EXPECT_EQ(document.root().at("s").as_string().value(), "é");
}

TEST(JsonDocument, LetsTheLastOfARepeatedMemberCount) {
    EXPECT_EQ(read(R"({"a":1,"b":2,"a":3})").root().at("a").as_u64().value(), 3u);
}

TEST(JsonDocument, WritesAnyOfItsValuesAgain) {
    const Result<Document> document = Document::parse(R"({ "a" : [1, "2\u00e9", null, {"b": -3}], "c" : 0.5 })");
    ASSERT_TRUE(document);
    EXPECT_EQ(document->root().at("a").text(), R"([1,"2é",null,{"b":-3}])");
    EXPECT_EQ(document->root().at("d").text(), "null");
    const Result<Document> again = Document::parse(document->root().text());
    ASSERT_TRUE(again);
    EXPECT_EQ(again->root().at("c").as_double().value(), 0.5);
}

TEST(JsonDocument, RefusesWithTheByte) {
    EXPECT_EQ(refusal(R"({"a":1,})"), "json.syntax 6");
    EXPECT_EQ(refusal("<html>"), "json.syntax 0");
    EXPECT_EQ(refusal(R"({"a":1)"), "json.truncated 6");
    EXPECT_EQ(refusal(""), "json.truncated 0");
    EXPECT_EQ(refusal("[1] x"), "json.trailing 4");
    EXPECT_EQ(refusal("[\"\xFF\"]"), "json.not_utf8");
    EXPECT_EQ(refusal("{\"a\":[1e308,91e345]}"), "json.number_too_large");
    EXPECT_EQ(refusal("[-1e999]"), "json.number_too_large");
}

TEST(JsonDocument, KeepsToItsLimits) {
    EXPECT_EQ(refusal("[[[]]]", {.depth = 3}), "was read");
    EXPECT_EQ(refusal("[[[[]]]]", {.depth = 3}), "json.too_deep 0 3");
    EXPECT_EQ(refusal(std::string(200'000, '[')), "json.too_deep 0 64");
    EXPECT_EQ(refusal("[1,2]", {.text_bytes = 4}), "json.too_large 4");
    EXPECT_EQ(refusal(R"(["abcde\n"])", {.string_bytes = 4}).substr(0, 20), "json.string_too_long");
}

TEST(JsonDocument, ReadsHalvesOfSurrogatePairsAsReplaced) {
    EXPECT_EQ(read(R"(["\ud83d \udc3a \ud83d\udc3a \ud83d\ud83d\udc3a"])").root().items()->front().as_string().value(),
              "\uFFFD \uFFFD \U0001F43A \uFFFD\U0001F43A");
}

} // namespace
} // namespace mcp::json
