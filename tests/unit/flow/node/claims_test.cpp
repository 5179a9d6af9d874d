#include "flow/node/claims.hpp"

#include "tests/unit/flow/node/user_world.hpp"

namespace mcp::test {
namespace {

using domain::NodeProof;
using testing::Pair;

class TheNodeClaims : public UserWorld {
protected:
    ports::Challenge challenge(const std::string& id, std::optional<int> node = {}) {
        const auto key = node ? std::optional(node_number(*node)) : std::nullopt;
        return time_.run(claims_.begin(caller(id), key)).value();
    }
    Result<domain::PubKey> verify(const std::string& id, std::string signature) {
        return time_.run(claims_.verify(caller(id), std::move(signature)));
    }
};

TEST_F(TheNodeClaims, GiveATextThatNamesPurposeUserNodeAndEnd) {
    const ports::Challenge given = challenge("alice");
    EXPECT_EQ(given.node, node_number(1));
    EXPECT_EQ(given.expires_at, kTen + std::chrono::minutes{10});
    EXPECT_THAT(given.text, testing::MatchesRegex("mcp-api may report on node 02[0-9a-f]{64} to user alice only\\. "
                                                  "Asked for until 2025-10-27T10:10:00Z, number [0-9a-f]{32}"));
    EXPECT_EQ(challenge("alice", 7).node, node_number(7)) << "another than the profile's";
    EXPECT_NE(challenge("alice").text, challenge("alice").text);
}

TEST_F(TheNodeClaims, WriteNothingThatAShellWouldReadInto) {
    const std::string awkward = "'; rm -rf \"$HOME\" `id` \\ ! é\n<>|&*?~#%";
    const std::string text = flow::challenge_text(awkward, node_number(1), kTen, 1, 2);
    EXPECT_EQ(text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:-%@_"),
              std::string::npos)
        << text;
    EXPECT_NE(text, flow::challenge_text(awkward + " ", node_number(1), kTen, 1, 2)) << "no two users have one";
    EXPECT_NE(flow::challenge_text("%41", node_number(1), kTen, 1, 2),
              flow::challenge_text("A", node_number(1), kTen, 1, 2));
}

TEST_F(TheNodeClaims, NeedANodeAndAProfile) {
    EXPECT_THAT(refusal(time_.run(claims_.begin(caller("carol"), std::nullopt))),
                Pair(ErrorKind::invalid_input, "claim.no_node"));
    EXPECT_THAT(refusal(time_.run(claims_.begin(caller("nobody"), node_number(1)))),
                Pair(ErrorKind::not_found, "account.none"));
    EXPECT_THAT(refusal(verify("nobody", "x")), Pair(ErrorKind::not_found, "account.none"));
    EXPECT_THAT(refusal(verify("alice", "x")), Pair(ErrorKind::not_found, "claim.none"));
}

TEST_F(TheNodeClaims, VerifyWhatTheNodeSigned) {
    const ports::Challenge given = challenge("alice");
    EXPECT_EQ(verify("alice", PlainSignatures::by(node_number(1), given.text)).value(), node_number(1));
    EXPECT_EQ(user("alice").node_proof, NodeProof::signature);
    EXPECT_TRUE(user("alice").daily_report);
}

TEST_F(TheNodeClaims, UseATextUpRightOrWrong) {
    const ports::Challenge given = challenge("alice");
    const std::string right = PlainSignatures::by(node_number(1), given.text);
    ASSERT_TRUE(verify("alice", right));
    EXPECT_THAT(refusal(verify("alice", right)), Pair(ErrorKind::not_found, "claim.none"));
    const ports::Challenge again = challenge("alice");
    EXPECT_FALSE(verify("alice", "nonsense"));
    EXPECT_THAT(refusal(verify("alice", PlainSignatures::by(node_number(1), again.text))),
                Pair(ErrorKind::not_found, "claim.none"));
}

TEST_F(TheNodeClaims, TellWrongSignaturesApart) {
    (void)challenge("alice");
    EXPECT_THAT(refusal(verify("alice", "nonsense")), Pair(ErrorKind::invalid_input, "claim.no_signature"));
    const ports::Challenge by_other = challenge("alice");
    EXPECT_THAT(refusal(verify("alice", PlainSignatures::by(node_number(2), by_other.text))),
                Pair(ErrorKind::forbidden, "claim.other_signer"));
    (void)challenge("alice");
    EXPECT_THAT(refusal(verify("alice", PlainSignatures::by(node_number(1), by_other.text))),
                Pair(ErrorKind::forbidden, "claim.other_signer"))
        << "the text before";
    EXPECT_EQ(user("alice").node_proof, NodeProof::none);
}

TEST_F(TheNodeClaims, AreGoodForTenMinutes) {
    const ports::Challenge given = challenge("alice");
    time_.run_for(std::chrono::minutes{10} - std::chrono::seconds{1});
    EXPECT_TRUE(verify("alice", PlainSignatures::by(node_number(1), given.text)));
    const ports::Challenge late = challenge("alice");
    time_.run_for(std::chrono::minutes{10});
    EXPECT_THAT(refusal(verify("alice", PlainSignatures::by(node_number(1), late.text))),
                Pair(ErrorKind::invalid_input, "claim.expired"));
}

TEST_F(TheNodeClaims, AreGoodForTheirUserOnly) {
    const ports::Challenge alices = challenge("alice");
    (void)challenge("bob", 1);
    EXPECT_THAT(refusal(verify("bob", PlainSignatures::by(node_number(1), alices.text))),
                Pair(ErrorKind::forbidden, "claim.other_signer"));
    const ports::Caller evil{.user_id = "alice", .tenant_id = "evil"};
    EXPECT_THAT(refusal(time_.run(claims_.verify(evil, "x"))), Pair(ErrorKind::not_found, "account.none"));
    EXPECT_TRUE(verify("alice", PlainSignatures::by(node_number(1), alices.text))) << "nobody else used it up";
}

TEST_F(TheNodeClaims, TakeANodeOverFromWhoDidNotSign) {
    for (const NodeProof proof : {NodeProof::none, NodeProof::connection}) {
        EXPECT_TRUE(time_.run(store_.put_user(a_user("carol"))));
        EXPECT_TRUE(time_.run(store_.put_user(a_reader("alice", 1))));
        set_proof("alice", proof);
        EXPECT_TRUE(time_.run(store_.put_link(a_link("alice"))));
        log_.clear();
        const ports::Challenge given = challenge("carol", 1);
        ASSERT_TRUE(verify("carol", PlainSignatures::by(node_number(1), given.text)));
        EXPECT_EQ(user("carol").node, node_number(1));
        EXPECT_EQ(user("carol").node_proof, NodeProof::signature);
        EXPECT_EQ(user("alice").node, std::nullopt);
        EXPECT_FALSE(user("alice").daily_report);
        EXPECT_FALSE(link("alice"));
        EXPECT_EQ(log_.count("taken over"), 1);
        EXPECT_EQ(log_.count("alice") + log_.count("carol") + log_.count(node_number(1).hex()), 0);
    }
}

TEST_F(TheNodeClaims, GiveWayToWhoSignedBefore) {
    set_proof("alice", NodeProof::signature);
    const ports::Challenge given = challenge("carol", 1);
    EXPECT_THAT(refusal(verify("carol", PlainSignatures::by(node_number(1), given.text))),
                Pair(ErrorKind::conflict, "claim.taken"));
    EXPECT_EQ(user("alice").node, node_number(1));
}

TEST_F(TheNodeClaims, DisconnectTheNodeBeforeWhenAnotherIsClaimed) {
    EXPECT_TRUE(time_.run(store_.put_link(a_link("alice"))));
    const ports::Challenge same = challenge("alice");
    ASSERT_TRUE(verify("alice", PlainSignatures::by(node_number(1), same.text)));
    EXPECT_TRUE(link("alice"));
    const ports::Challenge other = challenge("alice", 7);
    ASSERT_TRUE(verify("alice", PlainSignatures::by(node_number(7), other.text)));
    EXPECT_EQ(user("alice").node, node_number(7));
    EXPECT_FALSE(link("alice"));
}

TEST(ASignaturePasted, IsFoundInWhatTheProgramsPrint) {
    EXPECT_EQ(flow::signature_in("d9abc"), "d9abc");
    EXPECT_EQ(flow::signature_in("  d9abc\r\n"), "d9abc");
    EXPECT_EQ(flow::signature_in("{\n    \"signature\": \"d9abc\"\n}\n"), "d9abc") << "lncli";
    EXPECT_EQ(flow::signature_in(R"({"signature": "00ff", "recid": "01", "zbase": "d9abc"})"), "d9abc")
        << "lightning-cli";
    for (const char* other :
         {"", "{", "{}", "{\"signature\": 1}", "{\"zbase\": null}", "[\"d9abc\"]", "{\"a\":\"\xff\"}"}) {
        EXPECT_EQ(flow::signature_in(other), other) << "left to the check of signatures";
    }
}

} // namespace
} // namespace mcp::test
