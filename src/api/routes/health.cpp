#include "api/api.hpp"
#include "api/problem.hpp"
#include "api/routes/answers.hpp"
#include "api/routes/handlers.hpp"

namespace mcp::api::handlers {
namespace {

namespace json = boost::json;

constexpr std::string_view kPrometheusText = "text/plain; version=0.0.4; charset=utf-8";

json::array strings(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

/// The shape of an error, and the names beside it.
Response not_ready_answer(const std::vector<std::string>& names, const Request& request) {
    const Occasion occasion{request.language, request.id, request.now};
    Response response = problem(503, {"http.not_ready", {{"names", joined(names)}}}, occasion);
    json::value shape = json::parse(response.body.text());
    shape.as_object()["not_ready"] = strings(names);
    response.body = Body(json_text(shape));
    response.headers.push_back({"Retry-After", std::to_string(ReadinessBoard::kFresh.count())});
    return response;
}

} // namespace

Task<Result<Response>> health(Api& api, const Request& request) {
    const std::vector<std::string> missing = co_await api.readiness.not_ready();
    co_return json_answer(json::object{{"status", missing.empty() ? "ok" : "degraded"},
                                       {"not_ready", strings(missing)},
                                       {"timestamp", iso_time(request.now)}});
}

Task<Result<Response>> health_live(Api& /*api*/, const Request& /*request*/) {
    co_return json_answer(json::object{{"status", "ok"}});
}

Task<Result<Response>> health_ready(Api& api, const Request& request) {
    const std::vector<std::string> missing = co_await api.readiness.not_ready();
    if (!missing.empty()) {
        co_return not_ready_answer(missing, request);
    }
    co_return json_answer(json::object{{"status", "ready"}, {"not_ready", json::array()}});
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
