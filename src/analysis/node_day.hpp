#pragma once
#include "analysis/absences.hpp"
#include "analysis/node_view.hpp"
#include "analysis/own/own_day.hpp"
#include "domain/figure.hpp"
#include "graph/fee_market.hpp"

#include <optional>
#include <vector>

namespace mcp::analysis {

/// What it costs to be forwarded into one peer, by us and by everybody else, in ppm of graph::kComparedAmount.
struct PeerMarket {
    std::uint32_t rivals = 0;                        ///< directions into the peer that are not ours
    std::optional<graph::MarketQuantiles> quantiles; ///< absent with too few rivals
    std::optional<graph::OwnPrice> own;              ///< our cheapest offer; absent: disabled, or 5000 ppm and more

    [[nodiscard]] bool has_verdict() const { return own && quantiles; }
    /// Dearer than 95 % of the capacity that leads to the same peer.
    [[nodiscard]] bool dearer_than_market() const { return has_verdict() && own->ppm > quantiles->p95; }
    /// Cheaper than 90 % of it.
    [[nodiscard]] bool cheaper_than_market() const { return has_verdict() && own->ppm < quantiles->p10; }
};

/// One node on one day, with the figures that several rules share.
struct NodeDay {
    NodeView view;
    std::vector<PeerMarket> markets; ///< in the order of view.relations()
    std::vector<domain::NodeId>
        cutting_peers;                   ///< peers whose loss alone cuts the node off from the main part of the network
    std::optional<double> concentration; ///< HHI by peer, 1/n .. 1; absent when no capacity is known
    std::optional<domain::Absence> position_refused; ///< why nothing is said of its place among others; mostly it is
    domain::Absence why_no_own = needs_node();       ///< why own() is nothing, where it is

    /// @param refused no market has a verdict then
    NodeDay(const DayFacts& day, domain::NodeId node, std::optional<domain::Absence> refused = {});

    /// What the node itself told for this day; nothing: it is not connected, or was not read.
    [[nodiscard]] const OwnDay* own() const { return own_ ? &*own_ : nullptr; }
    /// @param told and what it told a day and a week earlier: must outlive this; can be believed (own/plausible.hpp)
    void tell(const domain::OwnNode& told, const domain::OwnNode* yesterday = nullptr,
              const domain::OwnNode* week_ago = nullptr) {
        own_.emplace(view, told, yesterday, week_ago);
    }

private:
    std::optional<OwnDay> own_;
};

} // namespace mcp::analysis
