#include "tests/contract/queue_contract.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <optional>
#include <vector>

namespace mcp::test {
namespace {

using ports::Job;
using ports::Queue;
using testing::ElementsAre;

Job job(int number) {
    return {.run_id = "run-1", .user_id = fmt::format("user-{}", number)};
}

/// How one call to the queue went.
struct Outcome {
    bool is_over = false;
    bool is_cancelled = false;
    std::optional<Error> error;
    std::optional<Job> job; ///< that was taken
};

Task<void> push_into(Queue& queue, Job pushed, Outcome& outcome) {
    try {
        const Result<void> done = co_await queue.push(std::move(pushed));
        if (!done) {
            outcome.error = done.error();
        }
    } catch (const boost::system::system_error& fault) {
        outcome.is_cancelled = fault.code() == boost::asio::error::operation_aborted;
    }
    outcome.is_over = true;
}

Task<void> take_from(Queue& queue, Outcome& outcome) {
    try {
        const Result<std::optional<Job>> taken = co_await queue.take();
        if (taken) {
            outcome.job = *taken;
        } else {
            outcome.error = taken.error();
        }
    } catch (const boost::system::system_error& fault) {
        outcome.is_cancelled = fault.code() == boost::asio::error::operation_aborted;
    }
    outcome.is_over = true;
}

/// One call that goes on by itself.
class Call {
public:
    Call(boost::asio::io_context& context, Queue& queue, Job pushed) : context_(context) {
        spawn(push_into(queue, std::move(pushed), outcome_));
    }
    Call(boost::asio::io_context& context, Queue& queue) : context_(context) { spawn(take_from(queue, outcome_)); }

    void cancel() {
        signal_.emit(boost::asio::cancellation_type::all);
        settle();
    }
    /// Cancels before what was rung in may be acted upon.
    void cancel_at_once() { signal_.emit(boost::asio::cancellation_type::all); }
    void settle() {
        context_.restart();
        context_.poll();
    }
    const Outcome* operator->() const { return &outcome_; }

private:
    void spawn(Task<void> task) {
        auto slot = boost::asio::bind_cancellation_slot(signal_.slot(), boost::asio::detached);
        boost::asio::co_spawn(context_, std::move(task), slot);
        settle();
    }

    boost::asio::io_context& context_;
    boost::asio::cancellation_signal signal_;
    Outcome outcome_;
};

TEST_P(QueueContract, JobsComeOutInTheOrderTheyWentIn) {
    for (int i = 1; i <= 3; ++i) {
        ASSERT_TRUE(Call(context_, *queue_, job(i))->is_over);
    }
    EXPECT_EQ(queue_->waiting(), 3U);
    for (int i = 1; i <= 3; ++i) {
        const Call taken(context_, *queue_);
        ASSERT_TRUE(taken->is_over);
        EXPECT_EQ(taken->job, job(i));
    }
    EXPECT_EQ(queue_->waiting(), 0U);
}

TEST_P(QueueContract, TakingWaitsForAJob) {
    const Call first(context_, *queue_);
    const Call second(context_, *queue_);
    EXPECT_FALSE(first->is_over);
    const Call pushed(context_, *queue_, job(1));
    EXPECT_TRUE(pushed->is_over);
    EXPECT_EQ(first->job, job(1)) << "who waited longest";
    EXPECT_FALSE(second->is_over);
    const Call another(context_, *queue_, job(2));
    EXPECT_EQ(second->job, job(2));
    EXPECT_EQ(queue_->waiting(), 0U);
}

TEST_P(QueueContract, PushingWaitsWhileItIsFull) {
    for (int i = 1; i <= 3; ++i) {
        ASSERT_TRUE(Call(context_, *queue_, job(i))->is_over);
    }
    const Call fourth(context_, *queue_, job(4));
    const Call fifth(context_, *queue_, job(5));
    EXPECT_FALSE(fourth->is_over);
    EXPECT_EQ(queue_->waiting(), 3U);
    const Call taken(context_, *queue_);
    EXPECT_EQ(taken->job, job(1));
    EXPECT_TRUE(fourth->is_over);
    EXPECT_FALSE(fourth->error);
    EXPECT_FALSE(fifth->is_over);
    std::vector<std::string> rest;
    rest.reserve(4);
    for (int i = 0; i < 4; ++i) {
        rest.push_back(Call(context_, *queue_)->job->user_id);
    }
    EXPECT_THAT(rest, ElementsAre("user-2", "user-3", "user-4", "user-5"));
    EXPECT_TRUE(fifth->is_over);
}

TEST_P(QueueContract, ClosingLetsWhatIsInItBeTakenAndThenEndsAll) {
    ASSERT_TRUE(Call(context_, *queue_, job(1))->is_over);
    ASSERT_TRUE(Call(context_, *queue_, job(2))->is_over);
    queue_->close();
    EXPECT_EQ(Call(context_, *queue_)->job, job(1));
    EXPECT_EQ(Call(context_, *queue_)->job, job(2));
    const Call after(context_, *queue_);
    EXPECT_TRUE(after->is_over);
    EXPECT_EQ(after->job, std::nullopt);
    EXPECT_FALSE(after->error);
    queue_->close();
}

TEST_P(QueueContract, ClosingBringsBackThoseWhoWaitForAJob) {
    Call first(context_, *queue_);
    Call second(context_, *queue_);
    queue_->close();
    first.settle();
    EXPECT_TRUE(first->is_over);
    EXPECT_EQ(first->job, std::nullopt);
    EXPECT_FALSE(first->error || first->is_cancelled);
    EXPECT_TRUE(second->is_over);
}

TEST_P(QueueContract, NothingIsPushedIntoAClosedQueue) {
    for (int i = 1; i <= 3; ++i) {
        ASSERT_TRUE(Call(context_, *queue_, job(i))->is_over);
    }
    Call waiting(context_, *queue_, job(4));
    queue_->close();
    waiting.settle();
    ASSERT_TRUE(waiting->is_over);
    ASSERT_TRUE(waiting->error);
    EXPECT_EQ(waiting->error->kind, ErrorKind::cancelled);
    const Call late(context_, *queue_, job(5));
    ASSERT_TRUE(late->error);
    EXPECT_EQ(late->error->kind, ErrorKind::cancelled);
    std::vector<std::string> left;
    left.reserve(3);
    for (int i = 0; i < 3; ++i) {
        left.push_back(Call(context_, *queue_)->job->user_id);
    }
    EXPECT_THAT(left, ElementsAre("user-1", "user-2", "user-3"));
    EXPECT_EQ(Call(context_, *queue_)->job, std::nullopt);
}

TEST_P(QueueContract, ACancelledTakeTakesNothing) {
    Call first(context_, *queue_);
    const Call second(context_, *queue_);
    first.cancel();
    EXPECT_TRUE(first->is_over);
    EXPECT_TRUE(first->is_cancelled);
    ASSERT_TRUE(Call(context_, *queue_, job(1))->is_over);
    EXPECT_EQ(second->job, job(1));
    ASSERT_TRUE(Call(context_, *queue_, job(2))->is_over);
    EXPECT_EQ(Call(context_, *queue_)->job, job(2)) << "kept for the next one";
}

TEST_P(QueueContract, ACancelledPushPushesNothing) {
    for (int i = 1; i <= 3; ++i) {
        ASSERT_TRUE(Call(context_, *queue_, job(i))->is_over);
    }
    Call fourth(context_, *queue_, job(4));
    const Call fifth(context_, *queue_, job(5));
    fourth.cancel();
    EXPECT_TRUE(fourth->is_cancelled);
    std::vector<std::string> all;
    all.reserve(4);
    for (int i = 0; i < 4; ++i) {
        all.push_back(Call(context_, *queue_)->job->user_id);
    }
    EXPECT_THAT(all, ElementsAre("user-1", "user-2", "user-3", "user-5"));
    EXPECT_TRUE(fifth->is_over);
    EXPECT_EQ(queue_->waiting(), 0U);
}

Task<void> push_and_cancel(Queue& queue, Job pushed, Call& taker) {
    const Result<void> done = co_await queue.push(std::move(pushed));
    EXPECT_TRUE(done);
    taker.cancel_at_once();
}

TEST_P(QueueContract, AJobHandedOverInTheMomentOfACancellationIsNotLost) {
    Call taker(context_, *queue_);
    boost::asio::co_spawn(context_, push_and_cancel(*queue_, job(1), taker), boost::asio::detached);
    taker.settle();
    ASSERT_TRUE(taker->is_over);
    if (taker->is_cancelled) {
        EXPECT_EQ(Call(context_, *queue_)->job, job(1));
    } else {
        EXPECT_EQ(taker->job, job(1));
        EXPECT_EQ(queue_->waiting(), 0U);
    }
}

TEST_P(QueueContract, ASettledJobDoesNotComeAgain) {
    ASSERT_TRUE(Call(context_, *queue_, job(1))->is_over);
    const Call taken(context_, *queue_);
    std::optional<bool> settled;
    auto settle = [](Queue& queue, Job done, std::optional<bool>& answer) -> Task<void> {
        const Result<void> result = co_await queue.settle(std::move(done));
        answer = result.has_value();
    };
    boost::asio::co_spawn(context_, settle(*queue_, *taken->job, settled), boost::asio::detached);
    context_.restart();
    context_.poll();
    EXPECT_EQ(settled, true);
    Call next(context_, *queue_);
    EXPECT_FALSE(next->is_over);
    next.cancel();
}

Task<void> produce(Queue& queue, int from, int count) {
    for (int i = 0; i < count; ++i) {
        const Result<void> pushed = co_await queue.push(job(from + i));
        EXPECT_TRUE(pushed);
    }
}

Task<void> consume(Queue& queue, std::vector<std::string>& taken) {
    while (true) {
        const Result<std::optional<Job>> next = co_await queue.take();
        if (!next || !*next) {
            break;
        }
        co_await boost::asio::post(boost::asio::use_awaitable);
        taken.push_back((*next)->user_id);
    }
}

TEST_P(QueueContract, ManyProducersAndConsumersLoseAndDoubleNothing) {
    std::vector<std::string> taken;
    taken.reserve(7);
    for (int i = 0; i < 7; ++i) {
        boost::asio::co_spawn(context_, consume(*queue_, taken), boost::asio::detached);
    }
    for (int i = 0; i < 5; ++i) {
        boost::asio::co_spawn(context_, produce(*queue_, i * 100, 100), boost::asio::detached);
    }
    context_.poll();
    queue_->close();
    context_.restart();
    context_.run();
    std::vector<std::string> expected;
    expected.reserve(500);
    for (int i = 0; i < 500; ++i) {
        expected.push_back(job(i).user_id);
    }
    EXPECT_THAT(taken, testing::UnorderedElementsAreArray(expected));
}

} // namespace
} // namespace mcp::test
