#include "flow/reading.hpp"

#include "base/statistics.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace mcp::flow {
namespace {

bool belongs_to(const ports::StoredReport& report, const ports::Caller& caller) {
    return report.user_id == caller.user_id && report.tenant_id == caller.tenant_id;
}

std::optional<double> ratio(std::int64_t part, std::int64_t whole) {
    return whole == 0 ? std::nullopt : std::optional(static_cast<double>(part) / static_cast<double>(whole));
}

} // namespace

FeedbackSummary summarise(const std::vector<int>& scores) {
    constexpr int kPromoter = 9;
    constexpr int kDetractor = 6;
    const auto count = static_cast<std::int64_t>(scores.size());
    const auto promoters = std::count_if(scores.begin(), scores.end(), [](int score) { return score >= kPromoter; });
    const auto detractors = std::count_if(scores.begin(), scores.end(), [](int score) { return score <= kDetractor; });
    return {.count = count,
            .mean = ratio(std::accumulate(scores.begin(), scores.end(), std::int64_t{0}), count),
            .nps = ratio(100 * (promoters - detractors), count)};
}

Task<Result<ports::StoredReport>> Reading::latest(ports::Caller caller) {
    Result<std::optional<ports::StoredReport>> found = co_await store_.latest(caller.user_id);
    if (!found) {
        co_return fail(std::move(found.error()));
    }
    if (!*found || !belongs_to(**found, caller)) {
        co_return fail(ErrorKind::not_found, {"reading.no_report_yet", {}});
    }
    co_return std::move(**found);
}

Task<Result<ports::StoredReport>> Reading::report(ports::Caller caller, std::string report_id) {
    Result<std::optional<ports::StoredReport>> found = co_await store_.report(std::move(report_id));
    if (!found) {
        co_return fail(std::move(found.error()));
    }
    if (!*found || !belongs_to(**found, caller)) {
        co_return fail(ErrorKind::not_found, {"reading.no_such_report", {}});
    }
    co_return std::move(**found);
}

Task<Result<ports::HistoryPage>> Reading::history(ports::Caller caller, HistoryRequest request) {
    Result<std::optional<domain::User>> user = co_await store_.user(caller.user_id);
    if (!user) {
        co_return fail(std::move(user.error()));
    }
    if (!*user || (*user)->tenant != caller.tenant_id) {
        co_return fail(ErrorKind::not_found, {"account.none", {}});
    }
    const Day today = std::chrono::floor<std::chrono::days>(env_.clock.now());
    ports::HistoryQuery query{.user_id = caller.user_id,
                              .after = today - std::chrono::days{request.days},
                              .with_failures = request.with_failures,
                              .page = request.page,
                              .limit = request.limit};
    Result<ports::HistoryPage> page = co_await store_.history(std::move(query));
    co_return page;
}

Task<Result<ports::Feedback>> Reading::give_feedback(ports::Caller caller, std::string report_id, int score,
                                                     std::string comment) {
    Result<ports::StoredReport> about = co_await report(caller, std::move(report_id));
    if (!about) {
        co_return fail(std::move(about.error()));
    }
    ports::Feedback feedback{.report_id = about->report_id,
                             .user_id = caller.user_id,
                             .score = score,
                             .comment = std::move(comment),
                             .at = env_.clock.now()};
    Result<void> kept = co_await store_.put_feedback(feedback);
    if (!kept) {
        co_return fail(std::move(kept.error()));
    }
    co_return feedback;
}

Task<Result<ServiceStats>> Reading::stats() {
    const Time now = env_.clock.now();
    Result<ports::UserCounts> users = co_await store_.count_users();
    if (!users) {
        co_return fail(std::move(users.error()));
    }
    Result<ports::GenerationStats> today = co_await store_.generated_on(std::chrono::floor<std::chrono::days>(now));
    if (!today) {
        co_return fail(std::move(today.error()));
    }
    Result<std::vector<int>> scores = co_await store_.feedback_scores(now - ports::kKept);
    if (!scores) {
        co_return fail(std::move(scores.error()));
    }
    const std::optional<Spread> seconds = spread(today->seconds);
    co_return ServiceStats{.users_enabled = users->enabled,
                           .users_with_node = users->with_node,
                           .adoption_rate = ratio(users->enabled, users->with_node),
                           .reports_ever = today->completed_ever,
                           .completed_today = today->completed,
                           .failed_today = today->failed,
                           .success_rate_today = ratio(today->completed, today->completed + today->failed),
                           .mean_seconds_today = seconds ? std::optional(seconds->mean) : std::nullopt,
                           .p95_seconds_today = percentile(today->seconds, 0.95),
                           .feedback = summarise(*scores),
                           .at = now};
}

} // namespace mcp::flow
