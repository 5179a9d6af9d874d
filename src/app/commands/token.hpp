#pragma once
#include "app/commands/io.hpp"
#include "app/config/world.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace mcp::app {

struct TokenIssueOptions {
    std::string user = {};
    std::string tenant = {}; ///< empty: the user's own
    bool admin = false;
    std::optional<std::int64_t> days = {}; ///< how long it is good for; neither this nor hours: a day
    std::optional<std::int64_t> hours = {};
    std::string env_file = {}; ///< empty: the usual ones
};

struct TokenVerifyOptions {
    std::string token = {}; ///< "-" is standard input
    std::string format = "text";
    std::string env_file = {};
};

struct TokenShowOptions {
    std::string token = {}; ///< "-" is standard input
};

/// `mcp-api token issue`: a token for a user, signed with the configured secret. Only the token goes to standard
/// output.
[[nodiscard]] int token_issue(const TokenIssueOptions& options, Io& io, const ConfigWorld& world = this_process());

/// `mcp-api token verify`: whether the service would accept a token, and whose it is.
[[nodiscard]] int token_verify(const TokenVerifyOptions& options, Io& io, const ConfigWorld& world = this_process());

/// `mcp-api token show`: what a token says, unchecked, as JSON.
[[nodiscard]] int token_show(const TokenShowOptions& options, Io& io, const ConfigWorld& world = this_process());

} // namespace mcp::app
