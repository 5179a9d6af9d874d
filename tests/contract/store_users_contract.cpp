#include "tests/contract/store_contract.hpp"

#include <gmock/gmock.h>

namespace mcp::test {
namespace {

using domain::User;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> ids_of(const std::vector<User>& users) {
    std::vector<std::string> ids;
    ids.reserve(users.size());
    for (const User& user : users) {
        ids.push_back(user.id);
    }
    return ids;
}

/// Ids that other people choose.
const std::vector<std::string>& awkward_ids() {
    static const std::vector<std::string> ids = {
        "'; DROP TABLE users; --",
        "\"quoted\" and \\ and % and _",
        std::string("with\0zero", 9),
        std::string("with\0one more", 13),
        "../../etc/passwd",
        "⚡ Zoé 👩‍🚀 שלום",
        std::string(300, 'x'),
        std::string(300, 'x') + "y",
        std::string(domain::kIdBytesMax, 'z'),
        " ",
        "A",
        "a",
    };
    return ids;
}

TEST_P(StoreContract, AUserComesBackAsItWasPut) {
    User user = a_reader("user-1", 7);
    user.node_proof = domain::NodeProof::signature;
    user.language = domain::Language::en;
    user.updated_at = at(kMonday, 2);
    with(user);
    EXPECT_EQ(get(store().user("user-1")), user);
    const User bare = a_user("user-2");
    with(bare);
    EXPECT_EQ(get(store().user("user-2")), bare);
}

TEST_P(StoreContract, AnUnknownUserIsNobodyAndNoError) {
    EXPECT_EQ(get(store().user("user-1")), std::nullopt);
    with(a_user("user-1"));
    EXPECT_EQ(get(store().user("user-")), std::nullopt);
    EXPECT_EQ(get(store().user("USER-1")), std::nullopt);
    EXPECT_EQ(get(store().user("")), std::nullopt);
}

TEST_P(StoreContract, PuttingAUserAgainReplacesAllButTenantAndCreation) {
    with(a_reader("user-1", 7));
    User later = a_user("user-1");
    later.language = domain::Language::en;
    later.created_at = at(kMonday, 9);
    later.updated_at = at(kMonday, 9);
    with(later);
    later.created_at = at(kMonday, 1);
    EXPECT_EQ(get(store().user("user-1")), later);
}

TEST_P(StoreContract, AUserOfAnotherTenantIsNotFoundAndStaysAsItIs) {
    const User first = a_user("user-1", "tenant-1");
    with(first);
    const std::optional<Error> error = error_of(store().put_user(a_reader("user-1", 9, "tenant-2")));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::not_found);
    EXPECT_EQ(get(store().user("user-1")), first);
}

TEST_P(StoreContract, ANodeBelongsToOneUserAcrossAllTenants) {
    with(a_reader("user-1", 7, "tenant-1"), a_user("user-2", "tenant-2"));
    const std::optional<Error> error = error_of(store().put_user(a_reader("user-2", 7, "tenant-2")));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::conflict);
    EXPECT_EQ(error->what.key, "store.node_taken");
    EXPECT_EQ(get(store().user("user-2")), a_user("user-2", "tenant-2"));
    EXPECT_EQ(error_of(store().put_user(a_reader("user-1", 7, "tenant-1"))), std::nullopt) << "its own node";
}

TEST_P(StoreContract, ANodeThatWasGivenUpCanBeTaken) {
    with(a_reader("user-1", 7));
    with(a_user("user-1"));
    with(a_reader("user-2", 7));
    EXPECT_EQ(get(store().user("user-2"))->node, node_number(7));
    with(a_reader("user-2", 8));
    with(a_reader("user-1", 7));
    EXPECT_EQ(get(store().user("user-1"))->node, node_number(7));
    EXPECT_TRUE(get(store().remove_user("user-1")));
    with(a_reader("user-3", 7));
    EXPECT_EQ(get(store().user("user-3"))->node, node_number(7));
}

TEST_P(StoreContract, ManyUsersMayHaveNoNode) {
    for (int i = 0; i < 20; ++i) {
        with(a_user("user-" + std::to_string(i)));
    }
    const ports::UserCounts counts = get(store().count_users());
    EXPECT_EQ(counts.all, 20);
    EXPECT_EQ(counts.with_node, 0);
}

TEST_P(StoreContract, TheDailyReportIsSwitchedOnAndOff) {
    with(a_user("user-1"));
    must(store().set_daily_report("user-1", true, at(kMonday, 3)));
    must(store().set_daily_report("user-1", true, at(kMonday, 3)));
    User user = a_user("user-1");
    user.daily_report = true;
    user.updated_at = at(kMonday, 3);
    EXPECT_EQ(get(store().user("user-1")), user);
    must(store().set_daily_report("user-1", false, at(kMonday, 4)));
    EXPECT_FALSE(get(store().user("user-1"))->daily_report);
    const std::optional<Error> error = error_of(store().set_daily_report("user-2", true, at(kMonday, 3)));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::not_found);
}

TEST_P(StoreContract, TheLanguageIsChangedAndNothingElse) {
    User user = a_reader("user-1", 1);
    user.node_proof = domain::NodeProof::connection;
    user.language = domain::Language::fr;
    with(user, a_user("user-2"));
    EXPECT_EQ(get(store().user("user-1")), user);
    user.language = domain::Language::en;
    user.updated_at = at(kMonday, 3);
    EXPECT_EQ(get(store().set_language("user-1", domain::Language::en, at(kMonday, 3))), user);
    EXPECT_EQ(get(store().user("user-1")), user);
    user.updated_at = at(kMonday, 4);
    EXPECT_EQ(get(store().set_language("user-1", std::nullopt, at(kMonday, 4))), user);
    EXPECT_EQ(get(store().user("user-1")), user);
    EXPECT_EQ(get(store().user("user-2")), a_user("user-2"));
    const std::optional<Error> error = error_of(store().set_language("nobody", domain::Language::en, at(kMonday, 3)));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::not_found);
}

TEST_P(StoreContract, UsersAreListedInOrderOfTheirIds) {
    with(a_user("b"), a_user("a"), a_user("B"), a_user("é"), a_user("ab"));
    EXPECT_THAT(ids_of(get(store().users_after("", 10))), ElementsAre("B", "a", "ab", "b", "é"));
    EXPECT_THAT(ids_of(get(store().users_after("", 2))), ElementsAre("B", "a"));
    EXPECT_THAT(ids_of(get(store().users_after("a", 2))), ElementsAre("ab", "b"));
    EXPECT_THAT(ids_of(get(store().users_after("aa", 10))), ElementsAre("ab", "b", "é")) << "one that is not there";
    EXPECT_THAT(get(store().users_after("é", 10)), IsEmpty());
}

TEST_P(StoreContract, UsersAreCounted) {
    EXPECT_EQ(get(store().count_users()).all, 0);
    EXPECT_EQ(get(store().count_users()).enabled, 0);
    User disabled = a_reader("user-2", 2);
    disabled.daily_report = false;
    with(a_reader("user-1", 1), disabled, a_user("user-3"));
    const ports::UserCounts counts = get(store().count_users());
    EXPECT_EQ(counts.all, 3);
    EXPECT_EQ(counts.with_node, 2);
    EXPECT_EQ(counts.enabled, 1);
}

TEST_P(StoreContract, IdsOfAnyKindAreKeptApartAndWhole) {
    int node = 0;
    for (const std::string& id : awkward_ids()) {
        User user = a_reader(id, ++node, "tenant of " + id);
        with(user);
        must(store().finish(a_report(user, kMonday, "{\"of\": " + std::to_string(node) + "}")));
    }
    world_->reopen();
    node = 0;
    for (const std::string& id : awkward_ids()) {
        ++node;
        EXPECT_EQ(get(store().user(id)), a_reader(id, node, "tenant of " + id));
        const auto report = get(store().latest(id));
        ASSERT_TRUE(report) << id;
        EXPECT_EQ(report->user_id, id);
        EXPECT_EQ(report->tenant_id, "tenant of " + id);
        EXPECT_EQ(*report->document, "{\"of\": " + std::to_string(node) + "}");
    }
    EXPECT_EQ(get(store().users_after("", 100)).size(), awkward_ids().size());
    for (const std::string& id : awkward_ids()) {
        EXPECT_TRUE(get(store().remove_user(id)));
    }
    EXPECT_EQ(get(store().count_users()).all, 0);
}

TEST_P(StoreContract, WhatWasAnsweredIsThereAfterARestart) {
    const User user = a_reader("user-1", 7);
    with(user);
    must(store().finish(a_report(user, kMonday)));
    world_->reopen();
    EXPECT_EQ(get(store().user("user-1")), user);
    EXPECT_TRUE(get(store().latest("user-1")));
}

TEST_P(StoreContract, AReadSeesTheWriteThatWasAnsweredBefore) {
    User user = a_user("user-1");
    for (int i = 0; i < 50; ++i) {
        user.updated_at += std::chrono::seconds{1};
        with(user);
        ASSERT_EQ(get(store().user("user-1")), user);
        must(store().finish(a_report(user, kMonday, std::to_string(i))));
        ASSERT_EQ(*get(store().latest("user-1"))->document, std::to_string(i));
    }
}

// Removal

TEST_P(StoreContract, RemovingAUserTellsWhetherThereWasOne) {
    with(a_user("user-1"));
    EXPECT_TRUE(get(store().remove_user("user-1")));
    EXPECT_FALSE(get(store().remove_user("user-1")));
    EXPECT_EQ(get(store().user("user-1")), std::nullopt);
}

TEST_P(StoreContract, ARemovedUserLeavesNothingBehind) {
    const std::string id = "remove-me-4711";
    const std::string tenant = "tenant-of-remove-me-4711";
    const User user = a_reader(id, 7, tenant);
    const User other = a_reader("user-2", 8);
    with(user, other);
    get(store().claim(a_run("run-1", kMonday)));
    get(store().claim(a_triggered_run("run-2", {id, "user-2"})));
    for (int day = 0; day < 20; ++day) {
        const std::string document = "{\"user\": \"" + id + "\", \"text\": \"" + std::string(9000, 'd') + "\"}";
        finish_in("run-1", a_report(user, kMonday - day * kOneDay, document));
        finish_in("run-1", a_report(user, kMonday - day * kOneDay, document + "again"));
        finish_in("run-1", a_report(other, kMonday - day * kOneDay, "{\"of\": \"user-2\"}"));
    }
    finish_in("run-2", a_failure(user, kMonday, "failure of " + id));
    must(store().put_feedback({"report-1", id, 9, "comment of " + id, at(kMonday, 7)}));
    must(store().put_feedback({"report-2", "user-2", 3, "comment of user-2", at(kMonday, 7)}));
    must(store().keep_openings({node_number(7), "digest", kMonday, "advice for the node of " + id}));
    ASSERT_TRUE(world_->holds(id));

    EXPECT_TRUE(get(store().remove_user(id)));

    EXPECT_EQ(get(store().latest(id)), std::nullopt);
    EXPECT_EQ(get(store().count_reports(id)).completed, 0);
    EXPECT_EQ(get(store().history({id, kMonday - 90 * kOneDay, true, 1, 100})).total, 0);
    EXPECT_EQ(get(store().report(a_report(user, kMonday).report.report_id)), std::nullopt);
    EXPECT_TRUE(get(store().snapshots(node_number(7), kMonday - 90 * kOneDay, kMonday + kOneDay)).empty());
    EXPECT_EQ(get(store().openings(node_number(7))), std::nullopt);
    EXPECT_THAT(get(store().feedback_scores(at(kMonday, 0))), ElementsAre(3));
    EXPECT_EQ(get(store().run("run-1"))->done, 1) << "the other's";
    EXPECT_EQ(get(store().run("run-2"))->failed, 0);
    EXPECT_THAT(get(store().run("run-2"))->user_ids, ElementsAre("user-2"));
    EXPECT_EQ(get(store().count_owed_assets()), 20);
    EXPECT_FALSE(world_->holds(id)) << "as bytes";
    EXPECT_TRUE(world_->holds("user-2")) << "or holds() is blind";

    EXPECT_EQ(get(store().user("user-2")), other);
    EXPECT_EQ(get(store().count_reports("user-2")).completed, 20);
    EXPECT_EQ(get(store().snapshots(node_number(8), kMonday - 90 * kOneDay, kMonday + kOneDay)).size(), 20U);
}

TEST_P(StoreContract, AUserMadeAgainStartsAnew) {
    const User user = a_reader("user-1", 7);
    with(user);
    get(store().claim(a_run("run-1", kMonday)));
    finish_in("run-1", a_report(user, kMonday));
    EXPECT_TRUE(get(store().remove_user("user-1")));
    with(a_reader("user-1", 7, "tenant-2"));
    EXPECT_EQ(get(store().latest("user-1")), std::nullopt);
    EXPECT_EQ(get(store().count_reports("user-1")).completed, 0);
    EXPECT_THAT(owed_ids("run-1"), ElementsAre("user-1"));
    const std::optional<Error> error = error_of(store().finish(a_report(user, kMonday)));
    ASSERT_TRUE(error) << "a report of the first one, late";
    EXPECT_EQ(error->kind, ErrorKind::not_found);
    EXPECT_EQ(get(store().latest("user-1")), std::nullopt);
}

TEST_P(StoreContract, FactsOfANodeThatTheUserHadBeforeGoToo) {
    const User first = a_reader("user-1", 7);
    with(first);
    must(store().finish(a_report(first, kMonday)));
    must(store().keep_openings({node_number(7), "digest", kMonday, "advice"}));
    with(a_reader("user-1", 8));
    EXPECT_TRUE(get(store().remove_user("user-1")));
    EXPECT_TRUE(get(store().snapshots(node_number(7), kMonday, kMonday + kOneDay)).empty());
    EXPECT_EQ(get(store().openings(node_number(7))), std::nullopt);
}

TEST_P(StoreContract, FactsOfANodeThatIsAnothersNowStay) {
    const User first = a_reader("user-1", 7);
    with(first);
    must(store().finish(a_report(first, kMonday)));
    must(store().keep_openings({node_number(7), "digest", kMonday, "advice"}));
    with(a_reader("user-1", 8));
    with(a_reader("user-2", 7));
    EXPECT_TRUE(get(store().remove_user("user-1")));
    EXPECT_EQ(get(store().snapshots(node_number(7), kMonday, kMonday + kOneDay)).size(), 1U);
    EXPECT_TRUE(get(store().openings(node_number(7))));
    EXPECT_TRUE(get(store().remove_user("user-2")));
    EXPECT_TRUE(get(store().snapshots(node_number(7), kMonday, kMonday + kOneDay)).empty());
    EXPECT_EQ(get(store().openings(node_number(7))), std::nullopt);
}

} // namespace
} // namespace mcp::test
