#include "flow/node/own_statements.hpp"

#include "flow/node/statement.hpp"
#include "flow/outside/failure.hpp"
#include "language/language.hpp"
#include "tests/support/own_node_text.hpp"
#include "tests/support/own_nodes.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::flow {
namespace {

using domain::LinkKind;
using domain::OwnNode;
using domain::SourceStatus;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

constexpr Day kToday{std::chrono::year{2026} / 3 / 10};
constexpr Time kNow = Time(kToday) + std::chrono::hours{30};

domain::PubKey ours() {
    return test::key_of(1);
}

OwnNode told_on(Day day) {
    return test::OwnNodes(static_cast<std::uint64_t>(day.time_since_epoch().count())).node(ours(), day);
}

ports::Statement kept_on(Day day) {
    const OwnNode node = told_on(day);
    return {.user_id = "u", .node = node.key, .day = day, .read_at = node.read_at, .text = statement_text(node)};
}

OwnStatements linked(std::vector<ports::Statement> kept, LinkKind kind = LinkKind::lnd) {
    domain::NodeLink link;
    link.user_id = "u";
    link.kind = kind;
    return {.link = link, .kept = std::move(kept)};
}

OwnDays read(const OwnStatements& own) {
    return read_own_days(own, ours(), kToday, kNow);
}

std::string error(const OwnDays& days) {
    return days.source->error ? language::render(*days.source->error, language::Language::en) : "";
}

TEST(OwnStatements, AreNoSourceWhereNoNodeIsConnected) {
    const OwnDays days = read({});
    EXPECT_FALSE(days.source);
    EXPECT_THAT(days.pointers(), IsEmpty());
}

TEST(OwnStatements, AreReadNoFurtherOnceNobodyWantsThem) {
    const OwnStatements own =
        linked({kept_on(kToday - std::chrono::days{2}), kept_on(kToday - std::chrono::days{1}), kept_on(kToday)});
    int asked = 0;
    const OwnDays days = read_own_days(own, ours(), kToday, kNow, [&asked] { return ++asked > 1; });
    EXPECT_THAT(days.nodes, SizeIs(1));
    EXPECT_EQ(asked, 2);
}

TEST(OwnStatements, TellDayByDayWhatTheNodeTold) {
    const OwnDays days = read(linked({kept_on(kToday - std::chrono::days{3}), kept_on(kToday)}));
    ASSERT_THAT(days.pointers(), SizeIs(2));
    EXPECT_EQ(days.pointers()[0].day, kToday - std::chrono::days{3});
    EXPECT_EQ(test::own_node_text(*days.pointers()[1].node), test::own_node_text(told_on(kToday)));
    EXPECT_EQ(days.source->name, "node");
    EXPECT_EQ(days.source->status, SourceStatus::ok);
    EXPECT_EQ(days.source->fetched_at, told_on(kToday).read_at);
    EXPECT_EQ(days.source->age_seconds, (kNow - told_on(kToday).read_at).count());
    EXPECT_EQ(error(days), "");
}

TEST(OwnStatements, OfAnEarlierDayDoNotStandForToday) {
    OwnStatements own = linked({kept_on(kToday - std::chrono::days{1})});
    EXPECT_EQ(read(own).source->status, SourceStatus::unavailable);
    EXPECT_EQ(read(own).source->fetched_at, std::nullopt);
    EXPECT_EQ(error(read(own)), "it was not read in time for this report");
    EXPECT_THAT(read(own).pointers(), SizeIs(1)) << "the day itself is told all the same";
    own.link->failure = failure_text({ErrorKind::timeout, {"live.no_time", {}}});
    EXPECT_THAT(error(read(own)), HasSubstr("no answer in time: no time was left"));
    own = linked({}, LinkKind::agent);
    EXPECT_THAT(error(read(own)), HasSubstr("its agent has not sent"));
}

TEST(OwnStatements, CountThoughTheLastTryFailed) {
    OwnStatements own = linked({kept_on(kToday)});
    own.link->failure = failure_text({ErrorKind::timeout, {"live.no_time", {}}});
    EXPECT_EQ(read(own).source->status, SourceStatus::ok);
}

TEST(OwnStatements, OfAnotherNodeAreLeftOut) {
    ports::Statement other = kept_on(kToday);
    other.node = test::key_of(2);
    EXPECT_THAT(read(linked({other})).pointers(), IsEmpty());
    ports::Statement lying = kept_on(kToday);
    OwnNode node = told_on(kToday);
    node.key = test::key_of(2);
    lying.text = statement_text(node);
    EXPECT_THAT(read(linked({lying})).pointers(), IsEmpty());
    EXPECT_EQ(read(linked({lying})).source->status, SourceStatus::unavailable);
}

TEST(OwnStatements, OfAnotherVersionAreTold) {
    ports::Statement newer = kept_on(kToday);
    newer.text = R"({"statement":2})";
    EXPECT_THAT(error(read(linked({newer}))), HasSubstr("statement is 2, and statements of version 1 are read here"));
    newer.day -= std::chrono::days{1};
    EXPECT_EQ(read(linked({newer, kept_on(kToday)})).source->status, SourceStatus::ok);
}

} // namespace
} // namespace mcp::flow
