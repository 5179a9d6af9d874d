#include "app/agent/agent_memory.hpp"

#include <gmock/gmock.h>

namespace mcp::app {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr Day kDay = std::chrono::sys_days{std::chrono::year{2026} / 11 / 24};

TEST(AgentMemory, IsReadAsItWasWritten) {
    const AgentMemory memory{.watched = {{kDay, {86'400s, 85'500s}}, {kDay + std::chrono::days{1}, {900s, 0s}}},
                             .statement = "{\"version\":1,\"alias\":\"\u26a1 \\\"node\\\"\"}"};
    const Result<AgentMemory> read = read_memory(memory_text(memory));
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, memory);
    EXPECT_EQ(*read_memory(memory_text({})), AgentMemory{});
    const AgentMemory large{.watched = {}, .statement = std::string(3u << 20, '"')};
    EXPECT_EQ(read_memory(memory_text(large)).value(), large) << "of the busiest node";
}

TEST(AgentMemory, IsRefusedWhenItCannotBe) {
    const auto with = [](const std::string& watched) { return R"({"watched":)" + watched + R"(,"statement":""})"; };
    ASSERT_TRUE(read_memory(with(R"({"2026-11-24":{"watched_seconds":60,"reached_seconds":60}})")));
    for (const char* bad : {R"({"2026-11-31":{"watched_seconds":60,"reached_seconds":60}})",
                            R"({"2026-11-24":{"watched_seconds":60,"reached_seconds":61}})",
                            R"({"2026-11-24":{"watched_seconds":60,"reached_seconds":-1}})",
                            R"({"2026-11-24":{"watched_seconds":86401,"reached_seconds":0}})",
                            R"({"2026-11-24":{"watched_seconds":60}})", R"({"2026-11-24":60})"}) {
        EXPECT_FALSE(read_memory(with(bad))) << bad;
    }
    for (const char* bad : {"", "{}", "[]", R"({"watched":{}})", R"({"watched":{},"statement":1})", "\xFF"}) {
        EXPECT_FALSE(read_memory(bad)) << bad;
    }
}

} // namespace
} // namespace mcp::app
