#include "flow/manners/breaker.hpp"

#include <deque>
#include <gtest/gtest.h>
#include <random>

namespace mcp::flow {
namespace {

using std::chrono::seconds;
using Pass = Breaker::Pass;
using Span = Timer::Span;

constexpr Breaker::Rules kRules{.failures_max = 3, .probe_after = seconds{60}};

void fail_times(Breaker& breaker, int times, Span now) {
    for (int i = 0; i < times; ++i) {
        const std::optional<Pass> pass = breaker.pass(now);
        ASSERT_TRUE(pass);
        breaker.failed(*pass, now);
    }
}

TEST(Breaker, OpensAfterSoManyFailuresInARow) {
    Breaker breaker(kRules);
    fail_times(breaker, 2, seconds{0});
    breaker.succeeded(*breaker.pass(seconds{0}));
    EXPECT_EQ(breaker.failures(), 0);
    fail_times(breaker, 2, seconds{0});
    EXPECT_FALSE(breaker.is_open());
    fail_times(breaker, 1, seconds{7});
    EXPECT_TRUE(breaker.is_open());
    EXPECT_EQ(breaker.open_until(), seconds{67});
    EXPECT_FALSE(breaker.pass(seconds{67} - Span{1}));
}

TEST(Breaker, LetsOneProbePassAndClosesWhenItSucceeds) {
    Breaker breaker(kRules);
    fail_times(breaker, 3, seconds{0});
    EXPECT_EQ(breaker.pass(seconds{60}), Pass::probe);
    EXPECT_FALSE(breaker.lets_pass(seconds{60}));
    EXPECT_FALSE(breaker.pass(seconds{999})) << "however long the probe takes";
    breaker.succeeded(Pass::probe);
    EXPECT_FALSE(breaker.is_open());
    EXPECT_EQ(breaker.pass(seconds{60}), Pass::usual);
}

TEST(Breaker, WaitsAnewWhenTheProbeFails) {
    Breaker breaker(kRules);
    fail_times(breaker, 3, seconds{0});
    ASSERT_EQ(breaker.pass(seconds{100}), Pass::probe);
    breaker.failed(Pass::probe, seconds{105});
    EXPECT_EQ(breaker.open_until(), seconds{165});
    EXPECT_EQ(breaker.failures(), 4);
    EXPECT_FALSE(breaker.pass(seconds{164}));
    EXPECT_EQ(breaker.pass(seconds{165}), Pass::probe);
}

TEST(Breaker, AProbeThatCameToNothingMakesRoomForTheNext) {
    Breaker breaker(kRules);
    fail_times(breaker, 3, seconds{0});
    ASSERT_EQ(breaker.pass(seconds{60}), Pass::probe);
    breaker.came_to_nothing(Pass::probe);
    EXPECT_EQ(breaker.pass(seconds{60}), Pass::probe);
}

TEST(Breaker, GoesOnFromWhereAnEarlierOneWas) {
    Breaker breaker(kRules);
    breaker.restore(2, std::nullopt);
    fail_times(breaker, 1, seconds{5});
    EXPECT_TRUE(breaker.is_open());
    Breaker open(kRules);
    open.restore(9, seconds{30});
    EXPECT_FALSE(open.pass(seconds{29}));
    EXPECT_EQ(open.pass(seconds{30}), Pass::probe);
    EXPECT_EQ(open.failures(), 9);
    Breaker odd(kRules);
    odd.restore(-5, std::nullopt);
    fail_times(odd, 2, seconds{0});
    EXPECT_FALSE(odd.is_open());
}

/// The same as told: a machine of three states.
struct PlainBreaker {
    enum class State { closed, open, half_open };

    bool pass(Span now) {
        if (state == State::open && now - opened_at >= kRules.probe_after) {
            state = State::half_open;
            return is_probe = true;
        }
        is_probe = false;
        return state == State::closed;
    }
    void end(bool was_probe, std::optional<bool> success, Span now) {
        if (!success) {
            state = was_probe && state == State::half_open ? State::open : state; // due still
        } else if (*success) {
            failures_in_a_row = 0;
            state = State::closed;
        } else {
            ++failures_in_a_row;
            const bool closed_too_often = state == State::closed && failures_in_a_row >= kRules.failures_max;
            if (closed_too_often || (state == State::half_open && was_probe)) {
                state = State::open;
                opened_at = now;
            }
        }
    }

    State state = State::closed;
    int failures_in_a_row = 0;
    Span opened_at{};
    bool is_probe = false;
};

/// Requests that overlap end in any order and in any way. A probe is the last one out while it is out, so that the
/// plain machine needs no more memory than its state.
TEST(Breaker, IsThePlainMachineOfThreeStatesWhateverHappens) {
    int opened = 0;
    int closed_again = 0;
    for (unsigned seed = 1; seed <= 300; ++seed) {
        std::mt19937 random(seed);
        Breaker breaker(kRules);
        PlainBreaker plain;
        std::deque<Pass> out;
        Span now{0};
        for (int step = 0; step < 300; ++step) {
            now += seconds{random() % 20};
            const bool has_probe = !out.empty() && out.back() == Pass::probe;
            if (random() % 2 == 0 && !has_probe) {
                const bool plain_lets = plain.pass(now);
                EXPECT_EQ(breaker.lets_pass(now), plain_lets);
                const std::optional<Pass> pass = breaker.pass(now);
                ASSERT_EQ(pass.has_value(), plain_lets) << "seed " << seed << " step " << step;
                if (pass) {
                    EXPECT_EQ(*pass == Pass::probe, plain.is_probe);
                    out.push_back(*pass);
                }
            } else if (!out.empty()) {
                const bool takes_last = has_probe;
                const Pass pass = takes_last ? out.back() : out.front();
                takes_last ? out.pop_back() : out.pop_front();
                const bool was_open = breaker.is_open();
                const unsigned draw = random() % 10;
                if (draw == 0) {
                    breaker.came_to_nothing(pass);
                    plain.end(pass == Pass::probe, std::nullopt, now);
                } else if (draw <= 3) {
                    breaker.succeeded(pass);
                    plain.end(pass == Pass::probe, true, now);
                } else {
                    breaker.failed(pass, now);
                    plain.end(pass == Pass::probe, false, now);
                }
                opened += breaker.is_open() && !was_open ? 1 : 0;
                closed_again += !breaker.is_open() && was_open ? 1 : 0;
            }
            ASSERT_EQ(breaker.is_open(), plain.state != PlainBreaker::State::closed) << "seed " << seed;
            ASSERT_EQ(breaker.failures(), plain.failures_in_a_row);
        }
    }
    EXPECT_GT(opened, 300);
    EXPECT_GT(closed_again, 300);
}

TEST(Breaker, StragglersNeitherPutTheProbeOffNorCountAsProbes) {
    Breaker breaker(kRules);
    for (int i = 0; i < 5; ++i) {
        ASSERT_EQ(breaker.pass(seconds{0}), Pass::usual);
    }
    for (int i = 0; i < 3; ++i) {
        breaker.failed(Pass::usual, seconds{10});
    }
    ASSERT_EQ(breaker.open_until(), seconds{70});
    breaker.failed(Pass::usual, seconds{69});
    EXPECT_EQ(breaker.open_until(), seconds{70});
    ASSERT_EQ(breaker.pass(seconds{70}), Pass::probe);
    breaker.failed(Pass::usual, seconds{71});
    EXPECT_FALSE(breaker.pass(seconds{99})) << "the probe is still out";
    breaker.succeeded(Pass::probe);
    EXPECT_FALSE(breaker.is_open());
}

} // namespace
} // namespace mcp::flow
