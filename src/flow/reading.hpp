#pragma once
#include "async/env.hpp"
#include "ports/store.hpp"
#include "ports/tokens.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mcp::flow {

struct HistoryRequest {
    std::int64_t days = 30; ///< reports whose date is later than today less this
    std::int64_t page = 1;
    std::int64_t limit = 10;
    bool with_failures = false;
};

/// What users think of the reports.
struct FeedbackSummary {
    std::int64_t count = 0;
    std::optional<double> mean; ///< of the scores, 0..10; nothing without any
    std::optional<double> nps;  ///< net promoter score, -100..100: share of 9 and 10 less share of 0 to 6, in percent
};

/// How the service does, today being the UTC day.
struct ServiceStats {
    std::int64_t users_enabled = 0;
    std::int64_t users_with_node = 0;
    std::optional<double> adoption_rate; ///< enabled / with a node; nothing when nobody has a node
    std::int64_t reports_ever = 0;       ///< completed ones that are kept
    std::int64_t completed_today = 0;
    std::int64_t failed_today = 0;
    std::optional<double> success_rate_today; ///< completed / all of today; nothing when there are none
    std::optional<double> mean_seconds_today; ///< of completed ones
    std::optional<double> p95_seconds_today;  ///< of completed ones
    FeedbackSummary feedback;                 ///< of the last 90 days
    Time at;
};

[[nodiscard]] FeedbackSummary summarise(const std::vector<int>& scores);

/// What may be read of reports, and said of them. A report is found by its own user in its own tenant only: one of
/// somebody else is told apart in no way from one that does not exist.
class Reading {
public:
    Reading(Env& env, ports::Store& store) : env_(env), store_(store) {}

    /// The newest completed one. @return not_found without one
    Task<Result<ports::StoredReport>> latest(ports::Caller caller);
    Task<Result<ports::StoredReport>> report(ports::Caller caller, std::string report_id);
    /// @return not_found without a profile
    Task<Result<ports::HistoryPage>> history(ports::Caller caller, HistoryRequest request);
    /// Replaces what the user said of that report before. @param score 0..10
    Task<Result<ports::Feedback>> give_feedback(ports::Caller caller, std::string report_id, int score,
                                                std::string comment);
    /// Of the whole service: for admins only.
    Task<Result<ServiceStats>> stats();

private:
    Env& env_;
    ports::Store& store_;
};

} // namespace mcp::flow
