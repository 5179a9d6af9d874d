#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"
#include "analysis/recommendations/onchain_cost.hpp"

namespace mcp::analysis {
namespace {

constexpr double kCutOffImpact = 7.0;

} // namespace

// One peer is the only way to the rest of the network: when it fails, so do we.
std::optional<domain::Recommendation> second_way(const RuleInput& in) {
    if (in.today.cutting_peers.empty()) {
        return std::nullopt;
    }
    const NodeView& view = in.today.view;
    domain::Recommendation advice = advise_node(in, kCutOffImpact, domain::Category::channels, {});
    advice.title = {"advice.second_way.title", {}};
    advice.description = {"advice.second_way.description",
                          {{"peer", display_name(view.peer(in.today.cutting_peers.front()))}}};
    advice.suggested_action = {"advice.second_way.action", {}};
    tell_opening_cost(advice, in);
    return advice;
}

} // namespace mcp::analysis
