#include "flow/accounts.hpp"

#include "tests/support/fake_store.hpp"
#include "tests/support/service_fakes.hpp"
#include "tests/support/shaky_store.hpp"
#include "tests/support/virtual_time.hpp"

#include <gtest/gtest.h>

namespace mcp::test {
namespace {

constexpr Day kToday{std::chrono::year{2025} / 10 / 25};

/// Assets that are written while they are removed, as by a run that goes on, and that fail when told so.
class BusyAssets final : public ports::Assets {
public:
    Result<void> write(std::string_view, Day, std::string_view) override { return {}; }
    Result<std::int64_t> remove(std::string_view user_id) override {
        ++removals;
        removed_user = user_id;
        if (removals == failing_removal) {
            return fail(ErrorKind::unavailable, {"system.disk_full", {}});
        }
        return std::exchange(files, removals == 1 ? 1 : 0);
    }
    Result<std::int64_t> sweep(Time) override { return 0; }

    int removals = 0;
    int failing_removal = 0;
    std::int64_t files = 3;
    std::string removed_user;
};

class TheAccounts : public testing::Test {
protected:
    domain::User add(const std::string& id, const std::string& tenant) {
        domain::User user;
        user.id = id;
        user.tenant = tenant;
        user.node = domain::PubKey::parse("02" + std::string(64, 'a'));
        EXPECT_TRUE(time_.run(store_.put_user(user)));
        return user;
    }
    std::optional<ErrorKind> removing(const ports::Caller& caller) {
        const Result<void> removed = time_.run(accounts_.remove(caller));
        return removed ? std::nullopt : std::optional(removed.error().kind);
    }

    VirtualTime time_{kToday + std::chrono::hours{10}};
    FakeStore store_;
    BusyAssets assets_;
    KeptLog log_;
    KeptMetrics metrics_;
    SeededChance chance_{1};
    flow::Schedule schedule_;
    Env env_{time_.clock(), time_.timer(), log_, metrics_, chance_, time_.pool(), time_.pool()};
    flow::Accounts accounts_{{env_, store_, assets_, schedule_, domain::Language::fr}};
    const ports::Caller alice_{.user_id = "alice", .tenant_id = "acme"};
};

TEST_F(TheAccounts, RemoveAlsoWhatARunWroteMeanwhile) {
    add("alice", "acme");
    EXPECT_EQ(removing(alice_), std::nullopt);
    EXPECT_EQ(assets_.removals, 2);
    EXPECT_EQ(assets_.files, 0);
    EXPECT_FALSE(time_.run(store_.user("alice"))->has_value());
}

TEST_F(TheAccounts, StayWhenTheAssetsCannotBeRemovedSoThatItCanBeTriedAgain) {
    add("alice", "acme");
    assets_.failing_removal = 1;
    EXPECT_EQ(removing(alice_), ErrorKind::unavailable);
    EXPECT_TRUE(time_.run(store_.user("alice"))->has_value());
    EXPECT_EQ(removing(alice_), std::nullopt);
}

TEST_F(TheAccounts, RemoveAssetsThatAnEarlierTryLeft) {
    add("alice", "acme");
    assets_.failing_removal = 2;
    EXPECT_EQ(removing(alice_), ErrorKind::unavailable);
    assets_.files = 1;
    EXPECT_EQ(removing(alice_), ErrorKind::not_found);
    EXPECT_EQ(assets_.files, 0);
}

TEST_F(TheAccounts, LeaveTheAssetsOfAnotherTenantAlone) {
    add("alice", "acme");
    EXPECT_EQ(removing({.user_id = "alice", .tenant_id = "evil"}), ErrorKind::not_found);
    EXPECT_EQ(assets_.removals, 0);
}

TEST_F(TheAccounts, ChangeOnlyWhatIsNamed) {
    const domain::User before = add("alice", "acme");
    const Result<flow::PutProfile> put = time_.run(accounts_.put(alice_, {}));
    ASSERT_TRUE(put);
    EXPECT_FALSE(put->created);
    EXPECT_EQ(put->user.node, before.node);
    EXPECT_EQ(put->user.updated_at, kToday + std::chrono::hours{10});
    EXPECT_EQ(put->user.created_at, before.created_at);
}

TEST_F(TheAccounts, UndoNoProofThatCameWhileTheLanguageWasChanged) {
    const domain::User before = add("alice", "acme");
    ShakyStore racing(store_, [this](std::string_view method, std::string) -> Task<std::optional<Error>> {
        if (method == "put_user" || method == "set_language") {
            const auto node = domain::PubKey::parse("03" + std::string(64, 'b'));
            EXPECT_TRUE(co_await store_.claim_node("alice", *node, domain::NodeProof::signature, kToday));
            EXPECT_TRUE(co_await store_.set_daily_report("alice", true, kToday));
        }
        co_return std::nullopt;
    });
    flow::Accounts accounts{{env_, racing, assets_, schedule_, domain::Language::fr}};
    const Result<flow::PutProfile> put =
        time_.run(accounts.put(alice_, {.node = {}, .language = domain::Language::en}));
    ASSERT_TRUE(put);
    const domain::User after = time_.run(store_.user("alice")).value().value();
    EXPECT_EQ(after.node_proof, domain::NodeProof::signature);
    EXPECT_NE(after.node, before.node);
    EXPECT_TRUE(after.daily_report);
    EXPECT_EQ(after.language, domain::Language::en);
    EXPECT_EQ(put->user, after) << "it answers what is so";
}

TEST_F(TheAccounts, KeepTheProofOfANodeThatIsNamedAgainWhileItIsProved) {
    const domain::User before = add("alice", "acme");
    ShakyStore racing(store_, [this, &before](std::string_view method, std::string) -> Task<std::optional<Error>> {
        if (method == "put_user" || method == "set_language") {
            EXPECT_TRUE(co_await store_.claim_node("alice", *before.node, domain::NodeProof::connection, kToday));
        }
        co_return std::nullopt;
    });
    flow::Accounts accounts{{env_, racing, assets_, schedule_, domain::Language::fr}};
    ASSERT_TRUE(time_.run(accounts.put(alice_, {.node = before.node, .language = {}})));
    EXPECT_EQ(time_.run(store_.user("alice")).value()->node_proof, domain::NodeProof::connection);
}

TEST_F(TheAccounts, TellThatTheNodeNamedAgainWasTakenOverMeanwhile) {
    const domain::User before = add("alice", "acme");
    domain::User bob;
    bob.id = "bob";
    bob.tenant = "acme";
    ASSERT_TRUE(time_.run(store_.put_user(bob)));
    ShakyStore racing(store_, [this, &before](std::string_view method, std::string) -> Task<std::optional<Error>> {
        if (method == "put_user" || method == "set_language") {
            EXPECT_TRUE(co_await store_.claim_node("bob", *before.node, domain::NodeProof::signature, kToday));
        }
        co_return std::nullopt;
    });
    flow::Accounts accounts{{env_, racing, assets_, schedule_, domain::Language::fr}};
    const Result<flow::PutProfile> put = time_.run(accounts.put(alice_, {.node = before.node, .language = {}}));
    ASSERT_FALSE(put);
    EXPECT_EQ(put.error().kind, ErrorKind::conflict);
}

TEST_F(TheAccounts, EnableWritesNothingThatIsSoAlready) {
    add("alice", "acme");
    EXPECT_EQ(time_.run(accounts_.enable(alice_)).value(), kToday + std::chrono::hours{30});
    const int calls = store_.calls;
    EXPECT_TRUE(time_.run(accounts_.enable(alice_)));
    EXPECT_EQ(store_.calls, calls + 1) << "it was read only";
}

TEST_F(TheAccounts, PassOnWhatTheStoreCannotDo) {
    store_.fault = Error{ErrorKind::unavailable, {"system.disk_full", {}}};
    EXPECT_EQ(time_.run(accounts_.profile(alice_)).error().kind, ErrorKind::unavailable);
    EXPECT_EQ(time_.run(accounts_.put(alice_, {})).error().kind, ErrorKind::unavailable);
    EXPECT_EQ(time_.run(accounts_.enable(alice_)).error().kind, ErrorKind::unavailable);
    EXPECT_EQ(time_.run(accounts_.disable(alice_)).error().kind, ErrorKind::unavailable);
    EXPECT_EQ(time_.run(accounts_.status(alice_)).error().kind, ErrorKind::unavailable);
    EXPECT_EQ(removing(alice_), ErrorKind::unavailable);
}

} // namespace
} // namespace mcp::test
