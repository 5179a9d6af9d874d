#pragma once
#include "api/pages.hpp"
#include "api/readiness_board.hpp"
#include "api/services.hpp"
#include "flow/accounts.hpp"
#include "flow/node/claims.hpp"
#include "flow/node/links.hpp"
#include "flow/node/pushed.hpp"
#include "flow/reading.hpp"

#include <optional>

namespace mcp::api {

/// What handlers work with.
struct Api {
    Api(const Api&) = delete; // its parts know each other
    Api& operator=(const Api&) = delete;
    explicit Api(const Services& given)
        : services(given), accounts({given.env, given.store, given.assets, given.schedule, given.default_language}),
          links({given.env, given.store, accounts, given.nodes.reader, given.nodes.vault, given.nodes.credentials}),
          claims({given.env, given.store, accounts, given.nodes.signatures}),
          pushed({given.env, given.store, given.nodes.signatures}), reading(given.env, given.store),
          readiness(given.env, given.readiness) {}

    Services services;
    flow::Accounts accounts;
    flow::NodeLinks links; ///< on accounts
    flow::NodeClaims claims;
    flow::PushedSnapshots pushed;
    flow::Reading reading;
    ReadinessBoard readiness;
    std::optional<Timer::Span> no_secrets_told; ///< when the log last said that nodes cannot be connected
    Pages pages;
};

} // namespace mcp::api
