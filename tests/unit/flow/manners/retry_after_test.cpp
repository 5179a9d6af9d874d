#include "flow/manners/retry_after.hpp"

#include <gtest/gtest.h>

namespace mcp::flow {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

const Time kNow = Time(Day{std::chrono::year{1994} / 11 / 6}) + hours{8} + std::chrono::minutes{49} + seconds{37};

std::optional<Timer::Span> wait_of(std::string_view value, std::optional<std::string_view> date = std::nullopt) {
    return retry_after(value, date, kNow, hours{1});
}

TEST(HttpDate, IsReadInAllThreeForms) {
    EXPECT_EQ(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), kNow);
    EXPECT_EQ(http_date("Sunday, 06-Nov-94 08:49:37 GMT"), kNow);
    EXPECT_EQ(http_date("Sun Nov  6 08:49:37 1994"), kNow);
    EXPECT_EQ(http_date("Sat, 29 Feb 2020 00:00:00 GMT"), Time(Day{std::chrono::year{2020} / 2 / 29}));
}

TEST(HttpDate, IsNothingWhenItIsNone) {
    for (const std::string_view text :
         {"", " ", "soon", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 08:49:37 CET",
          "Sun, 31 Feb 2020 00:00:00 GMT", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
          "Sun, 06 Nov 1994 08:60:37 GMT", "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
          "Sun, 06 Nov 99999 08:49:37 GMT", "Sun, 06 Nov -994 08:49:xx GMT",
          "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", ", , , :::: GMT", "Sun, 06 Nov 1994 08:49:37 GMT GMT"}) {
        EXPECT_EQ(http_date(text), std::nullopt) << text;
    }
    EXPECT_EQ(http_date(std::string(1'000'000, ':')), std::nullopt);
}

TEST(RetryAfter, TakesSecondsAndDates) {
    EXPECT_EQ(wait_of("0"), seconds{0});
    EXPECT_EQ(wait_of("120"), seconds{120});
    EXPECT_EQ(wait_of("0090"), seconds{90});
    EXPECT_EQ(wait_of("Sun, 06 Nov 1994 08:50:37 GMT"), seconds{60});
    EXPECT_EQ(wait_of("Sun, 06 Nov 1994 08:00:00 GMT"), seconds{0}) << "that is over";
}

TEST(RetryAfter, MeasuresADateAgainstTheClockItCameFrom) {
    EXPECT_EQ(wait_of("Sun, 06 Nov 1994 09:50:37 GMT", "Sun, 06 Nov 1994 09:49:37 GMT"), seconds{60})
        << "a clock that is an hour ahead";
    EXPECT_EQ(wait_of("Sun, 06 Nov 1994 08:50:37 GMT", "yesterday"), seconds{60}) << "else against ours";
}

TEST(RetryAfter, BoundsWhatIsWantedAndIgnoresWhatMeansNothing) {
    EXPECT_EQ(wait_of("3601"), hours{1});
    EXPECT_EQ(wait_of("9999999999"), hours{1});
    EXPECT_EQ(wait_of("Fri, 31 Dec 9999 23:59:59 GMT"), hours{1});
    EXPECT_EQ(wait_of("Fri, 31 Dec 9999 23:59:59 GMT", "Thu, 01 Jan 0000 00:00:00 GMT"), hours{1});
    for (const std::string_view text : {"", "-1", "+1", "1.5", "1e3", "1 s", "99999999999", "0x10", "∞", "never"}) {
        EXPECT_EQ(wait_of(text), std::nullopt) << text;
    }
}

} // namespace
} // namespace mcp::flow
