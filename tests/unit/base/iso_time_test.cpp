#include "base/iso_time.hpp"

#include <gtest/gtest.h>

namespace mcp {
namespace {

TEST(IsoTime, WritesUtcToTheSecond) {
    EXPECT_EQ(iso_time(Time{std::chrono::seconds{0}}), "1970-01-01T00:00:00Z");
    EXPECT_EQ(iso_time(Time{std::chrono::seconds{1'761'364'036}}), "2025-10-25T03:47:16Z");
}

} // namespace
} // namespace mcp
