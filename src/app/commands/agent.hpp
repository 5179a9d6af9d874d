#pragma once
#include "app/commands/io.hpp"
#include "app/node/given_node.hpp"

#include <string>

namespace mcp::app {

struct AgentOptions {
    NodeOptions node;
    std::string service;      ///< where snapshots go: "https://reports.example.org"
    std::string user;         ///< of the service, as its profile has it: snapshots are signed for them alone
    std::string key_file;     ///< Ed25519; made where there is none
    std::string at = "05:40"; ///< UTC, when the day's snapshot is taken
    bool once = false;        ///< one snapshot, then the end
    bool dry_run = false;     ///< prints what would be sent, and sends nothing
};

/// `mcp-api agent`: runs beside a user's node, reads it every day and sends the service what it told, signed. Where the
/// key file is not there yet it is made, and standard output says how to let the service know the key; with `--once`
/// that is all. @return the exit status
[[nodiscard]] int run_agent(const AgentOptions& options, Io& io);

} // namespace mcp::app
