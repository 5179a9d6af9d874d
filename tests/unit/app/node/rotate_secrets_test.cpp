#include "app/node/rotate_secrets.hpp"

#include "tests/support/fake_store.hpp"
#include "tests/support/task_runner.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace mcp::app {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// Seals with a letter, which is all there is to it; opens what is sealed with those that it knows.
class LetterVault final : public ports::Vault {
public:
    explicit LetterVault(std::string known) : known_(std::move(known)) {}

    [[nodiscard]] Result<std::string> seal(std::string_view user_id, const ports::NodeSecret& secret) const override {
        return fmt::format("{}|{}|{}", known_.front(), user_id, secret.secret);
    }
    [[nodiscard]] Result<ports::NodeSecret> open(std::string_view user_id, std::string_view sealed) const override {
        const std::string middle = fmt::format("|{}|", user_id);
        if (known_.find(sealed.front()) == std::string::npos || sealed.substr(1, middle.size()) != middle) {
            return fail(ErrorKind::unavailable, {"migrate.closed", {{"count", std::int64_t{1}}}});
        }
        return ports::NodeSecret{std::string(sealed.substr(1 + middle.size())), ""};
    }
    [[nodiscard]] bool is_outdated(std::string_view sealed) const override { return sealed.front() != known_.front(); }

private:
    std::string known_;
};

struct Rotation : testing::Test {
    void add(const std::string& id, const std::string& sealed) {
        runner.must(store.put_user({.id = id, .tenant = id, .node = {}, .created_at = {}, .updated_at = {}}));
        runner.must(store.put_link({.user_id = id,
                                    .kind = sealed.empty() ? domain::LinkKind::agent : domain::LinkKind::lnd,
                                    .url = "https://node.example",
                                    .sealed = sealed,
                                    .agent_key = sealed.empty() ? id : "",
                                    .expires_at = {}}));
    }
    std::string sealed_of(const std::string& id) { return runner.get(store.link(id)).value().sealed; }
    Rotated rotate(const std::string& letters) { return runner.get(rotate_secrets(store, LetterVault(letters))); }

    test::FakeStore store;
    test::TaskRunner runner;
};

TEST_F(Rotation, SealsAllWithTheKeyOfToday) {
    add("alice", "a|alice|m1");
    add("bob", "b|bob|m2");
    add("carol", "");
    const Rotated done = rotate("ba");
    EXPECT_EQ(done.sealed_anew, 1);
    EXPECT_EQ(done.up_to_date, 1);
    EXPECT_THAT(done.closed, IsEmpty());
    EXPECT_EQ(sealed_of("alice"), "b|alice|m1");
    EXPECT_EQ(sealed_of("bob"), "b|bob|m2");
    EXPECT_EQ(sealed_of("carol"), "");
}

TEST_F(Rotation, DoneTwiceChangesNothingMore) {
    add("alice", "a|alice|m1");
    EXPECT_EQ(rotate("ba").sealed_anew, 1);
    const Rotated again = rotate("b");
    EXPECT_EQ(again.sealed_anew, 0);
    EXPECT_EQ(again.up_to_date, 1);
}

TEST_F(Rotation, LeavesWhatNoKeyOpensAsItIsAndNamesIt) {
    add("alice", "z|alice|m1");
    add("bob", "a|alice|m2"); // another user's
    add("carol", "a|carol|m3");
    const Rotated done = rotate("ba");
    EXPECT_EQ(done.sealed_anew, 1);
    ASSERT_EQ(done.closed.size(), 2U);
    EXPECT_EQ(done.closed[0].first, "alice");
    EXPECT_EQ(done.closed[1].first, "bob");
    EXPECT_EQ(sealed_of("alice"), "z|alice|m1");
    EXPECT_EQ(sealed_of("bob"), "a|alice|m2");
}

TEST_F(Rotation, GoesThroughMoreLinksThanOneBatchHolds) {
    for (int i = 0; i < 450; ++i) {
        const std::string id = fmt::format("user{:03}", i);
        add(id, fmt::format("a|{}|m", id));
    }
    EXPECT_EQ(rotate("ba").sealed_anew, 450);
    EXPECT_EQ(rotate("b").up_to_date, 450);
}

TEST_F(Rotation, EndsWhenTheStoreFails) {
    add("alice", "a|alice|m1");
    store.fault = Error{ErrorKind::unavailable, {"store.no_user", {}}};
    EXPECT_TRUE(runner.error_of(rotate_secrets(store, LetterVault("ba"))));
}

} // namespace
} // namespace mcp::app
