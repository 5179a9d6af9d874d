#include "flow/node/pushed.hpp"

#include "flow/node/statement.hpp"
#include "flow/outside/failure.hpp"
#include "tests/unit/flow/node/user_world.hpp"

namespace mcp::test {
namespace {

using domain::NodeProof;
using flow::KeptSnapshot;
using flow::PushedSnapshot;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class ThePushedSnapshots : public UserWorld {
protected:
    ThePushedSnapshots() { EXPECT_TRUE(time_.run(store_.put_link(an_agent("alice", 7)))); }

    static std::string key(int number = 7) { return an_agent("", number).agent_key; }
    /// What Alice's node tells just now.
    domain::OwnNode node(int number = 1) {
        domain::OwnNode told;
        told.key = node_number(number);
        told.alias = "mine";
        told.version = "v24.11";
        told.day = std::chrono::floor<std::chrono::days>(time_.now());
        told.read_at = time_.now();
        return told;
    }
    static PushedSnapshot signed_by(const std::string& agent, std::string body, const std::string& user_id = "alice") {
        std::string signature = PlainSignatures::of_agent(agent, "mcp-api snapshot v1 for " + user_id + "\n" + body);
        return {.agent_key = agent, .signature = std::move(signature), .body = std::move(body)};
    }
    Result<KeptSnapshot> take(PushedSnapshot pushed) { return time_.run(pushed_.take(std::move(pushed))); }
    Result<KeptSnapshot> send(const domain::OwnNode& told) {
        return take(signed_by(key(), flow::statement_text(told)));
    }
};

TEST_F(ThePushedSnapshots, AreKeptAsTheUsersStatementOfTheDay) {
    const domain::OwnNode told = node();
    const Result<KeptSnapshot> kept = send(told);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->node, node_number(1));
    EXPECT_EQ(kept->day, kMonday);
    EXPECT_THAT(statements("alice"),
                ElementsAre(ports::Statement{"alice", told.key, kMonday, kTen, flow::statement_text(told)}));
    EXPECT_EQ(link("alice")->read_at, kTen);
    EXPECT_EQ(link("alice")->failure, "");
    EXPECT_EQ(user("alice").node_proof, NodeProof::none) << "any program can say that it is a node";
    EXPECT_THAT(statements("bob"), IsEmpty());
}

TEST_F(ThePushedSnapshots, AreKeptAsWeWriteThemWhateverElseTheBodyHolds) {
    std::string body = flow::statement_text(node());
    body.insert(1, "\"unheard of\": \"of\",  ");
    ASSERT_TRUE(take(signed_by(key(), body)));
    EXPECT_EQ(statements("alice").at(0).text, flow::statement_text(node()));
}

TEST_F(ThePushedSnapshots, OfAnUnknownKeyOrWithAWrongSignatureAreRefusedAllAlike) {
    const std::string body = flow::statement_text(node());
    const PushedSnapshot good = signed_by(key(), body);
    PushedSnapshot other_body = good;
    other_body.body += " ";
    PushedSnapshot other_key = good;
    other_key.agent_key = key(8);
    PushedSnapshot without_prefix = good;
    without_prefix.signature = PlainSignatures::of_agent(key(), body);
    PushedSnapshot cut = good;
    cut.signature.pop_back();
    PushedSnapshot unsigned_one = good;
    unsigned_one.signature.clear();
    PushedSnapshot no_key = good;
    no_key.agent_key.clear();
    PushedSnapshot junk = good;
    junk.agent_key = std::string(64, '\'');
    PushedSnapshot garbage = signed_by(key(8), "garbage");
    for (const PushedSnapshot& bad :
         {other_body, other_key, without_prefix, cut, unsigned_one, no_key, junk, garbage}) {
        const Result<KeptSnapshot> refused = take(bad);
        EXPECT_THAT(refusal(refused), Pair(ErrorKind::unauthenticated, "push.unknown"));
        EXPECT_TRUE(!refused && refused.error().what.args.empty() && refused.error().steps.empty());
    }
    EXPECT_THAT(statements("alice"), IsEmpty());
    EXPECT_EQ(link("alice"), an_agent("alice", 7)) << "nor is anything noted";
    EXPECT_TRUE(take(good));
}

TEST_F(ThePushedSnapshots, AreOnlyForTheUserThatTheAgentSignsFor) {
    const std::string body = flow::statement_text(node());
    EXPECT_THAT(refusal(take(signed_by(key(), body, "bob"))), Pair(ErrorKind::unauthenticated, "push.unknown"));
    EXPECT_THAT(refusal(take(signed_by(key(), body, "alice\n"))), Pair(ErrorKind::unauthenticated, "push.unknown"));
    PushedSnapshot as_before = signed_by(key(), body);
    as_before.signature = PlainSignatures::of_agent(key(), "mcp-api snapshot v1\n" + body);
    EXPECT_THAT(refusal(take(as_before)), Pair(ErrorKind::unauthenticated, "push.unknown"));
    // Bob registers the key of Alice's agent, which he saw, before she does.
    ASSERT_TRUE(time_.run(store_.remove_link("alice")));
    ASSERT_TRUE(time_.run(store_.put_link(an_agent("bob", 7))));
    EXPECT_THAT(refusal(take(signed_by(key(), body))), Pair(ErrorKind::unauthenticated, "push.unknown"));
    EXPECT_THAT(statements("bob"), IsEmpty());
    EXPECT_EQ(link("bob"), an_agent("bob", 7));
}

TEST_F(ThePushedSnapshots, MayWriteKeyAndSignatureInLargeLetters) {
    ASSERT_TRUE(time_.run(store_.put_link(an_agent("alice", 0xabcdef))));
    PushedSnapshot pushed = signed_by(key(0xabcdef), flow::statement_text(node()));
    for (std::string* text : {&pushed.agent_key, &pushed.signature}) {
        for (char& letter : *text) {
            letter = letter >= 'a' && letter <= 'f' ? static_cast<char>(letter & ~0x20) : letter;
        }
    }
    EXPECT_TRUE(take(pushed));
}

TEST_F(ThePushedSnapshots, AreTakenInBeforeTheirBodyOnlyFromKnownAgents) {
    EXPECT_TRUE(time_.run(pushed_.let_in(key())));
    time_.run_for(std::chrono::seconds{20});
    for (const std::string& stranger : {key(8), std::string(), std::string(64, 'z'), key() + "0"}) {
        EXPECT_THAT(refusal(time_.run(pushed_.let_in(stranger))), Pair(ErrorKind::unauthenticated, "push.unknown"));
    }
    store_.fault = Error{ErrorKind::unavailable, {"store.full", {}}};
    EXPECT_EQ(time_.run(pushed_.let_in(key())).error().kind, ErrorKind::unavailable);
}

TEST_F(ThePushedSnapshots, OfOneAgentAreLetInOneAtATimeAndOneInTwentySeconds) {
    ASSERT_TRUE(time_.run(store_.put_link(an_agent("bob", 8))));
    const auto seconds_of = [](const Result<flow::PushPace::Turn>& turn) {
        return turn ? std::int64_t{0} : std::get<std::int64_t>(turn.error().what.args.at(0).value);
    };
    Result<flow::PushPace::Turn> turn = time_.run(pushed_.let_in(key(7)));
    ASSERT_TRUE(turn);
    EXPECT_TRUE(time_.run(pushed_.let_in(key(8)))) << "another agent's turn is its own";
    time_.run_for(std::chrono::seconds{5});
    const Result<flow::PushPace::Turn> early = time_.run(pushed_.let_in(key(7)));
    EXPECT_THAT(refusal(early), Pair(ErrorKind::rate_limited, "push.too_often"));
    EXPECT_EQ(seconds_of(early), 15);
    time_.run_for(std::chrono::seconds{15});
    EXPECT_EQ(seconds_of(time_.run(pushed_.let_in(key(7)))), 1) << "the first one is still on its way";
    turn->reset();
    EXPECT_TRUE(time_.run(pushed_.let_in(key(7))));
    EXPECT_EQ(seconds_of(time_.run(pushed_.let_in(key(7)))), 20) << "also after one that ended at once";
}

TEST_F(ThePushedSnapshots, ThatAreNoStatementsAreRefusedWithThePath) {
    const std::string whole = flow::statement_text(node());
    for (std::string body : {std::string(), std::string("[]"), std::string("{\"statement\": 99}"), whole.substr(0, 40),
                             std::string(2000, '[')}) {
        const Result<KeptSnapshot> refused = take(signed_by(key(), std::move(body)));
        ASSERT_FALSE(refused);
        EXPECT_NE(refused.error().kind, ErrorKind::internal);
        EXPECT_NE(refused.error().kind, ErrorKind::unauthenticated);
    }
    EXPECT_THAT(statements("alice"), IsEmpty());
}

TEST_F(ThePushedSnapshots, AreOfTodayAndJustRead) {
    for (const int days : {-1, 1}) {
        domain::OwnNode other = node();
        other.day += std::chrono::days{days};
        EXPECT_THAT(refusal(send(other)), Pair(ErrorKind::invalid_input, "push.wrong_day"));
    }
    domain::OwnNode old = node();
    old.read_at -= std::chrono::minutes{15} + std::chrono::seconds{1};
    EXPECT_THAT(refusal(send(old)), Pair(ErrorKind::invalid_input, "push.too_late"));
    domain::OwnNode ahead = node();
    ahead.read_at += std::chrono::minutes{2} + std::chrono::seconds{1};
    EXPECT_THAT(refusal(send(ahead)), Pair(ErrorKind::invalid_input, "push.too_early"));
    EXPECT_THAT(statements("alice"), IsEmpty());
    EXPECT_EQ(link("alice"), an_agent("alice", 7)) << "who sends an old one again changes nothing";
    domain::OwnNode just = node();
    just.read_at -= std::chrono::minutes{15};
    EXPECT_TRUE(send(just));
    just.read_at = time_.now() + std::chrono::minutes{2};
    EXPECT_TRUE(send(just));
}

TEST_F(ThePushedSnapshots, AreNotTakenTwiceNorAfterANewerOne) {
    const domain::OwnNode first = node();
    ASSERT_TRUE(send(first));
    time_.run_for(std::chrono::minutes{1});
    EXPECT_THAT(refusal(send(first)), Pair(ErrorKind::conflict, "store.statement_old"));
    EXPECT_EQ(link("alice")->failure, "") << "a replay is no fault of the agent's";
    EXPECT_EQ(link("alice")->tried_at, kTen);
    ASSERT_TRUE(send(node()));
    domain::OwnNode between = node();
    between.read_at -= std::chrono::seconds{30};
    EXPECT_THAT(refusal(send(between)), Pair(ErrorKind::conflict, "store.statement_old"));
}

TEST_F(ThePushedSnapshots, OfAnotherNodeAreRefusedAndTheUserSeesIt) {
    EXPECT_THAT(refusal(send(node(2))), Pair(ErrorKind::forbidden, "link.other_node"));
    EXPECT_THAT(statements("alice"), IsEmpty());
    EXPECT_EQ(flow::failure_error(link("alice")->failure).what.key, "link.other_node");
    EXPECT_EQ(user("bob").node, node_number(2));
    ASSERT_TRUE(send(node()));
    EXPECT_EQ(link("alice")->failure, "");
}

TEST_F(ThePushedSnapshots, GiveNobodyANode) {
    ASSERT_TRUE(time_.run(store_.put_link(an_agent("carol", 8))));
    for (const int number : {1, 5}) { // Alice's, and one that nobody has
        EXPECT_THAT(refusal(take(signed_by(key(8), flow::statement_text(node(number)), "carol"))),
                    Pair(ErrorKind::conflict, "push.no_node"));
    }
    EXPECT_EQ(user("carol").node, std::nullopt);
    EXPECT_EQ(user("alice"), a_reader("alice", 1));
    EXPECT_EQ(flow::failure_error(link("carol")->failure).what.key, "push.no_node") << "its user should see it";
    EXPECT_THAT(statements("carol"), IsEmpty());
    EXPECT_TRUE(time_.run(store_.put_user(a_reader("carol", 5))));
    EXPECT_TRUE(take(signed_by(key(8), flow::statement_text(node(5)), "carol"))) << "its user named it";
    EXPECT_EQ(user("carol").node_proof, NodeProof::none);
}

} // namespace
} // namespace mcp::test
