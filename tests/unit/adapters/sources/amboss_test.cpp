#include "adapters/sources/amboss_answers.hpp"
#include "adapters/sources/amboss_queries.hpp"
#include "adapters/sources/amboss_source.hpp"
#include "base/json/document.hpp"
#include "tests/support/fake_http.hpp"
#include "tests/support/graph_json.hpp"
#include "tests/support/outside_text.hpp"
#include "tests/support/task_runner.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

using test::error_text;
using test::key_hex;
using test::outside_text;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr Time kAsked{std::chrono::seconds{1'789'300'000}}; // 2026-09-13T11:46:40Z

constexpr std::string_view kNetwork =
    R"({"historical_snapshots":{"id":"a","nodes":{"total":57490,"active":13733},"channels":{"channel_metrics":)"
    R"({"count":"36216","sum":"372231912498","mean":"10278106.706925116","median":"2000000","max":"1000000000"},)"
    R"("fee_rate_metrics":{"mean":"2770562.890524079","median":"50"}}}})";

std::string closed_row(std::string_view members = "") {
    return fmt::format(R"({{"short_channel_id":"831726x2879x0","capacity":"500000","node1_pub":"{}","node2_pub":"{}",)"
                       R"("node2_info":{{"node":{{"alias":"seven","pub_key":"{}"}}}},"closure_info":{{"closed_date":)"
                       R"("2026-09-01T10:00:00.000Z","closed_height":912345,"closure_type":"FORCED"}}{}}})",
                       key_hex(1), key_hex(7), key_hex(7), members);
}

/// A node's part of an answer; each argument is JSON text.
std::string node_part(std::uint32_t number, std::string_view closed = "", std::string_view info = "") {
    return fmt::format(R"({{"graph_info":{{"last_update":"2026-09-13T10:54:27.395Z","node":{{"alias":"node {}",)"
                       R"("pub_key":"{}"}},"metrics":{{"capacity":"37995101470","channels":572,"capacity_rank":1.0,)"
                       R"("channels_rank":"6"}},"closed_channels":{{"total_count":25,"list":[{}]}}{}}}}})",
                       number, key_hex(number), closed, info);
}

std::string told_of(std::uint32_t number) {
    return fmt::format("node amboss 'node {}' 2026-09-13T10:54:27Z since - capacity 37995101470 channels 572 closed 25 "
                       "ranks 1 6\n",
                       number);
}

std::string unknown_part() {
    return R"({"graph_info":{"last_update":null,"node":null,"metrics":null,"closed_channels":null}})";
}

std::string error(std::string_view message, std::string_view path = "", std::string_view code = "") {
    return fmt::format(R"({{"message":"{}"{}{}}})", message, path.empty() ? "" : fmt::format(R"(,"path":{})", path),
                       code.empty() ? "" : fmt::format(R"(,"extensions":{{"code":"{}"}})", code));
}

class Amboss : public testing::Test {
protected:
    static const ports::Question& question(std::string_view name) {
        for (const ports::Question& one : amboss_questions()) {
            if (one.name == name) {
                return one;
            }
        }
        throw std::logic_error("no such question");
    }
    std::string told(std::string_view name, std::string_view answer) {
        domain::Outside outside;
        const Result<void> read = source_.read(question(name), answer, kAsked, outside);
        if (!read) {
            EXPECT_EQ(read.error().kind, ErrorKind::bad_upstream);
            EXPECT_EQ(outside_text(outside), "") << "a refused answer must add nothing";
            return "? " + error_text(read.error());
        }
        return outside_text(outside);
    }
    static std::vector<domain::PubKey> nodes(const std::vector<std::uint32_t>& numbers) {
        std::vector<domain::PubKey> keys;
        for (const std::uint32_t number : numbers) {
            keys.push_back(domain::PubKey::parse(key_hex(number)).value());
        }
        return keys;
    }
    auto ask(const std::vector<std::uint32_t>& numbers) {
        return runner_.run(source_.ask(question(numbers.empty() ? "network" : "node"), nodes(numbers)));
    }
    /// One word for each answer: what a report hears of it, or the error.
    std::vector<std::string> heard(const std::vector<std::uint32_t>& numbers) {
        auto answers = ask(numbers);
        if (!answers) {
            return {"! " + error_text(answers.error())};
        }
        std::vector<std::string> words;
        for (const Result<std::string>& answer : *answers) {
            words.push_back(answer ? told("node", *answer) : "- " + error_text(answer.error()));
        }
        return words;
    }
    [[nodiscard]] std::vector<std::string> asked_keys(std::size_t request) const {
        const auto document = json::Document::parse(http_.requests().at(request).body).value();
        std::vector<std::string> keys;
        for (const std::string& name : document.root().at("variables").names()) {
            keys.emplace_back(document.root().at("variables").at(name).as_string().value());
        }
        return keys;
    }

    test::FakeHttp http_;
    AmbossSource source_{http_, "https://amboss.example/graphql", "key-0123456789"};
    test::TaskRunner runner_;
};

TEST_F(Amboss, ReadsTheNetworkWhoseNumbersAreTexts) {
    EXPECT_EQ(told("network", kNetwork),
              "network amboss - channels 36216 nodes 13733 capacity 372231912498 median 2000000 rate 50\n");
    EXPECT_EQ(told("network", R"({"historical_snapshots":{"nodes":null,"channels":{"channel_metrics":{"count":7.0,)"
                              R"("sum":"5","median":"2000000.5"},"fee_rate_metrics":{"median":"Infinity"}}}})"),
              "network amboss - channels 7 nodes - capacity 5 median 2000001 rate -\n");
    for (const char* wrong : {R"({"nodes":7})", R"({"nodes":{"active":"many"}})", R"({"nodes":{"active":-1}})",
                              R"({"channels":[]})", R"({"channels":{"channel_metrics":{"sum":"2100000000000001"}}})",
                              R"({"channels":{"fee_rate_metrics":{"median":"-1"}}})",
                              R"({"channels":{"channel_metrics":{"count":"1e400"}}})"}) {
        EXPECT_THAT(told("network", fmt::format(R"({{"historical_snapshots":{}}})", wrong)), HasSubstr("? amboss"))
            << wrong;
    }
    EXPECT_THAT(told("network", R"({"historical_snapshots":null})"), HasSubstr("not what the source promises"));
}

TEST_F(Amboss, ReadsANodeWithItsRanks) {
    EXPECT_EQ(told("node", node_part(1)), told_of(1) + "closings told by amboss\n");
    EXPECT_EQ(told("node", unknown_part()), "");
    EXPECT_THAT(told("node", R"({"graph_info":null})"), HasSubstr("not what the source promises"));
    EXPECT_EQ(told("node", R"({"graph_info":{"metrics":{"capacity":"NaN","capacity_rank":0,"channels":null}}})"),
              "node amboss '' - since - capacity - channels - closed - ranks - -\n");
}

TEST_F(Amboss, ReadsTheFeeRatesOfANodeAndOfItsPeers) {
    const auto heard_of = [&](std::string_view channels) {
        return told("node", node_part(1, "", fmt::format(R"(,"channels":{})", channels)));
    };
    EXPECT_EQ(heard_of(R"({"fee_info":{"local":{"median":"250","weighted":"310.25"},)"
                       R"("remote":{"median":"99.5","weighted":"2770562.890524079"}}})"),
              told_of(1) +
                  "fee rates amboss out 250 in 99.5 weighted 310.25 2770562.890524079\nclosings told by amboss\n");
    EXPECT_EQ(heard_of(R"({"fee_info":{"local":{"median":0,"weighted":"NaN"},"remote":{"median":null}}})"),
              told_of(1) + "fee rates amboss out 0 in - weighted - -\nclosings told by amboss\n");
    for (const char* nothing : {"null", "{}", R"({"fee_info":null})", R"({"fee_info":{"local":null,"remote":{}}})"}) {
        EXPECT_EQ(heard_of(nothing), told_of(1) + "closings told by amboss\n") << nothing;
    }
}

TEST_F(Amboss, ReadsClosedChannelsAndFindsThePeerByItsKey) {
    const std::string by_number =
        closed_row(R"(,"short_channel_id":"1099511693314","closure_info":{"closed_date":"yesterday",)"
                   R"("closed_height":0,"closure_type":null})");
    const std::string from_other_end = closed_row(
        fmt::format(R"(,"node1_pub":"{}","node2_pub":"{}","node2_info":{{"node":{{"alias":"self","pub_key":"{}"}}}},)"
                    R"("closure_info":{{"closed_date":"2026-09-02T10:00:00Z","closed_height":"912346",)"
                    R"("closure_type":"MUTUAL"}})",
                    key_hex(8), key_hex(1), key_hex(1)));
    const std::string foreign = closed_row(
        fmt::format(R"(,"node1_pub":"{}","closure_info":null,"node2_info":null,"capacity":null)", key_hex(9)));
    EXPECT_EQ(told("node", node_part(1, closed_row() + "," + by_number + "," + from_other_end + "," + foreign)),
              told_of(1) +
                  "closed amboss 831726x2879x0 500000 2026-09-02T10:00:00Z height 912346 mutual peer 02000000 ''\n"
                  "closed amboss 831726x2879x0 500000 2026-09-01T10:00:00Z height 912345 force peer 02000000 'seven'\n"
                  "closed amboss 1x1x2 500000 - height - unknown peer 02000000 'seven'\n"
                  "closed amboss 831726x2879x0 - - height - unknown peer - ''\n"
                  "closings told by amboss\n");
}

TEST_F(Amboss, TellsEachReasonOfAClosure) {
    for (const auto& [type, reason] :
         {std::pair("PENALTY", "penalty"), std::pair("UNKNOWN", "unknown"), std::pair("NEW_KIND", "unknown")}) {
        const std::string row = closed_row(fmt::format(R"(,"closure_info":{{"closure_type":"{}"}})", type));
        EXPECT_THAT(told("node", node_part(1, row)), HasSubstr(fmt::format(" {} peer", reason)));
    }
}

TEST_F(Amboss, RefusesANodeBeyondBelief) {
    for (const char* wrong :
         {R"(,"metrics":{"capacity":"-1"})",
          R"(,"metrics":{"capacity":"21e14x"})",
          R"(,"metrics":{"channels":1e9})",
          R"(,"metrics":{"capacity_rank":-1})",
          R"(,"metrics":{"capacity_rank":1.5})",
          R"(,"metrics":[])",
          R"(,"node":{"pub_key":"02"})",
          R"(,"node":7)",
          R"(,"last_update":5)",
          R"(,"closed_channels":{"list":{}})",
          R"(,"closed_channels":{"total_count":-2})",
          R"(,"closed_channels":7)",
          R"(,"closed_channels":{"list":[{"short_channel_id":"1x1"}]})",
          R"(,"closed_channels":{"list":[7]})",
          R"(,"closed_channels":{"list":[{"short_channel_id":"1x1x1","closure_info":{"closed_height":16777216}}]})",
          R"(,"closed_channels":{"list":[{"short_channel_id":"1x1x1","node2_info":{"node":4}}]})",
          R"(,"channels":7)",
          R"(,"channels":{"fee_info":[]})",
          R"(,"channels":{"fee_info":{"local":"5"}})",
          R"(,"channels":{"fee_info":{"local":{"median":"-1"}}})",
          R"(,"channels":{"fee_info":{"local":{"weighted":"4294967296"}}})",
          R"(,"channels":{"fee_info":{"remote":{"median":"1e400"}}})",
          R"(,"channels":{"fee_info":{"remote":{"median":"many"}}})",
          R"(,"channels":{"fee_info":{"remote":{"weighted":{}}}})"}) {
        EXPECT_THAT(told("node", node_part(1, "", wrong)), HasSubstr("? amboss, question 'node': graph_info."))
            << wrong;
    }
}

TEST_F(Amboss, AsksForFiftyNodesInOneRequest) {
    std::vector<std::uint32_t> numbers;
    std::string data;
    std::vector<std::string> expected;
    for (std::uint32_t i = 0; i < 50; ++i) {
        numbers.push_back(i + 1);
        data += fmt::format(R"({}"n{}":{})", i == 0 ? "" : ",", i, node_part(i + 1));
        expected.push_back(told_of(i + 1) + "closings told by amboss\n");
    }
    http_.will_answer(200, "{\"data\":{" + data + "}}");
    EXPECT_EQ(heard(numbers), expected);
    ASSERT_EQ(http_.requests().size(), 1u);
    const ports::HttpRequest& request = http_.requests().front();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.url, "https://amboss.example/graphql");
    EXPECT_THAT(request.headers,
                testing::UnorderedElementsAre(testing::Pair("accept", "application/json"),
                                              testing::Pair("content-type", "application/json"),
                                              testing::Pair("authorization", "Bearer key-0123456789")));
    EXPECT_EQ(asked_keys(0).size(), 50u);
    EXPECT_LT(request.body.size(), 10'000u);
}

TEST_F(Amboss, AsksWithoutAKeyWhereThereIsNone) {
    AmbossSource source(http_, "https://amboss.example/graphql", "");
    http_.will_answer(200, R"({"data":{"getNetworkMetrics":)" + std::string(kNetwork) + "}}");
    const auto answers = runner_.run(source.ask(question("network"), {}));
    ASSERT_TRUE(answers);
    EXPECT_THAT(told("network", answers->front().value()), HasSubstr("network amboss - channels 36216"));
    EXPECT_EQ(http_.requests().front().headers.size(), 2u);
}

TEST_F(Amboss, LetsOneNodesErrorBeItsOwn) {
    http_.will_answer(200, fmt::format(R"({{"errors":[{}],"data":{{"n0":{},"n1":null,"n2":{}}}}})",
                                       error("Node is odd", R"(["n1","graph_info"])"), node_part(1), unknown_part()));
    EXPECT_THAT(heard({1, 2, 3}),
                ElementsAre(told_of(1) + "closings told by amboss\n",
                            "- amboss, question 'node': the source answered with an error: 'Node is odd'", ""));
}

TEST_F(Amboss, TellsThatANodeIsNotFound) {
    http_.will_answer(200, fmt::format(R"({{"errors":[{}],"data":{{"n0":null,"n1":{}}}}})",
                                       error("Node not found", R"(["n0"])"), unknown_part()));
    const auto answers = ask({1, 2});
    ASSERT_TRUE(answers);
    EXPECT_EQ(answers->front().error().kind, ErrorKind::not_found);
}

TEST_F(Amboss, LetsWrongBytesOfOneAliasCostNothingElse) {
    const std::string odd = node_part(1, "",
                                      R"(,"node":{"alias":")"
                                      "\xff"
                                      R"("})");
    http_.will_answer(200, fmt::format(R"({{"data":{{"n0":{},"n1":{}}}}})", odd, node_part(2)));
    EXPECT_THAT(heard({1, 2}), ElementsAre(HasSubstr("node amboss '\uFFFD'"), HasSubstr("node amboss 'node 2'")));
}

TEST_F(Amboss, DoesNotTakeHalfAnAnswerForAWholeOne) {
    // null, because that part failed: not "Amboss does not know it".
    http_.will_answer(200, fmt::format(R"({{"errors":[{}],"data":{{"n0":{}}}}})",
                                       error("Timeout", R"(["n0","graph_info","metrics"])"), unknown_part()));
    EXPECT_THAT(heard({1}), ElementsAre(HasSubstr("'Timeout'")));
}

TEST_F(Amboss, AsksAgainForNodesWhoseAnswerAnotherSpoilt) {
    http_.will_answer(200, fmt::format(R"({{"errors":[{}],"data":null}})", error("Bad node", R"(["n1"])")));
    http_.will_answer(200, fmt::format(R"({{"data":{{"n0":{},"n1":{}}}}})", node_part(1), node_part(3)));
    EXPECT_THAT(heard({1, 2, 3}),
                ElementsAre(told_of(1) + "closings told by amboss\n", HasSubstr("- amboss, question 'node'"),
                            told_of(3) + "closings told by amboss\n"));
    EXPECT_THAT(asked_keys(1), ElementsAre(key_hex(1), key_hex(3)));
}

TEST_F(Amboss, AsksAgainTwiceAtMost) {
    for (int request = 0; request < 3; ++request) {
        http_.will_answer(200, fmt::format(R"({{"errors":[{}],"data":null}})", error("Bad node", R"(["n0"])")));
    }
    EXPECT_THAT(heard({1, 2, 3, 4}), ElementsAre(HasSubstr("Bad node"), HasSubstr("Bad node"), HasSubstr("Bad node"),
                                                 HasSubstr("other nodes of the same request spoilt")));
    EXPECT_EQ(http_.requests().size(), 3u);
}

TEST_F(Amboss, TellsThoseThatWaitWhyTheSecondRequestFailed) {
    http_.will_answer(200, fmt::format(R"({{"errors":[{}],"data":null}})", error("Bad node", R"(["n0"])")));
    http_.will_answer(429, "");
    EXPECT_THAT(heard({1, 2}), ElementsAre(HasSubstr("Bad node"), HasSubstr("too often")));
}

TEST_F(Amboss, FailsAsAWholeWhenNothingIsTold) {
    struct Failure {
        std::string body;
        ErrorKind kind;
    };
    for (const Failure& failure : {
             Failure{fmt::format(R"({{"errors":[{}]}})", error("Too many requests, slow down")),
                     ErrorKind::rate_limited},
             Failure{fmt::format(R"({{"errors":[{}],"data":null}})", error("Slow down", "", "RATE_LIMITED")),
                     ErrorKind::rate_limited},
             Failure{fmt::format(R"({{"errors":[{}],"data":null}})", error("Rate limit exceeded", R"(["n0"])")),
                     ErrorKind::rate_limited},
             Failure{fmt::format(R"({{"errors":[{}]}})", error("Invalid API key")), ErrorKind::unauthenticated},
             Failure{fmt::format(R"({{"errors":[{}]}})", error("no", "", "UNAUTHENTICATED")),
                     ErrorKind::unauthenticated},
             Failure{fmt::format(R"({{"errors":[{}]}})", error("Cannot query field")), ErrorKind::unavailable},
             Failure{R"({"errors":[7],"data":null})", ErrorKind::unavailable},
             Failure{R"({"errors":[],"data":null})", ErrorKind::bad_upstream},
             Failure{R"({"data":{}})", ErrorKind::bad_upstream},
             Failure{R"({"data":[]})", ErrorKind::bad_upstream},
             Failure{R"({"data":{"n7":{}}})", ErrorKind::bad_upstream},
             Failure{"[]", ErrorKind::bad_upstream},
             Failure{"null", ErrorKind::bad_upstream},
             Failure{"", ErrorKind::bad_upstream},
             Failure{"<html>502</html>", ErrorKind::bad_upstream},
             Failure{R"({"data":{"n0":{"graph_in)", ErrorKind::bad_upstream},
         }) {
        http_.will_answer(200, failure.body);
        const auto answers = ask({1, 2});
        ASSERT_FALSE(answers) << failure.body;
        EXPECT_EQ(answers.error().kind, failure.kind) << failure.body;
        EXPECT_THAT(error_text(answers.error()), HasSubstr("amboss, question 'node': "));
    }
}

TEST_F(Amboss, TellsEachFailureOfARequestApart) {
    struct Failure {
        int status;
        ErrorKind kind;
    };
    for (const Failure& failure : {Failure{429, ErrorKind::rate_limited}, Failure{401, ErrorKind::unauthenticated},
                                   Failure{500, ErrorKind::unavailable}, Failure{502, ErrorKind::unavailable},
                                   Failure{301, ErrorKind::bad_upstream}, Failure{404, ErrorKind::bad_upstream}}) {
        http_.will_answer(failure.status, "<html></html>");
        http_.will_answer(failure.status, "<html></html>");
        EXPECT_EQ(ask({1}).error().kind, failure.kind) << failure.status;
        EXPECT_EQ(ask({}).error().kind, failure.kind) << failure.status;
    }
    http_.will_answer(400, fmt::format(R"({{"errors":[{}]}})", error("Query is too complex")));
    EXPECT_THAT(heard({1}), ElementsAre(HasSubstr("'Query is too complex'")));
    http_.will_fail(ErrorKind::timeout, {"provider.spoilt", {}});
    EXPECT_EQ(ask({1}).error().kind, ErrorKind::timeout);
}

TEST_F(Amboss, DoesNotHandOutAnswersThatCannotBeRead) {
    http_.will_answer(200, fmt::format(R"({{"data":{{"n0":{},"n1":{},"n2":{}}}}})", node_part(2),
                                       node_part(2, "", R"(,"metrics":{"capacity":"-5"})"), node_part(3)));
    EXPECT_THAT(heard({1, 2, 3}), ElementsAre(HasSubstr("another node"), HasSubstr("metrics.capacity is \"-5\""),
                                              told_of(3) + "closings told by amboss\n"));
    http_.will_answer(200, R"({"data":{"getNetworkMetrics":{"historical_snapshots":7}}})");
    const auto answers = ask({});
    ASSERT_TRUE(answers);
    EXPECT_EQ(answers->front().error().kind, ErrorKind::bad_upstream);
}

TEST_F(Amboss, ShowsNeitherTheKeyNorWhatWouldHarmAReader) {
    http_.will_answer(200, R"({"errors":[{"message":"bad key-0123456789 given"}]})");
    EXPECT_THAT(heard({1}), ElementsAre("! amboss, question 'node': the source answered with an error: '...'"));
    http_.will_answer(200, R"({"errors":[{"message":"line\nbreak \u202e )" + std::string(1000, 'x') + R"("}]})");
    const std::string shown = heard({1}).front();
    EXPECT_THAT(shown, HasSubstr("'linebreak  xxx"));
    EXPECT_LT(shown.size(), 300u);
    http_.will_answer(200, fmt::format(R"({{"errors":[{}],"data":{{"n0":null,"n1":{}}}}})",
                                       error("key-0123", R"(["n0"])"), unknown_part()));
    EXPECT_THAT(heard({1, 2}), ElementsAre(HasSubstr("'...'"), ""));
}

TEST_F(Amboss, IsNotAskedWrongly) {
    const auto ask_with = [&](std::string_view name, std::vector<domain::PubKey> keys) {
        static_cast<void>(runner_.run(source_.ask(question(name), std::move(keys))));
    };
    EXPECT_THROW(ask_with("node", {}), std::logic_error);
    EXPECT_THROW(ask_with("network", nodes({1})), std::logic_error);
    EXPECT_THROW(ask_with("node", std::vector<domain::PubKey>(51)), std::logic_error);
}

} // namespace
} // namespace mcp::adapters
