#include "analysis/own/risks.hpp"
#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"

namespace mcp::analysis {
namespace {

constexpr double kImpact = 3.0;

} // namespace

// A line to paste, of the program that the node runs: an alert's words are wrapped.
std::optional<domain::Recommendation> renew_credential(const RuleInput& in) {
    const OwnDay* own = in.today.own();
    const std::optional<Time> ends = own != nullptr ? credential_end(*own) : std::nullopt;
    if (!ends) {
        return std::nullopt;
    }
    domain::Recommendation advice = advise_as_node_tells(in, kImpact, domain::Category::performance, make_credential());
    keep_own_command(advice, in);
    advice.title = {"advice.renew_credential.title", {}};
    advice.description = {"advice.renew_credential.description", {{"time", *ends}}};
    advice.suggested_action = {"advice.renew_credential.action", {}};
    return advice;
}

} // namespace mcp::analysis
