#include "analysis/alerts/all.hpp"

namespace mcp::analysis {

// A tenth of the capacity gone in a day is a decision or an accident; the operator should know which.
std::optional<Finding> capacity_drop(const RuleInput& in) {
    if (in.yesterday == nullptr) {
        return std::nullopt;
    }
    const double before = in.yesterday->view.capacity_sats();
    const double after = in.today.view.capacity_sats();
    if (!(before > 0) || after > before * (1 - in.thresholds.capacity_drop)) {
        return std::nullopt;
    }
    return Finding{.severity = domain::Severity::warning,
                   .title = {"alert.capacity_drop.title", {{"share", Share{1 - after / before}}}},
                   .description = {"alert.capacity_drop.description",
                                   {{"before", Sat{static_cast<std::int64_t>(before)}},
                                    {"after", Sat{static_cast<std::int64_t>(after)}}}},
                   .requires_action = true,
                   .is_event = true};
}

} // namespace mcp::analysis
