#pragma once
#include "app/commands/io.hpp"
#include "app/config/world.hpp"

#include <string>

namespace mcp::app {

struct StoreOptions {
    std::string file; ///< of backup and restore
    std::string format = "text";
    std::string env_file;
    bool rotate_secrets = false; ///< of migrate
};

/// `mcp-api migrate`: makes the store, or brings its layout up to date. With `--rotate-secrets` it then seals all
/// credentials with the key of today. @return kWorldFailed as well when some of them open with no key
[[nodiscard]] int migrate(const StoreOptions& options, Io& io, const ConfigWorld& world = this_process());
/// `mcp-api check store`: reads the whole store. @return kWorldFailed when something in it is damaged
[[nodiscard]] int check_store(const StoreOptions& options, Io& io, const ConfigWorld& world = this_process());
/// `mcp-api backup FILE`: a copy as of one moment, beside a running server.
[[nodiscard]] int backup(const StoreOptions& options, Io& io, const ConfigWorld& world = this_process());
/// `mcp-api restore FILE`: puts a backup in the place of the store, which stays beside it.
[[nodiscard]] int restore(const StoreOptions& options, Io& io, const ConfigWorld& world = this_process());

} // namespace mcp::app
