#pragma once
#include "app/commands/io.hpp"
#include "app/config/world.hpp"

#include <optional>
#include <string>

namespace mcp::app {

struct UserAddOptions {
    std::string id;
    std::string tenant; ///< empty: the id itself, as tokens without tenant_id say
    std::string node;   ///< 66 hex digits; empty: none yet
    std::string language;
    bool enable = false; ///< the daily report at once
    std::string env_file;
};

struct UserOptions {
    std::string id;
    std::string format = "text";
    std::string env_file;
};

/// `mcp-api user add`: makes a user. Refused when the id is taken.
[[nodiscard]] int user_add(const UserAddOptions& options, Io& io, const ConfigWorld& world = this_process());
/// `mcp-api user list`: all users, a line each, or as JSON.
[[nodiscard]] int user_list(const UserOptions& options, Io& io, const ConfigWorld& world = this_process());
/// `mcp-api user show`: one user and what is kept of them.
[[nodiscard]] int user_show(const UserOptions& options, Io& io, const ConfigWorld& world = this_process());
/// `mcp-api user enable | disable`: the daily report of a user, on or off.
[[nodiscard]] int user_switch(const UserOptions& options, bool enabled, Io& io,
                              const ConfigWorld& world = this_process());
/// `mcp-api user remove`: the user and all that is kept of them, RAG assets too.
[[nodiscard]] int user_remove(const UserOptions& options, Io& io, const ConfigWorld& world = this_process());

} // namespace mcp::app
