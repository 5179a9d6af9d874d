#include "analysis/absences.hpp"
#include "analysis/score/all.hpp"

namespace mcp::analysis {

namespace {

/// A price outside of the market is a plan where it works: dear, and still taken in the week; cheap, and not running
/// dry. Nothing: the node does not tell.
std::optional<bool> works(const NodeView& view, const Relation& relation, const PeerMarket& market, const OwnDay* own) {
    const OwnPeer* peer = own != nullptr ? own->peer(view.peer(relation.peer).key) : nullptr;
    if (peer == nullptr) {
        return std::nullopt;
    }
    if (market.dearer_than_market()) {
        return own->week() ? std::optional(peer->forwards_out > 0) : std::nullopt;
    }
    const std::optional<double> fill = peer->fill();
    return market.cheaper_than_market() && fill ? std::optional(*fill > kDrained) : std::nullopt;
}

} // namespace

// Share of the compared capacity that we offer at a price the market knows: neither dearer than 95 % nor cheaper than
// 90 % of it; or at one that works.
PartResult price(const NodeDay& day, const OwnDay* own) {
    if (day.position_refused) {
        return {*day.position_refused, {"score.absent", {}}};
    }
    double compared = 0;
    double within = 0;
    std::int64_t peers = 0;
    const bool node_tells = own != nullptr && own->tells_the_moment();
    for (std::size_t i = 0; i < day.markets.size(); ++i) {
        const PeerMarket& market = day.markets[i];
        if (market.has_verdict()) {
            const Relation& relation = day.view.relations()[i];
            const bool is_outside = market.dearer_than_market() || market.cheaper_than_market();
            compared += relation.capacity_sats;
            within += is_outside && !works(day.view, relation, market, node_tells ? own : nullptr).value_or(false)
                          ? 0
                          : relation.capacity_sats;
            ++peers;
        }
    }
    if (!(compared > 0)) {
        return {no_price_to_compare(), {"score.absent", {}}};
    }
    return {100 * within / compared,
            {node_tells ? "score.price_node" : "score.price", {{"share", Share{within / compared}}, {"peers", peers}}},
            node_tells};
}

} // namespace mcp::analysis
