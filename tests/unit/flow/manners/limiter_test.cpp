#include "flow/manners/limiter.hpp"

#include "flow/crew.hpp"
#include "tests/support/virtual_time.hpp"

#include <gtest/gtest.h>
#include <memory>
#include <random>
#include <vector>

namespace mcp::flow {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Span = Timer::Span;

/// One who wants to begin a request.
struct Guest {
    Span comes{};
    Span by{};
    bool drops = false; ///< gives the turn back when it has it
    Span holds{};       ///< how long the turn is held before it begins
    std::optional<Span> told = {};
    std::optional<Span> began = {};
};

struct LimiterWorld {
    Task<void> visit(Guest& guest) {
        co_await time.timer().wait(guest.comes);
        std::optional<Limiter::Turn> turn = co_await limiter.turn(guest.by);
        guest.told = time.passed();
        if (turn && !guest.drops) {
            if (guest.holds > Span::zero()) {
                co_await time.timer().wait(guest.holds);
            }
            guest.began = time.passed();
            turn->begin();
            order.push_back(&guest);
        }
    }
    void visit_all(std::vector<Guest>& guests) {
        for (Guest& guest : guests) {
            time.start(visit(guest));
        }
    }

    test::VirtualTime time{Time{}};
    Limiter::Rules rules{.spacing = seconds{1}, .waiting_max = 100};
    Limiter limiter{time.timer(), rules, time.pool()};
    std::vector<const Guest*> order;
};

std::vector<Guest> guests_of(std::mt19937& random, int many) {
    std::vector<Guest> guests;
    Span comes{0};
    for (int i = 0; i < many; ++i) {
        comes += milliseconds{1 + random() % (random() % 4 == 0 ? 5000 : 300)};
        guests.push_back({.comes = comes, .by = comes + milliseconds{random() % 20000}});
    }
    return guests;
}

TEST(Limiter, GivesEachTheFirstTurnThatIsFreeAndNoOneAnotherWhatComesTooLate) {
    int late = 0;
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937 random(seed);
        LimiterWorld world;
        std::vector<Guest> guests = guests_of(random, 60);
        world.visit_all(guests);
        world.time.run_for(seconds{400});
        Span next{0};
        for (const Guest& guest : guests) { // in the order they came, as a clerk with a diary would do it
            const Span turn = std::max(guest.comes, next);
            if (turn > guest.by) {
                EXPECT_EQ(guest.told, guest.comes) << "at once";
                EXPECT_FALSE(guest.began);
                ++late;
            } else {
                ASSERT_EQ(guest.began, turn) << "seed " << seed;
                next = turn + seconds{1};
            }
        }
    }
    EXPECT_GT(late, 100);
}

TEST(Limiter, NeverLetsTwoBeginCloserThanTheSpacingWhateverHappens) {
    int began = 0;
    int refused = 0;
    for (unsigned seed = 1; seed <= 60; ++seed) {
        std::mt19937 random(seed);
        LimiterWorld world;
        std::vector<Guest> guests = guests_of(random, 60);
        for (Guest& guest : guests) {
            guest.drops = random() % 5 == 0;
            guest.holds = random() % 4 == 0 ? milliseconds{random() % 300} : milliseconds{0};
        }
        world.visit_all(guests);
        Span held_until{0};
        for (int i = 0; i < 40; ++i) {
            world.time.run_for(milliseconds{random() % 6000});
            if (random() % 3 == 0) {
                held_until = std::max(held_until, world.time.passed() + milliseconds{random() % 8000});
                world.limiter.hold(held_until);
                const std::size_t begun = world.order.size();
                world.time.run_until(Time{} + std::chrono::floor<seconds>(held_until));
                EXPECT_LE(world.order.size(), begun + 1) << "but for one that had its turn already";
            }
        }
        world.time.run_for(seconds{400});
        const Guest* last = nullptr;
        for (const Guest* guest : world.order) {
            if (last != nullptr) {
                ASSERT_GE(*guest->began - *last->began, seconds{1}) << "seed " << seed;
                ASSERT_GE(guest->comes, last->comes) << "first come, first served";
            }
            ASSERT_LE(*guest->told, guest->by);
            last = guest;
        }
        for (const Guest& guest : guests) {
            ASSERT_TRUE(guest.told) << "nobody is forgotten";
            ASSERT_LE(*guest.told, std::max(guest.comes, guest.by)) << "and nobody waits in vain beyond their time";
            refused += !guest.began && !guest.drops ? 1 : 0;
        }
        began += static_cast<int>(world.order.size());
        EXPECT_EQ(world.limiter.waiting(), 0U);
    }
    EXPECT_GT(began, 500);
    EXPECT_GT(refused, 100);
}

TEST(Limiter, TellsThoseWhomAPauseMakesTooLate) {
    LimiterWorld world;
    std::vector<Guest> guests;
    for (int i = 0; i < 10; ++i) {
        guests.push_back({.comes = milliseconds{i}, .by = seconds{20}});
    }
    guests.push_back({.comes = milliseconds{50}, .by = seconds{200}});
    world.visit_all(guests);
    world.time.run_for(milliseconds{3500}); // four have begun
    world.limiter.hold(seconds{100});
    world.time.run_for(seconds{1});
    EXPECT_EQ(world.order.size(), 4U);
    EXPECT_EQ(world.limiter.waiting(), 1U);
    EXPECT_EQ(guests[9].told, milliseconds{3500}) << "at once";
    world.time.run_for(seconds{200});
    EXPECT_EQ(guests[10].began, seconds{100});
}

TEST(Limiter, TurnsAwayAllWhoWait) {
    LimiterWorld world;
    std::vector<Guest> guests;
    for (int i = 0; i < 5; ++i) {
        guests.push_back({.comes = milliseconds{i}, .by = seconds{900}});
    }
    guests.push_back({.comes = seconds{30}, .by = seconds{900}});
    world.limiter.hold(seconds{60});
    world.visit_all(guests);
    world.time.run_for(seconds{10});
    world.limiter.turn_away();
    world.time.run_for(seconds{1});
    EXPECT_EQ(world.limiter.waiting(), 0U);
    world.time.run_for(seconds{100});
    EXPECT_FALSE(guests[4].began);
    EXPECT_EQ(guests[5].began, seconds{60}) << "who comes later is none of them";
}

TEST(Limiter, LetsOnlySoManyWait) {
    LimiterWorld world;
    std::vector<Guest> guests(150, Guest{.comes = milliseconds{5}, .by = seconds{9000}});
    world.visit_all(guests);
    world.time.run_for(milliseconds{6});
    EXPECT_EQ(world.order.size(), 1U);
    EXPECT_EQ(world.limiter.waiting(), 100U);
    EXPECT_EQ(std::count_if(guests.begin(), guests.end(), [](const Guest& one) { return one.told.has_value(); }), 50);
    world.time.run_for(seconds{200});
    EXPECT_EQ(world.order.size(), 101U);
}

TEST(Limiter, GoesOnWithTheNextWhenOneIsCancelled) {
    LimiterWorld world;
    std::vector<Guest> guests;
    for (int i = 0; i < 6; ++i) {
        guests.push_back({.comes = milliseconds{i}, .by = seconds{60}});
    }
    Crew crew(world.time.pool());
    for (const std::size_t one : {std::size_t{0}, std::size_t{1}, std::size_t{3}}) {
        crew.begin(world.visit(guests[one]));
    }
    for (const std::size_t one : {std::size_t{2}, std::size_t{4}, std::size_t{5}}) {
        world.time.start(world.visit(guests[one]));
    }
    world.time.run_for(milliseconds{500}); // the first has begun, the second waits for the time, the fourth in the row
    crew.cancel();
    world.time.run_for(seconds{30});
    EXPECT_FALSE(guests[1].told);
    EXPECT_FALSE(guests[3].told);
    EXPECT_EQ(world.limiter.waiting(), 0U);
    EXPECT_EQ(guests[2].began, seconds{1});
    EXPECT_EQ(guests[4].began, seconds{2});
    EXPECT_EQ(guests[5].began, seconds{3});
    world.time.run(crew.end());
}

TEST(Limiter, WithoutASpacingMakesNobodyWait) {
    test::VirtualTime time(Time{});
    Limiter limiter(time.timer(), {.spacing = Span{0}}, time.pool());
    for (int i = 0; i < 3; ++i) {
        std::optional<Limiter::Turn> turn = time.run(limiter.turn(Span{0}));
        ASSERT_TRUE(turn);
        turn->begin();
    }
    EXPECT_EQ(time.passed(), Span{0});
}

} // namespace
} // namespace mcp::flow
