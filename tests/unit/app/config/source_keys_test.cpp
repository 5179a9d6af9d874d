#include "adapters/sources/all.hpp"
#include "app/config/keys.hpp"

#include <algorithm>
#include <gtest/gtest.h>

namespace mcp::app {
namespace {

TEST(SourceKeys, OfTheTableOfSourcesAreKeysOfTheConfiguration) {
    const auto is_key = [](std::string_view name) {
        return std::any_of(config_keys().begin(), config_keys().end(),
                           [&](const ConfigKey& key) { return key.name == name; });
    };
    int seen = 0;
    for (const adapters::SourceRow& row : adapters::source_rows()) {
        for (const auto& keys : {row.needs, row.takes}) {
            for (const std::string_view key : keys) {
                EXPECT_TRUE(is_key(key)) << row.name << ": " << key;
                ++seen;
            }
        }
    }
    EXPECT_GE(seen, 12);
}

} // namespace
} // namespace mcp::app
