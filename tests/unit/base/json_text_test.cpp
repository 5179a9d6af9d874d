#include "base/json_text.hpp"

#include <boost/json.hpp>
#include <gtest/gtest.h>
#include <limits>

namespace mcp {
namespace {

TEST(JsonText, IndentsAndKeepsTheOrderOfMembers) {
    const boost::json::value value = {{"b", {1, nullptr}}, {"a", boost::json::object()}, {"c", boost::json::array()}};
    EXPECT_EQ(json_text(value), "{\n  \"b\": [\n    1,\n    null\n  ],\n  \"a\": {},\n  \"c\": []\n}\n");
}

TEST(JsonText, WritesNumbersShortAndReadableBack) {
    EXPECT_EQ(json_text(427.5), "427.5\n");
    EXPECT_EQ(json_text(100.0), "100\n");
    EXPECT_EQ(json_text(0.1), "0.1\n");
    EXPECT_EQ(json_text(-0.25), "-0.25\n");
    EXPECT_EQ(json_text(std::int64_t{9007199254740993}), "9007199254740993\n");
    const double third = 1.0 / 3;
    EXPECT_EQ(boost::json::parse(json_text(third)).as_double(), third);
    EXPECT_EQ(boost::json::parse(json_text(1e300)).as_double(), 1e300);
}

TEST(JsonText, EscapesWhatJsonWants) {
    EXPECT_EQ(json_text("a\"b\n⚡"), "\"a\\\"b\\n⚡\"\n");
}

TEST(JsonText, RefusesANumberThatJsonDoesNotKnow) {
    EXPECT_THROW((void)json_text(std::numeric_limits<double>::infinity()), std::invalid_argument);
}

} // namespace
} // namespace mcp
