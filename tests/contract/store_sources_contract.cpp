#include "tests/contract/store_contract.hpp"

#include <algorithm>
#include <gmock/gmock.h>

namespace mcp::test {
namespace {

using domain::PubKey;
using domain::User;
using ports::KeptAnswer;
using ports::SourceManners;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::chrono::seconds kSecond{1};

/// What a source answered when it was asked, at that very moment.
KeptAnswer an_answer(std::string source, std::string question, std::string subject, Time asked_at, std::string answer) {
    return {.source = std::move(source),
            .question = std::move(question),
            .subject = std::move(subject),
            .asked_at = asked_at,
            .answered_at = asked_at,
            .answer = std::move(answer),
            .failure = {}};
}

/// What stands there after a try that failed.
KeptAnswer after_failure(KeptAnswer kept, Time asked_at, std::string failure) {
    kept.asked_at = asked_at;
    kept.failure = std::move(failure);
    return kept;
}

KeptAnswer fees_of(Time asked_at, std::string answer) {
    return an_answer("mempool", "fees", "", asked_at, std::move(answer));
}

KeptAnswer of_node(int node, Time asked_at) {
    return an_answer("amboss", "node", node_number(node).hex(), asked_at, "{}");
}

// Answers

TEST_P(StoreContract, AnAnswerComesBackAsItWasKept) {
    const std::string hex = node_number(7).hex();
    const KeptAnswer odd =
        after_failure(an_answer("amboss", "node", hex, at(kMonday, 5), std::string("\0 ' \xe2\x9a\xa1 \n", 9)),
                      at(kMonday, 6), "timed out");
    const KeptAnswer fees = fees_of(at(kMonday, 6), R"({"fastestFee": 3})");
    must(store().keep_answer(odd, false));
    must(store().keep_answer(fees, false));
    world_->reopen();
    EXPECT_THAT(get(store().answers(hex)), ElementsAre(odd));
    EXPECT_THAT(get(store().answers("")), ElementsAre(fees));
    EXPECT_THAT(get(store().answers(node_number(8).hex())), IsEmpty());
}

TEST_P(StoreContract, OfEachSourceAndQuestionTheLastAnswerIsKept) {
    const KeptAnswer price = an_answer("mempool", "price", "", at(kMonday, 6), "price");
    const KeptAnswer theirs = an_answer("amboss", "price", "", at(kMonday, 6), "another's");
    const KeptAnswer newer = fees_of(at(kMonday, 7), "newer");
    must(store().keep_answer(fees_of(at(kMonday, 6), "older"), false));
    must(store().keep_answer(price, false));
    must(store().keep_answer(theirs, false));
    must(store().keep_answer(newer, false));
    EXPECT_THAT(get(store().answers("")), ElementsAre(theirs, newer, price)) << "by source and question";
}

TEST_P(StoreContract, ATryThatFailedLeavesTheAnswerThatTheCallerKeeps) {
    const KeptAnswer never{"mempool", "fees", "", at(kMonday, 6), {}, "", "refused"};
    must(store().keep_answer(never, true));
    EXPECT_THAT(get(store().answers("")), ElementsAre(never));
    EXPECT_THAT(get(store().answers_of_days("mempool", "fees", Day{}, kMonday + kOneDay)), IsEmpty())
        << "there was no answer on any day";
}

TEST_P(StoreContract, ManyAnswersKeptAtOnceAreAllThere) {
    std::vector<std::string> subjects;
    for (int node = 0; node < 200; ++node) {
        must(store().keep_answer(of_node(node, at(kMonday, 6)), false));
    }
    for (int node = 0; node < 200; ++node) {
        EXPECT_EQ(get(store().answers(node_number(node).hex())).size(), 1U);
    }
}

// Answers of days

TEST_P(StoreContract, OfAQuestionKeptByDayTheLastAnswerOfEachDayStays) {
    const KeptAnswer sunday = fees_of(at(kMonday - kOneDay, 23), "Sunday");
    const KeptAnswer monday = fees_of(at(kMonday, 18), "Monday evening");
    const KeptAnswer wednesday = fees_of(at(kMonday + 2 * kOneDay, 6), "Wednesday");
    must(store().keep_answer(sunday, true));
    must(store().keep_answer(fees_of(at(kMonday, 6), "Monday morning"), true));
    must(store().keep_answer(monday, true));
    must(store().keep_answer(wednesday, true));
    must(store().keep_answer(an_answer("mempool", "price", "", at(kMonday, 6), "price"), true));
    must(store().keep_answer(an_answer("amboss", "fees", "", at(kMonday, 6), "another's"), true));
    world_->reopen();
    const Day end = kMonday + 9 * kOneDay;
    EXPECT_THAT(get(store().answers_of_days("mempool", "fees", kMonday - 9 * kOneDay, end)),
                ElementsAre(sunday, monday, wednesday));
    EXPECT_THAT(get(store().answers_of_days("mempool", "fees", kMonday, kMonday + 2 * kOneDay)), ElementsAre(monday));
    EXPECT_THAT(get(store().answers_of_days("mempool", "fees", end, kMonday)), IsEmpty());
    EXPECT_THAT(get(store().answers_of_days("mempool", "fee", kMonday, end)), IsEmpty());
    const std::vector<KeptAnswer> last = get(store().answers(""));
    EXPECT_EQ(std::count(last.begin(), last.end(), wednesday), 1) << "the last one too";
    EXPECT_EQ(last.size(), 3U);
}

TEST_P(StoreContract, AFailedTryOfALaterDayMakesNoAnswerOfThatDay) {
    const KeptAnswer monday = fees_of(at(kMonday, 18), "Monday");
    const KeptAnswer failed = after_failure(monday, at(kMonday + kOneDay, 6), "refused");
    must(store().keep_answer(monday, true));
    must(store().keep_answer(failed, true));
    const std::vector<KeptAnswer> days = get(store().answers_of_days("mempool", "fees", Day{}, kMonday + 9 * kOneDay));
    ASSERT_EQ(days.size(), 1U);
    EXPECT_EQ(days.at(0).answer, "Monday");
    EXPECT_EQ(days.at(0).answered_at, monday.answered_at);
    EXPECT_THAT(get(store().answers("")), ElementsAre(failed));
}

TEST_P(StoreContract, AQuestionNotKeptByDayHasNoDays) {
    must(store().keep_answer(fees_of(at(kMonday, 6), "last only"), false));
    EXPECT_THAT(get(store().answers_of_days("mempool", "fees", Day{}, kMonday + kOneDay)), IsEmpty());
}

// Whom to ask about

TEST_P(StoreContract, NodesNeverAskedAboutComeFirstThenTheLongestNotAsked) {
    for (const int node : {1, 2, 3, 4, 5}) {
        with(a_reader("user-" + std::to_string(node), node));
    }
    must(store().keep_answer(of_node(1, at(kMonday, 3)), false));
    must(store().keep_answer(of_node(2, at(kMonday, 1)), false));
    must(store().keep_answer(of_node(4, at(kMonday, 2)), false));
    const auto due = [&](Time before, std::size_t limit) {
        return get(store().nodes_to_ask("amboss", "node", before, limit));
    };
    EXPECT_THAT(due(at(kMonday, 9), 9),
                ElementsAre(node_number(3), node_number(5), node_number(2), node_number(4), node_number(1)));
    EXPECT_THAT(due(at(kMonday, 9), 3), ElementsAre(node_number(3), node_number(5), node_number(2)));
    EXPECT_THAT(due(at(kMonday, 2), 9), ElementsAre(node_number(3), node_number(5), node_number(2)))
        << "one that was asked about at that very moment is not due";
    EXPECT_THAT(due(at(kMonday, 9), 0), IsEmpty());
}

TEST_P(StoreContract, AFailedTryCountsAsAsked) {
    with(a_reader("user-1", 1));
    must(store().keep_answer(after_failure(of_node(1, at(kMonday, 1)), at(kMonday, 8), "refused"), false));
    EXPECT_THAT(get(store().nodes_to_ask("amboss", "node", at(kMonday, 8), 9)), IsEmpty());
    EXPECT_THAT(get(store().nodes_to_ask("amboss", "node", at(kMonday, 8) + kSecond, 9)), ElementsAre(node_number(1)));
}

TEST_P(StoreContract, EachSourceAndQuestionHasItsOwnNodesToAsk) {
    with(a_reader("user-1", 1));
    must(store().keep_answer(of_node(1, at(kMonday, 8)), false));
    EXPECT_THAT(get(store().nodes_to_ask("amboss", "closed", at(kMonday, 1), 9)), ElementsAre(node_number(1)));
    EXPECT_THAT(get(store().nodes_to_ask("mempool", "node", at(kMonday, 1), 9)), ElementsAre(node_number(1)));
    EXPECT_THAT(get(store().nodes_to_ask("amboss", "node", at(kMonday, 1), 9)), IsEmpty());
}

TEST_P(StoreContract, OnlyNodesOfEnabledUsersAreToBeAsked) {
    User disabled = a_reader("user-2", 2);
    disabled.daily_report = false;
    User without = a_user("user-3");
    without.daily_report = true;
    with(a_reader("user-1", 1), disabled, without);
    must(store().keep_answer(of_node(9, at(kMonday, 1)), false));
    EXPECT_THAT(get(store().nodes_to_ask("amboss", "node", at(kMonday, 9), 9)), ElementsAre(node_number(1)));
    must(store().set_daily_report("user-2", true, at(kMonday, 2)));
    EXPECT_THAT(get(store().nodes_to_ask("amboss", "node", at(kMonday, 9), 9)),
                ElementsAre(node_number(1), node_number(2)));
}

// What goes

TEST_P(StoreContract, AnswersAboutTheirNodesGoWithAUser) {
    const User user = a_reader("user-1", 1);
    with(user, a_reader("user-2", 2));
    must(store().finish(a_report(user, kMonday)));
    User moved = user;
    moved.node = node_number(3); // the node before was the user's too
    with(moved);
    const KeptAnswer fees = fees_of(at(kMonday, 6), "fees");
    must(store().keep_answer(fees, true));
    for (const int node : {1, 2, 3}) {
        must(store().keep_answer(of_node(node, at(kMonday, 6)), false));
    }
    EXPECT_TRUE(get(store().remove_user("user-1")));
    EXPECT_THAT(get(store().answers(node_number(1).hex())), IsEmpty());
    EXPECT_THAT(get(store().answers(node_number(3).hex())), IsEmpty());
    EXPECT_FALSE(world_->holds(node_number(3).hex()));
    EXPECT_EQ(get(store().answers(node_number(2).hex())).size(), 1U) << "the other's";
    EXPECT_THAT(get(store().answers("")), ElementsAre(fees));
}

TEST_P(StoreContract, AnswersAboutANodeThatAnotherUserHasNowStay) {
    const User user = a_reader("user-1", 1);
    with(user);
    must(store().finish(a_report(user, kMonday)));
    with(a_user("user-1"), a_reader("user-2", 1));
    must(store().keep_answer(of_node(1, at(kMonday, 6)), false));
    EXPECT_TRUE(get(store().remove_user("user-1")));
    EXPECT_EQ(get(store().answers(node_number(1).hex())).size(), 1U);
}

TEST_P(StoreContract, AnswersGoNinetyDaysAfterTheyCame) {
    const Time written = at(kMonday, 6);
    must(store().keep_answer(fees_of(written, "fees"), true));
    must(store().keep_answer(of_node(1, written), false));
    EXPECT_EQ(get(store().sweep(written + ports::kKept)).others, 0);
    EXPECT_EQ(get(store().answers("")).size(), 1U);
    EXPECT_GE(get(store().sweep(written + ports::kKept + kSecond)).others, 3);
    EXPECT_THAT(get(store().answers("")), IsEmpty());
    EXPECT_THAT(get(store().answers(node_number(1).hex())), IsEmpty());
    EXPECT_THAT(get(store().answers_of_days("mempool", "fees", Day{}, kMonday + 9 * kOneDay)), IsEmpty());
}

TEST_P(StoreContract, AnOldAnswerGoesThoughItsSourceIsStillAskedInVain) {
    const Time written = at(kMonday, 6);
    const Time tried = written + ports::kKept - kSecond;
    const KeptAnswer kept = after_failure(fees_of(written, "fees"), tried, "refused");
    must(store().keep_answer(kept, false));
    EXPECT_EQ(get(store().sweep(written + ports::kKept + kSecond)).others, 1);
    KeptAnswer left = kept;
    left.answer.clear();
    EXPECT_THAT(get(store().answers("")), ElementsAre(left)) << "how the last try went is still known";
    EXPECT_EQ(get(store().sweep(written + ports::kKept + kSecond)).others, 0);
    EXPECT_EQ(get(store().sweep(tried + ports::kKept + kSecond)).others, 1);
    EXPECT_THAT(get(store().answers("")), IsEmpty());
}

// Manners

TEST_P(StoreContract, HowASourceIsToBeTreatedIsKeptOneForEachSource) {
    EXPECT_THAT(get(store().manners()), IsEmpty());
    const SourceManners mempool{"mempool", at(kMonday, 6), 0, {}, ""};
    const SourceManners amboss{"amboss", at(kMonday, 7), 5, at(kMonday, 8), "status 503 ⚡"};
    must(store().keep_manners({"mempool", at(kMonday, 1), 9, at(kMonday, 2), "older"}));
    must(store().keep_manners(mempool));
    must(store().keep_manners(amboss));
    world_->reopen();
    EXPECT_THAT(get(store().manners()), ElementsAre(amboss, mempool));
    get(store().sweep(at(kMonday, 9) + 10 * ports::kKept));
    EXPECT_EQ(get(store().manners()).size(), 2U) << "manners are not forgotten";
}

} // namespace
} // namespace mcp::test
