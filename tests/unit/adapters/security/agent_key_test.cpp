#include "adapters/security/agent_key.hpp"

#include "adapters/security/node_signature.hpp"
#include "language/language.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <unistd.h>

namespace mcp::adapters {
namespace {

using test::TemporaryFolder;
using testing::HasSubstr;

mode_t mode_of(const std::string& path) {
    struct stat facts {};
    EXPECT_EQ(::stat(path.c_str(), &facts), 0);
    return facts.st_mode & 07777;
}

class AgentKeyFile : public testing::Test {
protected:
    TemporaryFolder folder_;
    std::string path_ = folder_.path("agent.key");

    void write(const std::string& content, mode_t mode) {
        std::ofstream(path_, std::ios::binary) << content;
        ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
    }
    std::string_view fault() {
        const Result<AgentKey> key = AgentKey::load(path_);
        EXPECT_TRUE(key || language::render(key.error(), language::Language::en).find(path_) != std::string::npos);
        return key ? "" : key.error().what.key;
    }
};

TEST_F(AgentKeyFile, TheKeyThatIsSavedIsTheKeyThatIsLoaded) {
    const AgentKey made = AgentKey::make();
    ASSERT_TRUE(made.save(path_));
    const Result<AgentKey> loaded = AgentKey::load(path_);
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->public_key(), made.public_key());
    EXPECT_EQ(loaded->sign("x"), made.sign("x"));
    EXPECT_TRUE(NodeSignatures().is_signed(made.public_key(), "x", loaded->sign("x")));
}

TEST_F(AgentKeyFile, ItsOwnerAloneCanReadIt) {
    const mode_t before = ::umask(0);
    const Result<void> saved = AgentKey::make().save(path_);
    ::umask(before);
    ASSERT_TRUE(saved);
    EXPECT_EQ(mode_of(path_), 0600U);
}

TEST_F(AgentKeyFile, EveryNewKeyIsAnother) {
    EXPECT_NE(AgentKey::make().public_key(), AgentKey::make().public_key());
    EXPECT_EQ(AgentKey::make().public_key().size(), 64U);
    EXPECT_EQ(AgentKey::make().sign("").size(), 128U);
}

TEST_F(AgentKeyFile, OneThatOthersCouldReadIsRefused) {
    ASSERT_TRUE(AgentKey::make().save(path_));
    for (const mode_t mode : {0640U, 0604U, 0620U, 0602U, 0610U, 0644U, 0666U}) {
        ASSERT_EQ(::chmod(path_.c_str(), mode), 0);
        const Result<AgentKey> key = AgentKey::load(path_);
        ASSERT_FALSE(key) << std::oct << mode;
        EXPECT_EQ(key.error().kind, ErrorKind::forbidden);
        EXPECT_THAT(language::render(key.error(), language::Language::en), HasSubstr("chmod 600 " + path_));
    }
    ASSERT_EQ(::chmod(path_.c_str(), 0400), 0);
    EXPECT_TRUE(AgentKey::load(path_));
}

TEST_F(AgentKeyFile, AnotherFileIsNotOverwritten) {
    const AgentKey first = AgentKey::make();
    ASSERT_TRUE(first.save(path_));
    const Result<void> second = AgentKey::make().save(path_);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ErrorKind::conflict);
    EXPECT_EQ(AgentKey::load(path_)->public_key(), first.public_key());
}

TEST_F(AgentKeyFile, WhereNothingCanBeWrittenTheFaultNamesTheFile) {
    path_ = folder_.path("missing/agent.key");
    const Result<void> saved = AgentKey::make().save(path_);
    ASSERT_FALSE(saved);
    EXPECT_THAT(language::render(saved.error(), language::Language::en), HasSubstr(path_));
    const Result<AgentKey> key = AgentKey::load(path_);
    ASSERT_FALSE(key);
    EXPECT_EQ(key.error().kind, ErrorKind::not_found);
}

TEST_F(AgentKeyFile, WhatIsNoKeyIsRefused) {
    EXPECT_EQ(fault(), "file.cannot_open");
    const std::string seed(64, 'a');
    write("mcp-api-agent-key-1 " + seed + "\n", 0600);
    EXPECT_EQ(fault(), "");
    for (const std::string& content :
         {std::string(), seed + "\n", "mcp-api-agent-key-1 " + seed, "mcp-api-agent-key-1 " + seed + "\n\n",
          "mcp-api-agent-key-1 " + seed.substr(1) + "\n", "mcp-api-agent-key-1 " + seed.substr(1) + "g\n",
          "mcp-api-agent-key-2 " + seed + "\n", std::string(100'000, 'a')}) {
        write(content, 0600);
        EXPECT_EQ(fault(), "agent_key.malformed") << content.substr(0, 100);
    }
    path_ = folder_.path(".");
    EXPECT_EQ(fault(), "agent_key.malformed");
}

} // namespace
} // namespace mcp::adapters
