#include "analysis/absences.hpp"
#include "analysis/score/all.hpp"

namespace mcp::analysis {

// Share of the compared capacity that we offer at a price the market knows: neither dearer than 95 % nor cheaper than
// 90 % of it.
PartResult price(const NodeDay& day) {
    if (day.position_refused) {
        return {*day.position_refused, {"score.absent", {}}};
    }
    double compared = 0;
    double within = 0;
    std::int64_t peers = 0;
    for (std::size_t i = 0; i < day.markets.size(); ++i) {
        const PeerMarket& market = day.markets[i];
        if (market.has_verdict()) {
            const double capacity = day.view.relations()[i].capacity_sats;
            compared += capacity;
            within += market.dearer_than_market() || market.cheaper_than_market() ? 0 : capacity;
            ++peers;
        }
    }
    if (!(compared > 0)) {
        return {no_price_to_compare(), {"score.absent", {}}};
    }
    return {100 * within / compared, {"score.price", {{"share", Share{within / compared}}, {"peers", peers}}}};
}

} // namespace mcp::analysis
