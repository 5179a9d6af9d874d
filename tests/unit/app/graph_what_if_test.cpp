#include "app/commands/graph_what_if.hpp"

#include "tests/support/graph_json.hpp"

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace mcp::app {
namespace {

using language::Language;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class NoClock final : public Clock {
public:
    [[nodiscard]] Time now() const override { return Time{}; }
};

std::string policy(int rate_ppm) {
    return fmt::format(
        R"({{"fee_base_msat":"0","fee_rate_milli_msat":"{}","min_htlc":"1000","last_update":1700000000}})", rate_ppm);
}

/// 1 - 2 - 3 - 4 in a row, every fee 200 ppm, and 5 whose only channel nobody announced a policy for.
std::string row_of_four() {
    std::vector<test::EdgeJson> edges;
    for (std::uint32_t node = 1; node <= 3; ++node) {
        edges.push_back({.id = fmt::format("\"{}\"", node),
                         .node1 = node,
                         .node2 = node + 1,
                         .node1_policy = policy(200),
                         .node2_policy = policy(200)});
    }
    edges.push_back({.id = "\"9\"", .node1 = 4, .node2 = 5});
    return test::graph_json(edges);
}

class GraphWhatIf : public testing::Test {
protected:
    void SetUp() override { std::ofstream(file_) << row_of_four(); }
    void TearDown() override { std::filesystem::remove(file_); }

    /// A call about node 2 ("two").
    GraphWhatIfOptions call(const std::string& peer = "") const {
        return {.graph_file = file_, .node = "two", .peer = peer};
    }

    boost::json::value answer(GraphWhatIfOptions options) {
        options.format = "json";
        out_.str("");
        EXPECT_EQ(graph_what_if(options, io_), ExitStatus::kDone) << err_.str();
        return boost::json::parse(out_.str());
    }

    std::string file_ = testing::TempDir() + "mcp_what_if.json";
    std::ostringstream out_;
    std::ostringstream err_;
    NoClock clock_;
    Io io_{.out = out_, .err = err_, .clock = clock_};
};

TEST_F(GraphWhatIf, RanksEveryPeerThatCanForwardByItsExactGain) {
    GraphWhatIfOptions end_of_the_row = call();
    end_of_the_row.node = "one";
    const boost::json::value found = answer(end_of_the_row);
    EXPECT_EQ(found.at("candidates").as_int64(), 3); // not 5: no usable direction
    EXPECT_EQ(found.at("betweenness_today").to_number<double>(), 0);
    const boost::json::object& best = found.at("openings").at(0).as_object();
    EXPECT_EQ(best.at("pubkey").as_string().c_str(), test::key_hex(4));
    EXPECT_EQ(best.at("gain").to_number<double>(), 1); // 2 with 4, both ways, shared with 3
    EXPECT_FALSE(best.at("is_peer_already").as_bool());
}

TEST_F(GraphWhatIf, RepeatsWhatItAssumed) {
    const boost::json::object assumed = answer(call()).at("assumptions").as_object();
    EXPECT_EQ(assumed.at("amount_sats").as_int64(), 500'000);
    EXPECT_EQ(assumed.at("capacity_sats").as_int64(), 5'000'000);
    EXPECT_EQ(assumed.at("max_htlc_sats").as_int64(), 5'000'000);
    EXPECT_EQ(assumed.at("base_fee_msat").as_int64(), 0);
    EXPECT_EQ(assumed.at("own_fee_ppm").as_int64(), 200);
    EXPECT_EQ(assumed.at("own_fee_basis").as_string(), "median");
}

TEST_F(GraphWhatIf, AsksAboutOnePeerAndAFeeOfOnesOwn) {
    GraphWhatIfOptions options = call(test::key_hex(5));
    options.fee_ppm = 7;
    const boost::json::value found = answer(options);
    EXPECT_EQ(found.at("assumptions").at("own_fee_ppm").as_int64(), 7);
    EXPECT_EQ(found.at("assumptions").at("own_fee_basis").as_string(), "given");
    const boost::json::object& only = found.at("openings").at(0).as_object();
    EXPECT_EQ(only.at("gain").to_number<double>(), 6); // 5 to and from 1, 3 and 4
    EXPECT_EQ(only.at("betweenness").to_number<double>(), 10);
    EXPECT_EQ(only.at("peer_fee_ppm").as_int64(), 100);
    EXPECT_EQ(only.at("peer_fee_basis").as_string(), "assumed");
}

TEST_F(GraphWhatIf, MarksPeersAndAssumedFeesForPeople) {
    ASSERT_EQ(graph_what_if(call(test::key_hex(5)), io_), ExitStatus::kDone);
    EXPECT_THAT(out_.str(), HasSubstr("* assumed"));
    EXPECT_THAT(out_.str(), Not(HasSubstr("+ a peer already")));
    out_.str("");
    ASSERT_EQ(graph_what_if(call("one"), io_), ExitStatus::kDone);
    EXPECT_THAT(out_.str(), HasSubstr("+ a peer already"));
    EXPECT_THAT(out_.str(), Not(HasSubstr("* assumed")));
    EXPECT_THAT(err_.str(), IsEmpty());
}

TEST_F(GraphWhatIf, SpeaksFrench) {
    io_.language = Language::fr;
    ASSERT_EQ(graph_what_if(call(), io_), ExitStatus::kDone);
    EXPECT_THAT(out_.str(), HasSubstr("ouvrait un canal\u00A0?"));
    EXPECT_THAT(out_.str(), HasSubstr("Intermédiarité actuelle"));
}

TEST_F(GraphWhatIf, ShowsNoMoreThanAskedFor) {
    GraphWhatIfOptions options = call();
    options.top = 1;
    const boost::json::value found = answer(options);
    EXPECT_EQ(found.at("openings").as_array().size(), 1u);
    EXPECT_EQ(found.at("candidates").as_int64(), 3);
}

TEST_F(GraphWhatIf, RefusesACallThatMakesNoSense) {
    GraphWhatIfOptions without_node = call();
    without_node.node = "";
    EXPECT_EQ(graph_what_if(without_node, io_), ExitStatus::kCallWrong);
    EXPECT_EQ(graph_what_if(call("two"), io_), ExitStatus::kCallWrong);
    EXPECT_THAT(err_.str(), HasSubstr("a node opens no channel to itself"));
    GraphWhatIfOptions nothing_paid = call();
    nothing_paid.amount_sats = 0;
    EXPECT_EQ(graph_what_if(nothing_paid, io_), ExitStatus::kCallWrong);
    EXPECT_THAT(err_.str(), HasSubstr("--amount takes a whole number from 1 to"));
    GraphWhatIfOptions as_csv = call();
    as_csv.format = "csv";
    EXPECT_EQ(graph_what_if(as_csv, io_), ExitStatus::kCallWrong);
    EXPECT_THAT(out_.str(), IsEmpty());
}

TEST_F(GraphWhatIf, FailsOnANodeThatTheGraphLacks) {
    EXPECT_EQ(graph_what_if(call(test::key_hex(77)), io_), ExitStatus::kWorldFailed);
    EXPECT_THAT(out_.str(), IsEmpty());
    EXPECT_THAT(err_.str(), Not(IsEmpty()));
}

} // namespace
} // namespace mcp::app
