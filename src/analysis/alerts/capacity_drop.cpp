#include "analysis/alerts/all.hpp"

namespace mcp::analysis {

// A tenth of the capacity gone in a day is a decision or an accident; the operator should know which. A graph that only
// ceased to tell the capacity of a channel is neither.
std::optional<Finding> capacity_drop(const RuleInput& in) {
    if (in.yesterday == nullptr) {
        return std::nullopt;
    }
    const std::optional<Sat> before = in.yesterday->view.total_capacity();
    const std::optional<Sat> after = in.today.view.total_capacity();
    if (!before || !after || *before == Sat{0}) {
        return std::nullopt;
    }
    const double left = static_cast<double>(after->value) / static_cast<double>(before->value);
    if (left > 1 - in.thresholds.capacity_drop) {
        return std::nullopt;
    }
    return Finding{.severity = domain::Severity::warning,
                   .title = {"alert.capacity_drop.title", {{"share", Share{1 - left}}}},
                   .description = {"alert.capacity_drop.description", {{"before", *before}, {"after", *after}}},
                   .requires_action = true,
                   .is_event = true};
}

} // namespace mcp::analysis
