#pragma once
#include "async/env.hpp"
#include "flow/runs.hpp"
#include "flow/schedule.hpp"
#include "ports/assets.hpp"
#include "ports/own_node.hpp"
#include "ports/secrets.hpp"
#include "ports/store.hpp"
#include "ports/tokens.hpp"

#include <functional>
#include <string>
#include <vector>

namespace mcp::api {

/// A part of the service that must work, and how to ask it.
struct Readiness {
    std::string name; ///< a word, told to everybody
    std::function<Task<Result<void>>()> check;
    bool is_needed = true; ///< without it requests cannot be answered; else it is only named
};

/// What the users' own nodes take.
struct NodePorts {
    ports::NodeReader& reader;
    const ports::Vault& vault;
    const ports::Credentials& credentials;
    const ports::Signatures& signatures;
};

/// What the API stands on. All references outlive the server.
struct Services {
    Env& env;
    ports::Store& store;
    flow::RunControl& runs;
    const flow::Schedule& schedule;
    const ports::TokenVerifier& tokens;
    ports::Assets& assets;
    NodePorts nodes;
    domain::Language default_language; ///< of who asks for none
    std::function<std::string()> metrics_text;
    std::vector<Readiness> readiness;
    std::function<Task<void>()> refresh_metrics = {}; ///< before metrics_text: gauges that are read from the store
};

} // namespace mcp::api
