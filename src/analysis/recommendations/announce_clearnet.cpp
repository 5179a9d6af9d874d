#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"

namespace mcp::analysis {
namespace {

constexpr double kMinorImpact = 1.0;

} // namespace

// Only onion addresses: each connection is slower and breaks more often, and clearnet-only peers cannot call back.
std::optional<domain::Recommendation> announce_clearnet(const RuleInput& in) {
    const NodeView& view = in.today.view;
    const domain::Node& self = view.peer(view.node());
    const bool is_known = view.day().network.tells.addresses; // none told is not none announced
    if (!is_known || !self.has_tor || self.has_clearnet || view.channels().empty()) {
        return std::nullopt;
    }
    domain::Recommendation advice = advise_node(in, kMinorImpact, domain::Category::performance, {});
    advice.title = {"advice.announce_clearnet.title", {}};
    advice.description = {"advice.announce_clearnet.description", {}};
    advice.suggested_action = {"advice.announce_clearnet.action", {}};
    return advice;
}

} // namespace mcp::analysis
