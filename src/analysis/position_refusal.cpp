#include "analysis/position_refusal.hpp"

namespace mcp::analysis {
namespace {

constexpr std::chrono::days kOldestForPosition{7};

} // namespace

std::optional<domain::Absence> position_refusal(const ComposeInput& input) {
    const std::optional<Time>& as_of = input.today.network.as_of;
    if (!input.graph_is_live || !as_of || input.generated_at - *as_of <= kOldestForPosition) {
        return std::nullopt;
    }
    return domain::Absence{{"absent.graph_too_old", {{"time", *as_of}}}, domain::source::kGraph};
}

void refuse_positions(domain::Report& report, const domain::Absence& why) {
    report.capacity.rank = why;
    report.capacity.rank_change_24h = why;
    report.channel_metrics.rank = why;
    report.channel_metrics.rank_change_24h = why;
    domain::NetworkMetrics& network = report.network;
    for (domain::Position* position : {&network.hops, &network.by_fee_50k, &network.by_fee_500k, &network.by_fee_5m}) {
        position->betweenness = why;
        position->rank = why;
        position->percentile = why;
    }
    network.betweenness_change_24h = why;
    network.betweenness_change_7d = why;
    for (domain::ReportPeer& peer : report.peers) {
        peer.market_p10 = why;
        peer.market_median = why;
        peer.market_p95 = why;
        peer.own_quantile = why;
    }
}

} // namespace mcp::analysis
