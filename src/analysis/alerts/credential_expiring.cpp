#include "analysis/alerts/all.hpp"
#include "analysis/own/risks.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

using std::chrono::days;

constexpr days kCritical{3};

} // namespace

// When what the node is read with runs out, half of the report goes blank: better a new one in time.
std::optional<Finding> credential_expiring(const RuleInput& in) {
    const OwnDay* own = in.today.own();
    const std::optional<Time> ends = own != nullptr ? credential_end(*own) : std::nullopt;
    if (!ends) {
        return std::nullopt;
    }
    const std::chrono::seconds left = *ends - own->node().read_at;
    const std::int64_t whole_days = std::chrono::floor<days>(left).count();
    return Finding{.severity = left <= kCritical ? domain::Severity::critical : domain::Severity::warning,
                   .title = {"alert.credential_expiring.title", {{"days", std::max<std::int64_t>(0, whole_days)}}},
                   .description = {"alert.credential_expiring.description", {{"time", *ends}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
