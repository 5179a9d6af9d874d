#include "base/json/stream.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <string>

namespace mcp::json {
namespace {

/// Writes down what it is told.
class Diary : public Events {
public:
    std::string text;
    std::string stop_at = "nowhere"; ///< the name of a member to stop at

    bool object_begin() override { return note("{"); }
    bool object_end() override { return note("}"); }
    bool array_begin() override { return note("["); }
    bool array_end() override { return note("]"); }
    bool member(std::string_view name) override { return note(fmt::format("{}:", name)) && name != stop_at; }
    bool scalar(const Scalar& value) override {
        struct {
            std::string operator()(Null) const { return "null"; }
            std::string operator()(bool flag) const { return flag ? "true" : "false"; }
            std::string operator()(std::int64_t number) const { return fmt::format("i{}", number); }
            std::string operator()(std::uint64_t number) const { return fmt::format("u{}", number); }
            std::string operator()(double number) const { return fmt::format("d{}", number); }
            std::string operator()(std::string_view words) const { return fmt::format("'{}'", words); }
        } shown;
        return note(std::visit(shown, value));
    }

private:
    bool note(const std::string& event) {
        text += event + " ";
        return true;
    }
};

std::string events_of(std::string_view text, std::size_t piece) {
    Diary diary;
    Stream stream(diary);
    for (std::size_t from = 0; from < text.size(); from += piece) {
        if (!stream.write(text.substr(from, piece))) {
            return "refused";
        }
    }
    return stream.finish() ? diary.text : "refused";
}

TEST(JsonStream, TellsTheSameHoweverTheTextIsCut) {
    const std::string text = "\xEF\xBB\xBF {\"na\\u006de\" : [ -1, 18446744073709551615, 2.5, true, null, "
                             "\"a\\ud83d\\udc3ab\\ud83d\\n\\\\u12\\udc3a\" , {} ], \"\" : \"\" } \n";
    const std::string expected =
        "{ name: [ i-1 u18446744073709551615 d2.5 true null 'a\U0001F43Ab\uFFFD\n\\u12\uFFFD' { } ] : '' } ";
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
        EXPECT_EQ(events_of(text, piece), expected) << "in pieces of " << piece;
    }
}

TEST(JsonStream, EndsWhereAnEventSaysSo) {
    Diary diary;
    diary.stop_at = "b";
    Stream stream(diary);
    ASSERT_TRUE(stream.write(R"({"a":1,"b":2,"c":3})"));
    ASSERT_TRUE(stream.write("anything"));
    EXPECT_TRUE(stream.finish());
    EXPECT_TRUE(stream.stopped());
    EXPECT_EQ(diary.text, "{ a: i1 b: ");
}

TEST(JsonStream, CountsItsBytes) {
    Diary diary;
    Stream stream(diary);
    ASSERT_TRUE(stream.write(R"(["\ud8)"));
    EXPECT_EQ(stream.bytes(), 6u);
    EXPECT_FALSE(stream.stopped());
}

TEST(JsonStream, ReadsSeveralDocumentsWhereItMay) {
    const std::string text = "{\"a\":1} \n{\"b\":{}}{}\n";
    for (std::size_t piece = 1; piece <= text.size(); ++piece) {
        Diary diary;
        Stream stream(diary, {.documents = 3});
        for (std::size_t from = 0; from < text.size(); from += piece) {
            ASSERT_TRUE(stream.write(std::string_view(text).substr(from, piece)));
        }
        ASSERT_TRUE(stream.finish());
        EXPECT_EQ(diary.text, "{ a: i1 } { b: { } } { } ") << "in pieces of " << piece;
        EXPECT_EQ(stream.document_begin(), 17u);
    }
}

TEST(JsonStream, RefusesADocumentTooManyAndOneThatIsNoObject) {
    for (const std::string text : {"{}{} {}", "{} 1", "{}[]"}) {
        Diary diary;
        Stream stream(diary, {.documents = 2});
        const Result<void> read = stream.write(text);
        ASSERT_FALSE(read) << text;
        EXPECT_EQ(read.error().what.key, "json.trailing");
    }
    Diary diary;
    Stream stream(diary, {.documents = 2});
    ASSERT_TRUE(stream.write("{} {"));
    EXPECT_FALSE(stream.finish()) << "the second is not complete";
}

} // namespace
} // namespace mcp::json
