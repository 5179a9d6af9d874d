#include "base/iso_time.hpp"

#include <gtest/gtest.h>

namespace mcp {
namespace {

TEST(IsoTime, WritesUtcToTheSecond) {
    EXPECT_EQ(iso_time(Time{std::chrono::seconds{0}}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(iso_time(Time{std::chrono::seconds{1'761'364'036}}), "2025-10-25T03:47:16Z");
}

TEST(IsoTime, ReadsWhatItWritesAndWhatOthersWrite) {
    const Time time{std::chrono::seconds{1'761'364'036}};
    EXPECT_EQ(parse_iso_time("2025-10-25T03:47:16Z"), time);
    EXPECT_EQ(parse_iso_time("2025-10-25T03:47:16.999Z"), time);
    EXPECT_EQ(parse_iso_time("2025-10-25T03:47:16.123456789123456789+00:00"), time);
    EXPECT_EQ(parse_iso_time("2024-02-29T00:00:00Z"), Time{std::chrono::seconds{1'709'164'800}});
}

TEST(IsoTime, ReadsNothingElse) {
    for (const char* text : {"",
                             "Z",
                             "2025",
                             "2025-10-25",
                             "2025-10-25T03:47:16",
                             "2025-10-25 03:47:16Z",
                             "2025-10-25T03:47:16+02:00",
                             "2025-10-25T03:47:16.Z",
                             "2025-10-25T03:47Z",
                             "2025-13-25T03:47:16Z",
                             "2025-02-30T03:47:16Z",
                             "2025-00-10T03:47:16Z",
                             "2025-10-25T24:00:00Z",
                             "2025-10-25T03:60:16Z",
                             "2025-10-25T03:47:60Z",
                             "-025-10-25T03:47:16Z",
                             "2025--1-25T03:47:16Z",
                             "20x5-10-25T03:47:16Z",
                             "2025-10-25T03:47:16Z ",
                             "2025-10-25T03:47:16.1"}) {
        EXPECT_EQ(parse_iso_time(text), std::nullopt) << text;
    }
}

} // namespace
} // namespace mcp
