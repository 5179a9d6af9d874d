#include "api/api.hpp"
#include "api/routes/answers.hpp"
#include "api/routes/handlers.hpp"
#include "language/language.hpp"

namespace mcp::api::handlers {

Task<Result<Response>> enable_daily_report(Api& api, const Request& request) {
    Result<std::optional<Time>> next = co_await api.accounts.enable(*request.caller);
    if (!next) {
        co_return fail(std::move(next.error()));
    }
    const Message said = *next ? Message{"answer.enabled", {{"when", **next}}} : Message{"answer.enabled_but_off", {}};
    co_return json_answer(boost::json::object{{"status", "success"},
                                              {"message", language::render(said, request.language)},
                                              {"next_report", time_or_null(*next)},
                                              {"schedule", api.services.schedule.in_words()}});
}

Task<Result<Response>> disable_daily_report(Api& api, const Request& request) {
    Result<void> done = co_await api.accounts.disable(*request.caller);
    if (!done) {
        co_return fail(std::move(done.error()));
    }
    const Message said{"answer.disabled", {}};
    co_return json_answer(
        boost::json::object{{"status", "success"}, {"message", language::render(said, request.language)}});
}

Task<Result<Response>> daily_report_status(Api& api, const Request& request) {
    Result<flow::DailyReportStatus> status = co_await api.accounts.status(*request.caller);
    if (!status) {
        co_return fail(std::move(status.error()));
    }
    co_return json_answer(boost::json::object{{"enabled", status->enabled},
                                              {"schedule", api.services.schedule.cron_text()},
                                              {"last_report", time_or_null(status->last_report)},
                                              {"total_reports", status->total_reports},
                                              {"next_report", time_or_null(status->next_report)}});
}

} // namespace mcp::api::handlers
