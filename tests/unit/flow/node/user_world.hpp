#pragma once
#include "flow/accounts.hpp"
#include "flow/node/claims.hpp"
#include "flow/node/links.hpp"
#include "flow/node/pushed.hpp"
#include "tests/support/fake_store.hpp"
#include "tests/support/node_fakes.hpp"
#include "tests/support/service_fakes.hpp"
#include "tests/support/store_samples.hpp"
#include "tests/support/virtual_time.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace mcp::test {

inline constexpr Time kTen = at(kMonday, 10);

/// Alice, who has node 1 in her profile, Bob, who has node 2, and Carol, who has none; one minute is as good as
/// another. It is ten o'clock.
class UserWorld : public testing::Test {
protected:
    UserWorld() {
        node_.trial.key = node_number(1);
        for (const domain::User& user : {a_reader("alice", 1), a_reader("bob", 2), a_user("carol")}) {
            EXPECT_TRUE(time_.run(store_.put_user(user)));
        }
    }

    static ports::Caller caller(const std::string& id) { return {.user_id = id, .tenant_id = "tenant-1"}; }
    domain::User user(const std::string& id) { return time_.run(store_.user(id))->value(); }
    std::optional<domain::NodeLink> link(const std::string& id) { return time_.run(store_.link(id)).value(); }
    std::vector<ports::Statement> statements(const std::string& id) {
        return time_.run(store_.statements(id, kMonday - kOneDay, kMonday + 9 * kOneDay)).value();
    }
    void set_proof(const std::string& id, domain::NodeProof proof) {
        domain::User changed = user(id);
        changed.node_proof = proof;
        EXPECT_TRUE(time_.run(store_.put_user(changed)));
    }

    /// Why something was refused; of what succeeded the empty key.
    template <typename T>
    static std::pair<ErrorKind, std::string_view> refusal(const Result<T>& result) {
        return result ? std::pair(ErrorKind::internal, std::string_view("it succeeded"))
                      : std::pair(result.error().kind, result.error().what.key);
    }

    VirtualTime time_{kTen};
    FakeStore store_;
    KeptAssets assets_;
    KeptLog log_;
    KeptMetrics metrics_;
    SeededChance chance_{1};
    flow::Schedule schedule_;
    Env env_{time_.clock(), time_.timer(), log_, metrics_, chance_, time_.pool(), time_.pool()};
    TriedNode node_{time_};
    HexVault vault_;
    WordCredentials credentials_;
    PlainSignatures signatures_;
    flow::Accounts accounts_{{env_, store_, assets_, schedule_, domain::Language::fr}};
    flow::NodeLinks links_{{env_, store_, accounts_, node_, vault_, credentials_}};
    flow::NodeClaims claims_{{env_, store_, accounts_, signatures_}};
    flow::PushedSnapshots pushed_{{env_, store_, signatures_}};
};

} // namespace mcp::test
