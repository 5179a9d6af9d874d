#include "api/token_cache.hpp"

#include <gtest/gtest.h>

namespace mcp::api {
namespace {

using std::chrono::seconds;

constexpr Time kNow{seconds{1'761'386'400}};

ports::Caller caller(const std::string& id, std::optional<Time> valid_until) {
    return {.user_id = id, .tenant_id = id, .valid_until = valid_until};
}

TEST(TokenCache, KnowsATokenUntilItExpires) {
    TokenCache cache(10);
    EXPECT_EQ(cache.find("a", kNow), nullptr);
    cache.keep("a", caller("alice", kNow + seconds{60}));
    ASSERT_NE(cache.find("a", kNow + seconds{59}), nullptr);
    EXPECT_EQ(cache.find("a", kNow)->user_id, "alice");
    EXPECT_EQ(cache.find("a", kNow + seconds{60}), nullptr);
    EXPECT_EQ(cache.find("a", kNow), nullptr) << "what has expired is gone";
}

TEST(TokenCache, ComparesTokensWhole) {
    TokenCache cache(10);
    cache.keep("aaaa", caller("alice", kNow + seconds{60}));
    EXPECT_EQ(cache.find("aaa", kNow), nullptr);
    EXPECT_EQ(cache.find("aaab", kNow), nullptr);
}

TEST(TokenCache, KeepsNoTokenThatDoesNotSayHowLongItIsGood) {
    TokenCache cache(10);
    EXPECT_EQ(cache.keep("a", caller("alice", std::nullopt))->user_id, "alice");
    EXPECT_EQ(cache.find("a", kNow), nullptr);
}

TEST(TokenCache, KeepsNoTokenThatIsHuge) {
    TokenCache cache(10);
    const std::string huge(TokenCache::kTokenBytesMax + 1, 'x');
    cache.keep(huge, caller("alice", kNow + seconds{60}));
    EXPECT_EQ(cache.find(huge, kNow), nullptr);
}

TEST(TokenCache, IsBoundedAndKeepsWhatIsUsed) {
    TokenCache cache(10);
    cache.keep("used", caller("alice", kNow + seconds{60}));
    cache.keep("unused", caller("bob", kNow + seconds{60}));
    for (int i = 0; i < 100; ++i) {
        cache.keep("token " + std::to_string(i), caller("x", kNow + seconds{60}));
        EXPECT_NE(cache.find("used", kNow), nullptr) << i;
    }
    EXPECT_EQ(cache.find("unused", kNow), nullptr);
    int kept = 0;
    for (int i = 0; i < 100; ++i) {
        kept += cache.find("token " + std::to_string(i), kNow) ? 1 : 0;
    }
    EXPECT_LE(kept, 10);
}

} // namespace
} // namespace mcp::api
