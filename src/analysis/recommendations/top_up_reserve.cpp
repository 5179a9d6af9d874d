#include "analysis/own/risks.hpp"
#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"
#include "analysis/recommendations/onchain_cost.hpp"

namespace mcp::analysis {
namespace {

constexpr double kImpact = 4.0;

} // namespace

// Without coins of its own the node cannot raise the fee of a close by force, when it must be in time.
std::optional<domain::Recommendation> top_up_reserve(const RuleInput& in) {
    const auto reserve = in.today.own() != nullptr ? anchor_reserve(*in.today.own()) : std::nullopt;
    if (!reserve || !reserve->is_short()) {
        return std::nullopt;
    }
    const Sat missing = reserve->needed - reserve->there;
    domain::Recommendation advice = advise_as_node_tells(in, kImpact, domain::Category::performance, new_address());
    advice.title = {"advice.top_up_reserve.title", {{"amount", missing}}};
    advice.description = {"advice.top_up_reserve.description",
                          {{"there", reserve->there}, {"needed", reserve->needed}}};
    advice.suggested_action = {"advice.top_up_reserve.action", {{"amount", missing}}};
    advice.onchain_cost = sending_cost_untold();
    return advice;
}

} // namespace mcp::analysis
