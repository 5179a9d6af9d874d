#pragma once
#include "domain/network.hpp"

#include <gtest/gtest.h>
#include <string>

/// The recorded graphs of the real network, kept outside of the project. Tests skip, and say so, where they are
/// missing.
namespace mcp::real {

/// Path of `name` below the folder of recorded data.
[[nodiscard]] std::string data_file(const std::string& name);
[[nodiscard]] bool is_there(const std::string& name);

/// The mainnet graph of 23, 24 or 25 October 2025. Loaded once, then shared.
[[nodiscard]] const domain::Network& october(int day);
[[nodiscard]] std::string october_file(int day);

/// A whole file, unpacked.
[[nodiscard]] std::string read_unpacked(const std::string& path);

} // namespace mcp::real

#define SKIP_WITHOUT(name)                                                                                             \
    if (!mcp::real::is_there(name)) {                                                                                  \
        GTEST_SKIP() << "no recorded data: " << mcp::real::data_file(name);                                            \
    }
