#pragma once
#include "api/request.hpp"
#include "api/response.hpp"
#include "async/task.hpp"
#include "base/error.hpp"
#include "domain/node_link.hpp"

#include <optional>
#include <string_view>

namespace mcp::api {

struct Api;

/// What stands behind the rows of the table in routes.cpp.
namespace handlers {

// daily_report.cpp
Task<Result<Response>> enable_daily_report(Api& api, const Request& request);
Task<Result<Response>> disable_daily_report(Api& api, const Request& request);
Task<Result<Response>> daily_report_status(Api& api, const Request& request);

// profile.cpp
Task<Result<Response>> get_profile(Api& api, const Request& request);
Task<Result<Response>> put_profile(Api& api, const Request& request);
Task<Result<Response>> delete_profile(Api& api, const Request& request);

// node.cpp
[[nodiscard]] std::string_view kind_word(domain::LinkKind kind);
Task<Result<Response>> get_node(Api& api, const Request& request);
Task<Result<Response>> put_node(Api& api, const Request& request);
Task<Result<Response>> test_node(Api& api, const Request& request);
Task<Result<Response>> delete_node(Api& api, const Request& request);

// claims.cpp
Task<Result<Response>> claim_node(Api& api, const Request& request);
Task<Result<Response>> verify_claim(Api& api, const Request& request);

// agent.cpp
Task<Result<std::optional<Response>>> know_agent(Api& api, Request& request);
Task<Result<Response>> take_snapshot(Api& api, const Request& request);

// reports.cpp
Task<Result<Response>> latest_report(Api& api, const Request& request);
Task<Result<Response>> report_history(Api& api, const Request& request);
Task<Result<Response>> get_report(Api& api, const Request& request);
Task<Result<Response>> give_feedback(Api& api, const Request& request);

// admin.cpp
Task<Result<Response>> trigger_reports(Api& api, const Request& request);
Task<Result<Response>> report_stats(Api& api, const Request& request);
Task<Result<Response>> get_task(Api& api, const Request& request);

// health.cpp
Task<Result<Response>> health(Api& api, const Request& request);
Task<Result<Response>> health_live(Api& api, const Request& request);
Task<Result<Response>> health_ready(Api& api, const Request& request);
Task<Result<Response>> metrics(Api& api, const Request& request);

// pages.cpp
Task<Result<Response>> openapi(Api& api, const Request& request);
Task<Result<Response>> docs(Api& api, const Request& request);
Task<Result<Response>> docs_script(Api& api, const Request& request);
Task<Result<Response>> docs_style(Api& api, const Request& request);

} // namespace handlers
} // namespace mcp::api
