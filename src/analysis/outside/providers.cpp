#include "analysis/outside/providers.hpp"

#include "analysis/outside/source_gaps.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

using domain::ClosedChannel;
using domain::Figure;
using domain::Outside;
using domain::ReportClosing;
using domain::SourceState;
using domain::ToldClosing;

constexpr std::string_view kProviders[] = {domain::source::kMempool, domain::source::kAmboss};

/// Why none of the providers told.
std::vector<domain::Absence> why_nobody(std::span<const SourceState> states) {
    std::vector<domain::Absence> gaps;
    for (const std::string_view provider : kProviders) {
        gaps.push_back(why_untold(state_of(states, provider)));
    }
    return gaps;
}

template <typename T>
Figure<T> told(const std::optional<T>& value, std::string_view source) {
    return domain::figure_or(value, tells_not(source));
}

ToldClosing what_it_says(const ClosedChannel& closed) {
    const bool says_how = closed.reason != domain::ClosingReason::unknown;
    return {.source = closed.source,
            .reason = told(says_how ? std::optional(closed.reason) : std::nullopt, closed.source),
            .closed_at = told(closed.closed_at, closed.source),
            .closed_height = told(closed.closed_height, closed.source),
            .capacity = told(closed.capacity, closed.source)};
}

void add(ReportClosing& closing, const ClosedChannel& closed) {
    const bool is_repeated = std::any_of(closing.told_by.begin(), closing.told_by.end(),
                                         [&](const ToldClosing& said) { return said.source == closed.source; });
    if (is_repeated) {
        return;
    }
    closing.told_by.push_back(what_it_says(closed));
    if (!closing.peer && closed.peer) {
        closing.peer = *closed.peer;
    }
    if (closing.peer_alias.empty()) {
        closing.peer_alias = closed.peer_alias;
    }
}

/// When it was closed, by the latest that anybody says; nothing when nobody says it.
std::optional<Time> closed_at(const ReportClosing& closing) {
    std::optional<Time> latest;
    for (const ToldClosing& said : closing.told_by) {
        latest = said.closed_at ? std::max(latest, std::optional(*said.closed_at)) : latest;
    }
    return latest;
}

void name_peer(ReportClosing& closing, const domain::Network& network) {
    if (closing.peer_alias.empty() && closing.peer) {
        const std::optional<domain::NodeId> peer = network.find(*closing.peer);
        closing.peer_alias = peer ? network.nodes[*peer].alias : "";
    }
}

} // namespace

domain::PriceFigures price_figures(const Outside* outside, const SourceState& mempool) {
    const domain::Absence untold = why_untold(mempool);
    if (outside == nullptr || !outside->price) {
        return {.usd = untold, .eur = untold, .as_of = untold};
    }
    return {.usd = told(outside->price->usd, mempool.name),
            .eur = told(outside->price->eur, mempool.name),
            .as_of = outside->price->at};
}

domain::Told<domain::CountedNetwork> counted_networks(const Outside* outside, std::span<const SourceState> states) {
    if (outside == nullptr || outside->networks.empty()) {
        return {.rows = {}, .gaps = why_nobody(states)};
    }
    domain::Told<domain::CountedNetwork> counted;
    for (const domain::ProviderNetwork& row : outside->networks) {
        counted.rows.push_back({.source = row.source,
                                .as_of = told(row.as_of, row.source),
                                .asked_at = told(row.asked_at, row.source),
                                .channels = told(row.channels, row.source),
                                .nodes = told(row.nodes, row.source),
                                .capacity = told(row.capacity, row.source),
                                .median_capacity = told(row.median_capacity, row.source),
                                .median_fee_rate = told(row.median_fee_rate, row.source)});
    }
    return counted;
}

domain::Told<domain::CountedNode> counted_nodes(const Outside* outside, std::span<const SourceState> states) {
    if (outside == nullptr || outside->nodes.empty()) {
        return {.rows = {}, .gaps = why_nobody(states)};
    }
    domain::Told<domain::CountedNode> counted;
    for (const domain::ProviderNode& row : outside->nodes) {
        counted.rows.push_back({.source = row.source,
                                .alias = row.alias,
                                .as_of = told(row.as_of, row.source),
                                .asked_at = told(row.asked_at, row.source),
                                .first_seen = told(row.first_seen, row.source),
                                .capacity = told(row.capacity, row.source),
                                .channels = told(row.channels, row.source),
                                .closed_channels = told(row.closed_channels, row.source),
                                .capacity_rank = told(row.capacity_rank, row.source),
                                .channels_rank = told(row.channels_rank, row.source),
                                .median_fee_rate_out = told(row.median_fee_rate_out, row.source),
                                .median_fee_rate_in = told(row.median_fee_rate_in, row.source),
                                .weighted_fee_rate_out = told(row.weighted_fee_rate_out, row.source),
                                .weighted_fee_rate_in = told(row.weighted_fee_rate_in, row.source),
                                .earlier_as_of = told(row.earlier_as_of, row.source),
                                .capacity_then = told(row.capacity_then, row.source),
                                .channels_then = told(row.channels_then, row.source)});
    }
    return counted;
}

domain::Told<ReportClosing> told_closings(const Outside* outside, std::span<const SourceState> states,
                                          const domain::Network& network) {
    if (outside == nullptr || (outside->closed_channels.empty() && outside->closings_told_by.empty())) {
        return {.rows = {}, .gaps = why_nobody(states)};
    }
    std::vector<ReportClosing> closings;
    for (const ClosedChannel& closed : outside->closed_channels) {
        auto known = std::find_if(closings.begin(), closings.end(),
                                  [&](const ReportClosing& c) { return c.channel_id == closed.id_text; });
        if (known == closings.end()) {
            known = closings.insert(
                closings.end(),
                {.channel_id = closed.id_text, .peer = tells_not(closed.source), .peer_alias = {}, .told_by = {}});
        }
        add(*known, closed);
    }
    for (ReportClosing& closing : closings) {
        name_peer(closing, network);
    }
    std::stable_sort(closings.begin(), closings.end(),
                     [](const ReportClosing& a, const ReportClosing& b) { return closed_at(a) > closed_at(b); });
    return {.rows = std::move(closings), .gaps = {}};
}

} // namespace mcp::analysis
