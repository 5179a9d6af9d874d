#include "api/api.hpp"
#include "api/problem.hpp"
#include "api/routes/answers.hpp"
#include "api/routes/handlers.hpp"

#include <algorithm>

namespace mcp::api::handlers {
namespace {

namespace json = boost::json;

constexpr std::string_view kPrometheusText = "text/plain; version=0.0.4; charset=utf-8";

using Parts = std::vector<const Readiness*>;

json::array names_of(const Parts& parts) {
    json::array names;
    for (const Readiness* part : parts) {
        names.emplace_back(part->name);
    }
    return names;
}

std::string joined(const Parts& parts) {
    std::string text;
    for (const Readiness* part : parts) {
        text += (text.empty() ? "" : ", ") + part->name;
    }
    return text;
}

bool is_needed(const Readiness* part) {
    return part->is_needed;
}

/// The shape of an error, and the names beside it.
Response not_ready_answer(const Parts& missing, const Request& request) {
    const Occasion occasion{request.language, request.id, request.now};
    Response response = problem(503, {"http.not_ready", {{"names", joined(missing)}}}, occasion);
    json::value shape = json::parse(response.body.text());
    shape.as_object()["not_ready"] = names_of(missing);
    response.body = Body(json_text(shape));
    response.headers.push_back({"Retry-After", std::to_string(ReadinessBoard::kFresh.count())});
    return response;
}

} // namespace

Task<Result<Response>> health(Api& api, const Request& request) {
    const Parts missing = co_await api.readiness.not_ready();
    co_return json_answer(json::object{{"status", missing.empty() ? "ok" : "degraded"},
                                       {"not_ready", names_of(missing)},
                                       {"timestamp", iso_time(request.now)}});
}

Task<Result<Response>> health_live(Api& /*api*/, const Request& /*request*/) {
    co_return json_answer(json::object{{"status", "ok"}});
}

Task<Result<Response>> health_ready(Api& api, const Request& request) {
    const Parts missing = co_await api.readiness.not_ready();
    if (std::any_of(missing.begin(), missing.end(), is_needed)) {
        co_return not_ready_answer(missing, request);
    }
    co_return json_answer(json::object{{"status", "ready"}, {"not_ready", names_of(missing)}});
}

Task<Result<Response>> metrics(Api& api, const Request& /*request*/) {
    if (api.services.refresh_metrics) {
        co_await api.services.refresh_metrics();
    }
    Response response;
    response.content_type = kPrometheusText;
    response.body.add(api.services.metrics_text());
    co_return response;
}

} // namespace mcp::api::handlers
