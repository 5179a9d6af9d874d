#include "api/api.hpp"
#include "api/inputs.hpp"
#include "api/routes/answers.hpp"
#include "api/routes/handlers.hpp"
#include "language/language.hpp"

namespace mcp::api::handlers {
namespace {

namespace json = boost::json;

constexpr std::size_t kNamedUsersMax = 1000;
constexpr std::size_t kIdMax = domain::kIdBytesMax; // characters, of which no id has more than bytes

json::array strings(const std::vector<std::string>& texts) {
    return json::array(texts.begin(), texts.end());
}

json::object stats_json(const flow::ServiceStats& stats) {
    const flow::FeedbackSummary& feedback = stats.feedback;
    return {{"users_with_workflow_enabled", stats.users_enabled},
            {"users_with_pubkey", stats.users_with_node},
            {"adoption_rate", value_or_null(stats.adoption_rate)},
            {"total_reports_generated", stats.reports_ever},
            {"reports_generated_today", stats.completed_today},
            {"reports_failed_today", stats.failed_today},
            {"success_rate_today", value_or_null(stats.success_rate_today)},
            {"mean_duration_seconds_today", value_or_null(stats.mean_seconds_today)},
            {"p95_duration_seconds_today", value_or_null(stats.p95_seconds_today)},
            {"feedback_90d",
             {{"n", feedback.count}, {"mean", value_or_null(feedback.mean)}, {"nps", value_or_null(feedback.nps)}}},
            {"timestamp", iso_time(stats.at)}};
}

std::string_view state_word(const flow::RunProgress& progress) {
    if (progress.queued) {
        return "queued";
    }
    switch (progress.run.state) {
    case ports::RunState::going_on:
        return "running";
    case ports::RunState::ended:
        return "completed";
    case ports::RunState::given_up:
        return "failed";
    }
    return "";
}

json::object task_json(const flow::RunProgress& progress) {
    const ports::Run& run = progress.run;
    return {{"task_id", run.id},
            {"state", state_word(progress)},
            {"kind", run.kind == ports::RunKind::scheduled ? "scheduled" : "triggered"},
            {"report_date", iso_time(run.day)},
            {"total", value_or_null(progress.total)},
            {"done", run.done},
            {"failed", run.failed},
            {"per_second", value_or_null(progress.per_second)},
            {"seconds_left", value_or_null(progress.seconds_left)},
            {"started_at", iso_time(run.started_at)},
            {"ended_at", time_or_null(run.ended_at)},
            {"error", run.failure.empty() ? json::value() : json::value(run.failure)}};
}

Message what_was_started(const flow::TriggeredRun& run) {
    if (run.for_all) {
        return {"answer.triggered_all", {}};
    }
    if (run.user_ids.empty()) {
        return {"answer.triggered_nobody", {}};
    }
    return {"answer.triggered", {{"count", static_cast<std::int64_t>(run.user_ids.size())}}};
}

json::object trigger_json(const flow::TriggeredRun& run, language::Language language) {
    return {{"status", "started"},
            {"task_id", run.task_id},
            {"message", language::render(what_was_started(run), language)},
            {"user_ids", run.for_all ? json::value("all") : json::value(strings(run.user_ids))},
            {"skipped", strings(run.skipped)}};
}

} // namespace

Task<Result<Response>> trigger_reports(Api& api, const Request& request) {
    Result<BodyReader> body = BodyReader::open(request);
    if (!body) {
        co_return fail(std::move(body.error()));
    }
    body->know({"user_ids"});
    const bool names_users = body->has("user_ids") && !body->is_null("user_ids");
    const std::optional<std::vector<std::string>> users =
        names_users ? body->texts("user_ids", kNamedUsersMax, kIdMax) : std::nullopt;
    if (!body->faults().empty()) {
        co_return fail(std::move(body->faults()).error());
    }
    Result<flow::TriggeredRun> run = co_await api.services.runs.trigger(users);
    if (!run) {
        co_return fail(std::move(run.error()));
    }
    co_return json_answer(trigger_json(*run, request.language), 202);
}

Task<Result<Response>> report_stats(Api& api, const Request& /*request*/) {
    Result<flow::ServiceStats> stats = co_await api.reading.stats();
    if (!stats) {
        co_return fail(std::move(stats.error()));
    }
    co_return json_answer(json::object{{"status", "success"}, {"stats", stats_json(*stats)}});
}

Task<Result<Response>> get_task(Api& api, const Request& request) {
    Result<std::optional<flow::RunProgress>> progress = co_await api.services.runs.progress(request.path.front());
    if (!progress) {
        co_return fail(std::move(progress.error()));
    }
    if (!*progress) {
        co_return fail(ErrorKind::not_found, {"http.no_such_task", {}});
    }
    co_return json_answer(json::object{{"status", "success"}, {"task", task_json(**progress)}});
}

} // namespace mcp::api::handlers
