#include "analysis/outside/providers.hpp"

#include "analysis/absences.hpp"
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

constexpr std::size_t kClosingsOfNode = 10; // as many as of each provider
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
            .capacity = told(closed.capacity, closed.source),
            .closed_by = tells_not(closed.source)};
}

domain::ClosingReason reason_of(domain::CloseKind kind) {
    switch (kind) {
    case domain::CloseKind::cooperative:
        return domain::ClosingReason::mutual;
    case domain::CloseKind::force_by_us:
    case domain::CloseKind::force_by_peer:
        return domain::ClosingReason::force;
    case domain::CloseKind::breach:
        return domain::ClosingReason::penalty;
    case domain::CloseKind::other:
        break;
    }
    return domain::ClosingReason::unknown;
}

std::optional<domain::ClosedBy> who_closed(const domain::NodeClosing& closing) {
    if (closing.kind == domain::CloseKind::force_by_us) {
        return domain::ClosedBy::own;
    }
    if (closing.kind == domain::CloseKind::force_by_peer) {
        return domain::ClosedBy::peer;
    }
    if (!closing.closed_by_us) {
        return std::nullopt;
    }
    return *closing.closed_by_us ? domain::ClosedBy::own : domain::ClosedBy::peer;
}

/// As the user's own node tells it: who closed, and in which block, not when.
ToldClosing what_node_says(const domain::NodeClosing& closing) {
    const domain::ClosingReason reason = reason_of(closing.kind);
    const bool says_how = reason != domain::ClosingReason::unknown;
    const auto height = closing.height ? std::optional<std::int64_t>(*closing.height) : std::nullopt;
    const auto figure = [](const auto& value) { return domain::figure_or(value, node_tells_not()); };
    return {.source = domain::source::kNode,
            .reason = figure(says_how ? std::optional(reason) : std::nullopt),
            .closed_at = node_tells_not(),
            .closed_height = figure(height),
            .capacity = closing.capacity,
            .closed_by = figure(who_closed(closing))};
}

void add_told_by_node(std::vector<ReportClosing>& closings, const domain::OwnNode& node) {
    const std::size_t newest = std::min(kClosingsOfNode, node.closings->size());
    for (std::size_t i = 0; i < newest; ++i) {
        const domain::NodeClosing& closing = (*node.closings)[i];
        const std::string id = closing.id.text();
        auto known =
            std::find_if(closings.begin(), closings.end(), [&](const ReportClosing& c) { return c.channel_id == id; });
        if (known == closings.end()) {
            known = closings.insert(closings.end(),
                                    {.channel_id = id, .peer = node_tells_not(), .peer_alias = {}, .told_by = {}});
        }
        if (!known->peer && closing.peer) {
            known->peer = *closing.peer;
        }
        known->told_by.push_back(what_node_says(closing));
    }
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

/// About when it was closed, to put the newest first: by the latest that anybody says, else by how many blocks before
/// the node's newest one it was. Nothing when neither is told.
std::optional<Time> about_closed_at(const ReportClosing& closing, const domain::OwnNode* node) {
    std::optional<Time> latest;
    std::optional<Time> by_block;
    for (const ToldClosing& said : closing.told_by) {
        latest = said.closed_at ? std::max(latest, std::optional(*said.closed_at)) : latest;
        if (node != nullptr && said.source == domain::source::kNode && said.closed_height) {
            by_block = node->read_at - std::chrono::minutes{10} * (node->block_height - *said.closed_height);
        }
    }
    return latest ? latest : by_block;
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
                                          const domain::Network& network, const domain::OwnNode* node) {
    const bool provider_told =
        outside != nullptr && !(outside->closed_channels.empty() && outside->closings_told_by.empty());
    const bool node_told = node != nullptr && node->closings;
    if (!provider_told && !node_told) {
        return {.rows = {}, .gaps = why_nobody(states)};
    }
    std::vector<ReportClosing> closings;
    for (const ClosedChannel& closed : provider_told ? outside->closed_channels : std::vector<ClosedChannel>{}) {
        auto known = std::find_if(closings.begin(), closings.end(),
                                  [&](const ReportClosing& c) { return c.channel_id == closed.id_text; });
        if (known == closings.end()) {
            known = closings.insert(
                closings.end(),
                {.channel_id = closed.id_text, .peer = tells_not(closed.source), .peer_alias = {}, .told_by = {}});
        }
        add(*known, closed);
    }
    if (node_told) {
        add_told_by_node(closings, *node);
    }
    for (ReportClosing& closing : closings) {
        name_peer(closing, network);
    }
    std::stable_sort(closings.begin(), closings.end(), [&](const ReportClosing& a, const ReportClosing& b) {
        return about_closed_at(a, node) > about_closed_at(b, node);
    });
    return {.rows = std::move(closings), .gaps = {}};
}

} // namespace mcp::analysis
