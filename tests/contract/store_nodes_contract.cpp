#include "tests/contract/store_contract.hpp"

#include <algorithm>
#include <gmock/gmock.h>

namespace mcp::test {
namespace {

using domain::NodeLink;
using domain::NodeProof;
using domain::NodeWatched;
using domain::User;
using ports::Statement;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::chrono::seconds kSecond{1};

std::vector<std::string> users_of(const std::vector<NodeLink>& links) {
    std::vector<std::string> ids;
    ids.reserve(links.size());
    for (const NodeLink& link : links) {
        ids.push_back(link.user_id);
    }
    return ids;
}

// Links

TEST_P(StoreContract, ALinkComesBackAsItWasPut) {
    with(a_user("user-1"), a_user("user-2"), a_user("user-3"));
    EXPECT_EQ(get(store().link("user-1")), std::nullopt);
    NodeLink whole = a_link("user-1");
    whole.kind = domain::LinkKind::cln;
    whole.sealed = std::string("\0\xff sealed '", 11);
    whole.expires_at = at(kMonday, 23);
    whole.tried_at = at(kMonday, 3);
    whole.read_at = at(kMonday, 2);
    whole.failure = "{\"kind\": \"timeout\"}";
    must(store().put_link(whole));
    must(store().put_link(a_link("user-2")));
    must(store().put_link(an_agent("user-3", 7)));
    world_->reopen();
    EXPECT_EQ(get(store().link("user-1")), whole);
    EXPECT_EQ(get(store().link("user-2")), a_link("user-2"));
    EXPECT_EQ(get(store().link("user-3")), an_agent("user-3", 7));
    EXPECT_EQ(get(store().link("nobody")), std::nullopt);
}

TEST_P(StoreContract, AUserHasOneLinkAndALaterOneReplacesIt) {
    with(a_user("user-1"));
    must(store().put_link(an_agent("user-1", 7)));
    must(store().put_link(a_link("user-1")));
    EXPECT_EQ(get(store().link("user-1")), a_link("user-1"));
    EXPECT_EQ(get(store().link_of_agent(an_agent("", 7).agent_key)), std::nullopt);
    EXPECT_EQ(get(store().links_after("", 10, false)).size(), 1U);
}

TEST_P(StoreContract, AReplacedLinkLeavesWhatWasToldBefore) {
    with(a_user("user-1"));
    must(store().put_link(a_link("user-1")));
    must(store().keep_statement(a_statement("user-1", kMonday)));
    must(store().put_link(an_agent("user-1", 7)));
    EXPECT_THAT(get(store().statements("user-1", kMonday, kMonday + kOneDay)),
                ElementsAre(a_statement("user-1", kMonday)));
}

TEST_P(StoreContract, NobodyWhoIsGoneGetsALink) {
    const std::optional<Error> error = error_of(store().put_link(a_link("nobody")));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::not_found);
    EXPECT_THAT(get(store().links_after("", 10, false)), IsEmpty());
}

TEST_P(StoreContract, AnAgentsKeyIsOfOneUser) {
    with(a_user("user-1"), a_user("user-2"), a_user("user-3"), a_user("user-4"));
    must(store().put_link(an_agent("user-1", 7)));
    must(store().put_link(an_agent("user-1", 7)));
    const std::optional<Error> error = error_of(store().put_link(an_agent("user-2", 7)));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::conflict);
    EXPECT_EQ(error->what.key, "store.agent_taken");
    EXPECT_EQ(get(store().link("user-2")), std::nullopt);
    must(store().put_link(a_link("user-3"))); // no agent, as many have
    must(store().put_link(a_link("user-4")));
    EXPECT_EQ(get(store().link_of_agent(an_agent("", 7).agent_key)), an_agent("user-1", 7));
    EXPECT_EQ(get(store().link_of_agent(an_agent("", 8).agent_key)), std::nullopt);
    EXPECT_EQ(get(store().link_of_agent("")), std::nullopt) << "of links without an agent";
    EXPECT_TRUE(get(store().remove_link("user-1")));
    must(store().put_link(an_agent("user-2", 7)));
}

TEST_P(StoreContract, LinksAreListedInOrderOfTheirUsers) {
    for (const char* id : {"b", "a", "B", "é", "ab", "c"}) {
        User user = a_user(id);
        user.daily_report = user.id != "ab" && user.id != "B";
        with(user);
        if (user.id != "c") {
            must(store().put_link(a_link(id)));
        }
    }
    EXPECT_THAT(users_of(get(store().links_after("", 10, false))), ElementsAre("B", "a", "ab", "b", "é"));
    EXPECT_THAT(users_of(get(store().links_after("a", 2, false))), ElementsAre("ab", "b"));
    EXPECT_THAT(users_of(get(store().links_after("aa", 1, false))), ElementsAre("ab")) << "one that is not there";
    EXPECT_THAT(users_of(get(store().links_after("é", 10, false))), IsEmpty());
    EXPECT_THAT(users_of(get(store().links_after("", 10, true))), ElementsAre("a", "b", "é"));
    EXPECT_THAT(users_of(get(store().links_after("", 2, true))), ElementsAre("a", "b"));
    EXPECT_THAT(get(store().links_after("", 10, false)).front(), a_link("B"));
}

TEST_P(StoreContract, ATryIsNotedAndAGoodOneIsAReading) {
    with(a_user("user-1"));
    must(store().note_link_try({"user-1", at(kMonday, 3), ""}));
    EXPECT_EQ(get(store().link("user-1")), std::nullopt) << "a try makes no link";
    must(store().put_link(a_link("user-1")));
    must(store().note_link_try({"user-1", at(kMonday, 3), "timeout"}));
    NodeLink expected = a_link("user-1");
    expected.tried_at = at(kMonday, 3);
    expected.failure = "timeout";
    EXPECT_EQ(get(store().link("user-1")), expected);
    must(store().note_link_try({"user-1", at(kMonday, 4), ""}));
    expected.tried_at = expected.read_at = at(kMonday, 4);
    expected.failure.clear();
    EXPECT_EQ(get(store().link("user-1")), expected);
    must(store().note_link_try({"user-1", at(kMonday, 5), "refused"}));
    expected.tried_at = at(kMonday, 5);
    expected.failure = "refused";
    EXPECT_EQ(get(store().link("user-1")), expected) << "the last reading stays";
}

TEST_P(StoreContract, ARemovedLinkLeavesNothingBehind) {
    with(a_user("user-1"), a_user("user-2"));
    for (const std::string id : {"user-1", "user-2"}) {
        NodeLink link = a_link(id);
        link.sealed = "credential of " + id;
        link.url = "https://" + id + ".example";
        must(store().put_link(link));
        must(store().keep_statement(a_statement(id, kMonday, "told of " + id)));
        must(store().add_watched({{id, kMonday, {std::chrono::hours{1}, std::chrono::hours{1}}}}));
    }
    ASSERT_TRUE(world_->holds("credential of user-1"));
    EXPECT_TRUE(get(store().remove_link("user-1")));
    EXPECT_FALSE(get(store().remove_link("user-1")));
    EXPECT_FALSE(get(store().remove_link("nobody")));
    EXPECT_EQ(get(store().link("user-1")), std::nullopt);
    EXPECT_THAT(get(store().statements("user-1", kMonday, kMonday + kOneDay)), IsEmpty());
    EXPECT_EQ(get(store().watched("user-1", kMonday)), std::nullopt);
    for (const char* left : {"credential of user-1", "told of user-1", "user-1.example"}) {
        EXPECT_FALSE(world_->holds(left)) << left;
    }
    EXPECT_TRUE(world_->holds("credential of user-2")) << "or holds() is blind";
    EXPECT_EQ(get(store().statements("user-2", kMonday, kMonday + kOneDay)).size(), 1U);
    EXPECT_TRUE(get(store().watched("user-2", kMonday)));
    must(store().put_link(a_link("user-1")));
    EXPECT_THAT(get(store().statements("user-1", kMonday, kMonday + kOneDay)), IsEmpty()) << "it starts anew";
}

TEST_P(StoreContract, WhatALinkHeldIsGoneHoweverItsUserLostIt) {
    int number = 0;
    const auto linked = [&](const std::string& id) {
        with(a_reader(id, ++number));
        NodeLink link = a_link(id);
        link.sealed = "credential of " + id;
        must(store().put_link(link));
        must(store().keep_statement(a_statement(id, kMonday, "told of " + id)));
        ASSERT_TRUE(world_->holds("credential of " + id)) << "or holds() is blind";
        ASSERT_TRUE(world_->holds("told of " + id));
    };
    const auto is_gone = [&](const std::string& id) {
        return !world_->holds("credential of " + id) && !world_->holds("told of " + id);
    };
    linked("other-node");
    with(a_reader("other-node", 101));
    EXPECT_TRUE(is_gone("other-node"));

    linked("no-node");
    with(a_user("no-node"));
    EXPECT_TRUE(is_gone("no-node"));

    linked("claimer");
    get(store().claim_node("claimer", node_number(102), NodeProof::signature, at(kMonday, 9)));
    EXPECT_TRUE(is_gone("claimer"));

    linked("loser");
    with(a_user("taker"));
    EXPECT_EQ(get(store().claim_node("taker", node_number(number), NodeProof::signature, at(kMonday, 9))), "loser");
    EXPECT_TRUE(is_gone("loser"));

    linked("replacer");
    must(store().put_link(an_agent("replacer", 7)));
    EXPECT_FALSE(world_->holds("credential of replacer"));
    EXPECT_TRUE(world_->holds("told of replacer")) << "what was told stays";
}

TEST_P(StoreContract, ALinkAndAChallengeGoWithTheirUser) {
    const std::string id = "remove-me-4711";
    with(a_user(id), a_user("user-2"));
    NodeLink link = a_link(id);
    link.sealed = "credential of " + id;
    must(store().put_link(link));
    must(store().keep_statement(a_statement(id, kMonday, "told of " + id)));
    must(store().add_watched({{id, kMonday, {std::chrono::hours{1}, std::chrono::hours{1}}}}));
    must(store().put_challenge({id, node_number(1), "challenge of " + id, at(kMonday, 3)}));
    must(store().put_link(a_link("user-2")));
    EXPECT_TRUE(get(store().remove_user(id)));
    EXPECT_FALSE(world_->holds(id));
    EXPECT_THAT(users_of(get(store().links_after("", 10, false))), ElementsAre("user-2"));
    with(a_user(id));
    EXPECT_EQ(get(store().link(id)), std::nullopt);
    EXPECT_THAT(get(store().statements(id, kMonday, kMonday + kOneDay)), IsEmpty());
    EXPECT_EQ(get(store().watched(id, kMonday)), std::nullopt);
    EXPECT_EQ(get(store().take_challenge(id)), std::nullopt);
}

// Statements

TEST_P(StoreContract, StatementsComeFromARangeOfDaysOldestFirst) {
    with(a_user("user-1"));
    must(store().put_link(a_link("user-1")));
    for (const int back : {1, 3, 0, 2}) {
        must(store().keep_statement(a_statement("user-1", kMonday - back * kOneDay, std::to_string(back))));
    }
    world_->reopen();
    EXPECT_THAT(
        get(store().statements("user-1", kMonday - 2 * kOneDay, kMonday)),
        ElementsAre(a_statement("user-1", kMonday - 2 * kOneDay, "2"), a_statement("user-1", kMonday - kOneDay, "1")));
    EXPECT_THAT(get(store().statements("user-1", kMonday, kMonday)), IsEmpty());
    EXPECT_THAT(get(store().statements("user-1", kMonday + kOneDay, kMonday)), IsEmpty());
}

TEST_P(StoreContract, StatementsAreToldWithoutTheirTextsToo) {
    with(a_user("user-1"), a_user("user-2"));
    must(store().put_link(a_link("user-1")));
    must(store().put_link(a_link("user-2")));
    must(store().keep_statement(a_statement("user-2", kMonday - kOneDay)));
    std::vector<ports::StatementHead> expected;
    for (const int back : {2, 1, 3, 0}) {
        Statement statement = a_statement("user-1", kMonday - back * kOneDay);
        statement.read_at += back * kSecond;
        statement.node = node_number(back + 1);
        must(store().keep_statement(statement));
        if (back == 2 || back == 1) {
            expected.push_back({statement.node, statement.day, statement.read_at});
        }
    }
    EXPECT_EQ(get(store().statement_heads("user-1", kMonday - 2 * kOneDay, kMonday)), expected);
    EXPECT_THAT(get(store().statement_heads("user-1", kMonday, kMonday)), IsEmpty());
    EXPECT_THAT(get(store().statement_heads("user-1", kMonday + kOneDay, kMonday)), IsEmpty());
    EXPECT_THAT(get(store().statement_heads("nobody", kMonday - 9 * kOneDay, kMonday)), IsEmpty());
}

TEST_P(StoreContract, AStatementIsReplacedByALaterReadingOnly) {
    with(a_user("user-1"));
    must(store().put_link(a_link("user-1")));
    must(store().keep_statement(a_statement("user-1", kMonday, "first")));
    for (const std::chrono::seconds later : {std::chrono::seconds{0}, -kSecond}) {
        Statement old = a_statement("user-1", kMonday, "again");
        old.read_at += later;
        const std::optional<Error> error = error_of(store().keep_statement(old));
        ASSERT_TRUE(error) << later.count();
        EXPECT_EQ(error->kind, ErrorKind::conflict);
        EXPECT_EQ(error->what.key, "store.statement_old");
    }
    EXPECT_EQ(get(store().statements("user-1", kMonday, kMonday + kOneDay)).at(0).text, "first");
    Statement newer = a_statement("user-1", kMonday, "newer");
    newer.read_at += kSecond;
    newer.node = node_number(2);
    must(store().keep_statement(newer));
    EXPECT_THAT(get(store().statements("user-1", kMonday, kMonday + kOneDay)), ElementsAre(newer));
    Statement other_day = a_statement("user-1", kMonday - kOneDay, "of the day before, read earlier");
    must(store().keep_statement(other_day));
}

TEST_P(StoreContract, WithoutALinkNothingIsTold) {
    with(a_user("user-1"));
    for (const std::string id : {"user-1", "nobody"}) {
        const std::optional<Error> error = error_of(store().keep_statement(a_statement(id, kMonday)));
        ASSERT_TRUE(error);
        EXPECT_EQ(error->kind, ErrorKind::not_found);
        must(store().add_watched({{id, kMonday, {kSecond, kSecond}}}));
        EXPECT_THAT(get(store().statements(id, kMonday, kMonday + kOneDay)), IsEmpty());
        EXPECT_EQ(get(store().watched(id, kMonday)), std::nullopt);
    }
}

TEST_P(StoreContract, WhatAUsersNodeToldIsNeverAnothers) {
    with(a_reader("user-1", 1), a_reader("user-2", 2));
    must(store().put_link(a_link("user-1")));
    must(store().put_link(a_link("user-2")));
    must(store().keep_statement(a_statement("user-1", kMonday, "private")));
    EXPECT_THAT(get(store().statements("user-2", kMonday, kMonday + kOneDay)), IsEmpty());
    must(store().keep_statement(a_statement("user-2", kMonday, "the other's, about the same node")));
    EXPECT_EQ(get(store().statements("user-1", kMonday, kMonday + kOneDay)).at(0).text, "private");
    EXPECT_EQ(get(store().claim_node("user-2", node_number(1), NodeProof::signature, at(kMonday, 9))), "user-1")
        << "the node itself becomes another's";
    EXPECT_THAT(get(store().statements("user-1", kMonday, kMonday + kOneDay)), IsEmpty());
    EXPECT_THAT(get(store().statements("user-2", kMonday, kMonday + kOneDay)), IsEmpty()) << "it had another node";
}

// Watched time

TEST_P(StoreContract, WatchedTimeAddsUpByDay) {
    with(a_user("user-1"), a_user("user-2"));
    must(store().put_link(a_link("user-1")));
    must(store().put_link(a_link("user-2")));
    must(store().add_watched({{"user-1", kMonday, {kSecond * 900, kSecond * 900}},
                              {"user-2", kMonday, {kSecond * 900, kSecond * 0}},
                              {"user-1", kMonday, {kSecond * 100, kSecond * 0}}}));
    must(store().add_watched({{"user-1", kMonday, {kSecond * 900, kSecond * 1}},
                              {"nobody", kMonday, {kSecond, kSecond}},
                              {"user-1", kMonday + kOneDay, {kSecond * 5, kSecond * 5}}}));
    must(store().add_watched({}));
    world_->reopen();
    EXPECT_EQ(get(store().watched("user-1", kMonday)), (NodeWatched{kSecond * 1900, kSecond * 901}));
    EXPECT_EQ(get(store().watched("user-1", kMonday + kOneDay)), (NodeWatched{kSecond * 5, kSecond * 5}));
    EXPECT_EQ(get(store().watched("user-2", kMonday)), (NodeWatched{kSecond * 900, kSecond * 0}));
    EXPECT_EQ(get(store().watched("user-1", kMonday - kOneDay)), std::nullopt) << "nobody watched";
}

// Challenges

TEST_P(StoreContract, AChallengeIsTakenOutOnce) {
    with(a_user("user-1"), a_user("user-2"));
    const ports::Challenge first{"user-1", node_number(1), "sign this", at(kMonday, 3)};
    must(store().put_challenge(first));
    must(store().put_challenge({"user-2", node_number(1), "sign that", at(kMonday, 4)}));
    world_->reopen();
    EXPECT_EQ(get(store().take_challenge("user-1")), first);
    EXPECT_EQ(get(store().take_challenge("user-1")), std::nullopt);
    EXPECT_EQ(get(store().take_challenge("nobody")), std::nullopt);
    EXPECT_EQ(get(store().take_challenge("user-2"))->text, "sign that");
}

TEST_P(StoreContract, ALaterChallengeReplacesTheEarlier) {
    with(a_user("user-1"));
    const ports::Challenge later{"user-1", node_number(2), "second", at(kMonday, 4)};
    must(store().put_challenge({"user-1", node_number(1), "first", at(kMonday, 3)}));
    must(store().put_challenge(later));
    EXPECT_EQ(get(store().take_challenge("user-1")), later);
    EXPECT_EQ(get(store().take_challenge("user-1")), std::nullopt);
    const std::optional<Error> error = error_of(store().put_challenge({"nobody", node_number(1), "", at(kMonday, 3)}));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::not_found);
}

// Whose a node is

TEST_P(StoreContract, ProofsComeBackAsTheyWerePut) {
    int node = 0;
    for (const NodeProof proof : {NodeProof::none, NodeProof::connection, NodeProof::signature}) {
        ++node;
        User user = a_reader("user-" + std::to_string(node), node);
        user.node_proof = proof;
        with(user);
        EXPECT_EQ(get(store().user(user.id)), user);
    }
}

TEST_P(StoreContract, AFreeNodeIsGivenWithItsProof) {
    User user = a_user("user-1");
    user.daily_report = true;
    with(user);
    EXPECT_EQ(get(store().claim_node("user-1", node_number(1), NodeProof::connection, at(kMonday, 9))), std::nullopt);
    user.node = node_number(1);
    user.node_proof = NodeProof::connection;
    user.updated_at = at(kMonday, 9);
    EXPECT_EQ(get(store().user("user-1")), user);
    const std::optional<Error> error =
        error_of(store().claim_node("nobody", node_number(2), NodeProof::signature, at(kMonday, 9)));
    ASSERT_TRUE(error);
    EXPECT_EQ(error->kind, ErrorKind::not_found);
}

TEST_P(StoreContract, OfOnesOwnNodeTheBetterProofStays) {
    with(a_reader("user-1", 1));
    for (const auto& [proof, expected] :
         {std::pair(NodeProof::none, NodeProof::none), std::pair(NodeProof::connection, NodeProof::connection),
          std::pair(NodeProof::none, NodeProof::connection), std::pair(NodeProof::signature, NodeProof::signature),
          std::pair(NodeProof::connection, NodeProof::signature)}) {
        EXPECT_EQ(get(store().claim_node("user-1", node_number(1), proof, at(kMonday, 9))), std::nullopt);
        EXPECT_EQ(get(store().user("user-1"))->node_proof, expected);
    }
    EXPECT_EQ(get(store().claim_node("user-1", node_number(2), NodeProof::connection, at(kMonday, 9))), std::nullopt);
    EXPECT_EQ(get(store().user("user-1"))->node_proof, NodeProof::connection) << "of another node";
}

TEST_P(StoreContract, ASignatureTakesANodeOverAndNothingLessDoes) {
    const std::vector<NodeProof> proofs = {NodeProof::none, NodeProof::connection, NodeProof::signature};
    int node = 10;
    for (std::size_t had = 0; had < proofs.size(); ++had) {
        for (std::size_t shown = 0; shown < proofs.size(); ++shown) {
            const std::string name = std::to_string(++node);
            User holder = a_reader("holder-" + name, node, "tenant-1");
            holder.node_proof = proofs[had];
            const User taker = a_user("taker-" + name, "tenant-2");
            const bool is_taken = proofs[shown] == NodeProof::signature && proofs[had] != NodeProof::signature;
            with(holder, taker);
            must(store().put_link(a_link(holder.id)));
            must(store().keep_statement(a_statement(holder.id, kMonday)));
            Task<Result<std::optional<std::string>>> claim =
                store().claim_node(taker.id, node_number(node), proofs[shown], at(kMonday, 9));
            if (is_taken) {
                EXPECT_EQ(get(std::move(claim)), holder.id);
                holder.node.reset();
                holder.node_proof = NodeProof::none;
                holder.daily_report = false;
                holder.updated_at = at(kMonday, 9);
            } else {
                const std::optional<Error> error = error_of(std::move(claim));
                ASSERT_TRUE(error);
                EXPECT_EQ(error->kind, ErrorKind::conflict);
                EXPECT_EQ(error->what.key, "store.node_taken");
            }
            EXPECT_EQ(get(store().user(holder.id)), holder) << had << " against " << shown;
            EXPECT_EQ(get(store().user(taker.id))->node.has_value(), is_taken);
            EXPECT_EQ(get(store().link(holder.id)).has_value(), !is_taken);
            EXPECT_EQ(get(store().statements(holder.id, kMonday, kMonday + kOneDay)).empty(), is_taken);
        }
    }
}

TEST_P(StoreContract, ALinkGoesWhenItsUserGetsAnotherNode) {
    const auto has_all = [this](const std::string& id) {
        return get(store().link(id)) && get(store().watched(id, kMonday)) &&
               get(store().statements(id, kMonday, kMonday + kOneDay)).size() == 1;
    };
    const auto has_nothing = [this](const std::string& id) {
        return !get(store().link(id)) && !get(store().watched(id, kMonday)) &&
               get(store().statements(id, kMonday, kMonday + kOneDay)).empty();
    };
    const auto linked = [this](const User& user) {
        with(user);
        must(store().put_link(a_link(user.id)));
        must(store().keep_statement(a_statement(user.id, kMonday)));
        must(store().add_watched({{user.id, kMonday, {kSecond, kSecond}}}));
    };
    User user = a_reader("user-1", 1);
    linked(user);
    linked(a_reader("user-2", 2));
    user.language = domain::Language::en;
    with(user);
    must(store().set_daily_report("user-1", false, at(kMonday, 9)));
    get(store().claim_node("user-1", node_number(1), NodeProof::signature, at(kMonday, 9)));
    EXPECT_TRUE(has_all("user-1")) << "the same node";
    EXPECT_TRUE(error_of(store().put_user(a_reader("user-1", 2)))) << "another's node";
    EXPECT_TRUE(has_all("user-1")) << "a change that was refused";
    with(a_reader("user-1", 3));
    EXPECT_TRUE(has_nothing("user-1"));
    linked(a_reader("user-1", 3));
    with(a_user("user-1"));
    EXPECT_TRUE(has_nothing("user-1")) << "no node any more";
    linked(a_user("user-1"));
    with(a_reader("user-1", 4));
    EXPECT_TRUE(has_all("user-1")) << "a first node is no other one";
    get(store().claim_node("user-1", node_number(5), NodeProof::signature, at(kMonday, 9)));
    EXPECT_TRUE(has_nothing("user-1"));
    linked(a_user("user-3"));
    get(store().claim_node("user-3", node_number(6), NodeProof::connection, at(kMonday, 9)));
    EXPECT_TRUE(has_all("user-3"));
    EXPECT_TRUE(has_all("user-2")) << "who had no part in it";
}

// What grows old

TEST_P(StoreContract, WhatALinkBroughtGoesAfterNinetyDaysAndTheLinkStays) {
    with(a_user("user-1"));
    must(store().put_link(a_link("user-1")));
    Statement statement = a_statement("user-1", kMonday + 3 * kOneDay);
    statement.read_at = at(kMonday, 6);
    must(store().keep_statement(statement));
    must(store().add_watched(
        {{"user-1", kMonday, {kSecond, kSecond}}, {"user-1", kMonday + kOneDay, {kSecond, kSecond}}}));
    must(store().put_challenge({"user-1", node_number(1), "text", at(kMonday, 6)}));
    const auto told = [&] { return get(store().statements("user-1", kMonday, kMonday + 9 * kOneDay)).size(); };

    get(store().sweep(Time(kMonday + ports::kKept)));
    EXPECT_TRUE(get(store().watched("user-1", kMonday)));
    EXPECT_EQ(get(store().sweep(at(kMonday, 6) + ports::kKept)).others, 1);
    EXPECT_EQ(get(store().watched("user-1", kMonday)), std::nullopt);
    EXPECT_TRUE(get(store().watched("user-1", kMonday + kOneDay)));
    EXPECT_EQ(told(), 1U);
    EXPECT_EQ(get(store().sweep(at(kMonday, 6) + ports::kKept + kSecond)).others, 2);
    EXPECT_EQ(told(), 0U);
    EXPECT_EQ(get(store().take_challenge("user-1")), std::nullopt);
    get(store().sweep(Time(kMonday + 5 * ports::kKept)));
    EXPECT_EQ(get(store().link("user-1")), a_link("user-1"));
}

} // namespace
} // namespace mcp::test
