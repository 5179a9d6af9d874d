#pragma once
#include "api/pages.hpp"
#include "api/readiness_board.hpp"
#include "api/services.hpp"
#include "flow/accounts.hpp"
#include "flow/reading.hpp"

namespace mcp::api {

/// What handlers work with.
struct Api {
    explicit Api(const Services& given)
        : services(given), accounts({given.env, given.store, given.assets, given.schedule, given.default_language}),
          reading(given.env, given.store), readiness(given.env, given.readiness) {}

    Services services;
    flow::Accounts accounts;
    flow::Reading reading;
    ReadinessBoard readiness;
    Pages pages;
};

} // namespace mcp::api
