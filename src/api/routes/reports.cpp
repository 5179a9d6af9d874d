#include "api/api.hpp"
#include "api/inputs.hpp"
#include "api/routes/answers.hpp"
#include "api/routes/handlers.hpp"
#include "base/text.hpp"

namespace mcp::api::handlers {
namespace {

namespace json = boost::json;

constexpr std::size_t kCommentMax = 2000; // characters

/// The stored document as it is, without a copy.
Response report_answer(ports::StoredReport report) {
    Response response;
    response.body.add_literal(R"({"status":"success","report":)");
    response.body.add(std::move(report.document));
    response.body.add_literal("}\n");
    return response;
}

std::string pagination(const flow::HistoryRequest& asked, std::int64_t total) {
    const json::object page{{"page", asked.page},
                            {"limit", asked.limit},
                            {"total", total},
                            {"pages", (total + asked.limit - 1) / asked.limit}};
    return json::serialize(page);
}

Response history_answer(const flow::HistoryRequest& asked, ports::HistoryPage page) {
    Response response;
    response.body.add_literal(R"({"status":"success","reports":[)");
    bool is_first = true;
    for (ports::StoredReport& report : page.reports) {
        response.body.add_literal(is_first ? "" : ",");
        response.body.add(std::move(report.document));
        is_first = false;
    }
    response.body.add(R"(],"pagination":)" + pagination(asked, page.total) + "}\n");
    return response;
}

/// Each line as clean_text() leaves it: a comment may have several.
std::string clean_lines(std::string_view text) {
    std::string clean;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        clean += clean_text(text.substr(0, end)).text;
        clean += end == text.npos ? "" : "\n";
        text.remove_prefix(end == text.npos ? text.size() : end + 1);
    }
    return clean;
}

} // namespace

Task<Result<Response>> latest_report(Api& api, const Request& request) {
    Result<ports::StoredReport> report = co_await api.reading.latest(*request.caller);
    if (!report) {
        co_return fail(std::move(report.error()));
    }
    co_return report_answer(std::move(*report));
}

Task<Result<Response>> report_history(Api& api, const Request& request) {
    QueryReader query(request);
    flow::HistoryRequest asked;
    asked.days = query.integer("days");
    asked.page = query.integer("page");
    asked.limit = query.integer("limit");
    asked.with_failures = query.word("status") == "all";
    if (!query.faults().empty()) {
        co_return fail(std::move(query.faults()).error());
    }
    Result<ports::HistoryPage> page = co_await api.reading.history(*request.caller, asked);
    if (!page) {
        co_return fail(std::move(page.error()));
    }
    co_return history_answer(asked, std::move(*page));
}

Task<Result<Response>> get_report(Api& api, const Request& request) {
    Result<ports::StoredReport> report = co_await api.reading.report(*request.caller, request.path.front());
    if (!report) {
        co_return fail(std::move(report.error()));
    }
    co_return report_answer(std::move(*report));
}

Task<Result<Response>> give_feedback(Api& api, const Request& request) {
    Result<BodyReader> body = BodyReader::open(request);
    if (!body) {
        co_return fail(std::move(body.error()));
    }
    body->know({"score", "comment"});
    const std::optional<std::int64_t> score = body->integer("score", 0, 10);
    const bool has_comment = body->has("comment") && !body->is_null("comment");
    const std::string comment = has_comment ? body->text("comment", kCommentMax).value_or("") : "";
    if (!body->faults().empty()) {
        co_return fail(std::move(body->faults()).error());
    }
    Result<ports::Feedback> given = co_await api.reading.give_feedback(*request.caller, request.path.front(),
                                                                       static_cast<int>(*score), clean_lines(comment));
    if (!given) {
        co_return fail(std::move(given.error()));
    }
    const json::value said = given->comment.empty() ? json::value() : json::value(given->comment);
    co_return json_answer(json::object{
        {"status", "success"},
        {"feedback",
         {{"report_id", given->report_id}, {"score", given->score}, {"comment", said}, {"at", iso_time(given->at)}}}});
}

} // namespace mcp::api::handlers
