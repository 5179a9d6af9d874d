#include "flow/crew.hpp"

#include "tests/support/virtual_time.hpp"

#include <gtest/gtest.h>
#include <optional>
#include <stdexcept>
#include <string>

namespace mcp::flow {
namespace {

using namespace std::chrono_literals;

constexpr Time kNow{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1}};

Task<void> wait_and_say(test::VirtualTime& time, Timer::Span span, std::string what, std::string& said) {
    co_await time.timer().wait(span);
    said += what;
}

TEST(Crew, WorksBesideItsOwner) {
    test::VirtualTime time{kNow};
    Crew crew(time.pool());
    std::string said;
    crew.begin(wait_and_say(time, 2s, "b", said));
    crew.begin(wait_and_say(time, 1s, "a", said));
    EXPECT_FALSE(crew.is_idle());
    time.run_for(3s);
    EXPECT_EQ(said, "ab");
    EXPECT_TRUE(crew.is_idle());
    time.run(crew.end());
}

TEST(Crew, EndsAllWhoWait) {
    test::VirtualTime time{kNow};
    Crew crew(time.pool());
    std::string said;
    crew.begin(wait_and_say(time, 24h, "never", said));
    crew.begin(wait_and_say(time, 1s, "a", said));
    time.run_for(2s);
    time.run(crew.end(), 0s);
    EXPECT_EQ(said, "a");
}

TEST(Crew, EndsThoseWhoHaveNotEvenBegun) {
    test::VirtualTime time{kNow};
    Crew crew(time.pool());
    std::string said;
    crew.begin(wait_and_say(time, 0s, "never", said));
    crew.cancel();
    time.run(crew.end(), 0s);
    EXPECT_EQ(said, "");
}

TEST(Crew, TellsItsFaults) {
    test::VirtualTime time{kNow};
    Crew crew(time.pool());
    const auto fault = []() -> Task<void> {
        throw std::logic_error("planted");
        co_return;
    };
    crew.begin(fault());
    EXPECT_THROW(time.run_ready(), std::logic_error);
    EXPECT_TRUE(crew.is_idle());
}

} // namespace
} // namespace mcp::flow
