#pragma once
#include "tests/e2e/program.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gtest/gtest.h>
#include <string_view>

namespace mcp::e2e {

/// Runs of the program in a folder of their own, which is its cache's too.
class InFolder : public testing::Test {
protected:
    /// Runs the shell line in the folder; what this program keeps for later does not touch the user's own.
    [[nodiscard]] Outcome run(const std::string& shell_line) const {
        return shell("cd " + folder_.path("") + "; export XDG_CACHE_HOME=$PWD; " + shell_line);
    }
    /// Puts a file into the folder.
    void write(const std::string& name, std::string_view bytes) const { static_cast<void>(folder_.with(name, bytes)); }
    /// The names in the folder, hidden ones too, without the cache.
    [[nodiscard]] std::string names() const { return run("ls -A -I mcp-api").out; }

    test::TemporaryFolder folder_;
};

} // namespace mcp::e2e
