#include "analysis/listing.hpp"

#include "analysis/absences.hpp"
#include "analysis/wording.hpp"

#include <algorithm>
#include <cmath>

namespace mcp::analysis {
namespace {

using domain::Figure;

Figure<domain::ChannelFee> fee_of(const std::optional<domain::Policy>& policy, bool tells_inbound) {
    if (!policy) {
        return no_policy();
    }
    domain::ChannelFee fee{.base = policy->base_fee, .rate = policy->fee_rate, .inbound_base = {}, .inbound_rate = {}};
    if (tells_inbound) {
        fee.inbound_base = policy->inbound_base_fee;
        fee.inbound_rate = policy->inbound_fee_rate;
    }
    return fee;
}

domain::DisabledBy disabled_by(const OwnChannel& channel) {
    const bool own = channel.own_policy() && channel.own_policy()->disabled;
    const bool peer = channel.peer_policy() && channel.peer_policy()->disabled;
    if (own && peer) {
        return domain::DisabledBy::both;
    }
    if (own) {
        return domain::DisabledBy::own;
    }
    return peer ? domain::DisabledBy::peer : domain::DisabledBy::nobody;
}

Figure<Sat> own_max_htlc(const OwnChannel& channel) {
    if (!channel.own_policy()) {
        return no_policy();
    }
    if (!channel.own_policy()->max_htlc) {
        return no_max_htlc();
    }
    return to_sat_floor(*channel.own_policy()->max_htlc);
}

/// What a payer pays over this channel to reach us: the peer's fee, then our inbound fee (a discount cannot turn the
/// sum negative).
std::optional<double> price_to_be_paid(const OwnChannel& channel) {
    const auto& peer = channel.peer_policy();
    if (!peer || peer->disabled) {
        return std::nullopt;
    }
    const auto& own = channel.own_policy();
    double msat = static_cast<double>(forwarding_fee(graph::kComparedAmount, peer->base_fee, peer->fee_rate).value);
    if (own) {
        msat +=
            static_cast<double>(own->inbound_base_fee.value) +
            static_cast<double>(own->inbound_fee_rate.value) * static_cast<double>(graph::kComparedAmount.value) / 1e6;
    }
    return std::max(0.0, msat) * 1e6 / static_cast<double>(graph::kComparedAmount.value);
}

Figure<double> cheapest_to_be_paid(const Relation& relation, bool tells_inbound) {
    std::optional<double> cheapest;
    for (const OwnChannel* channel : relation.channels) {
        const std::optional<double> price = price_to_be_paid(*channel);
        if (price && (!cheapest || *price < *cheapest)) {
            cheapest = price;
        }
    }
    if (cheapest && !tells_inbound) {
        return no_inbound_fees(); // the peer's fee alone may be far from what is paid
    }
    return domain::figure_or(cheapest, no_policy());
}

Figure<Sat> relation_capacity(const Relation& relation) {
    if (!(relation.capacity_sats > 0)) {
        return unknown_capacity();
    }
    return Sat{std::llround(relation.capacity_sats)};
}

} // namespace

std::vector<domain::ReportChannel> list_channels(const NodeDay& day) {
    const NodeView& view = day.view;
    const bool positional = view.day().network.positional_ids;
    const bool tells_inbound = view.day().network.tells.inbound_fees;
    const domain::Absence no_age = positional ? positional_ids() : undated_graph();
    const domain::Absence why_no_balance = day.own() == nullptr ? day.why_no_own
                                           : day.own()->tells_channels()
                                               ? not_among_nodes_channels()
                                               : day.own()->why_without(domain::NodePart::channels);
    const domain::Absence no_update = view.dated() ? no_dated_update() : no_update_dates(view.day().network);
    std::vector<domain::ReportChannel> rows;
    for (const OwnChannel& channel : view.channels()) {
        const domain::NodeChannel* told = day.own() != nullptr ? day.own()->told(channel) : nullptr;
        const auto balance = [&](Msat domain::NodeChannel::*side) {
            return told != nullptr ? Figure<Sat>(to_sat_floor(told->*side)) : Figure<Sat>(why_no_balance);
        };
        rows.push_back({.id = channel.channel->id,
                        .id_text = positional ? std::to_string(channel.channel->id.value) : channel.channel->id.text(),
                        .peer = view.peer(channel.peer).key,
                        .peer_alias = view.peer(channel.peer).alias,
                        .capacity = domain::figure_or(channel.channel->capacity, unknown_capacity()),
                        .age_days = domain::figure_or(channel.age_days, no_age),
                        .last_update_days = domain::figure_or(view.days_since(channel.channel->updated), no_update),
                        .own_fee = fee_of(channel.own_policy(), tells_inbound),
                        .peer_fee = fee_of(channel.peer_policy(), tells_inbound),
                        .disabled_by = disabled_by(channel),
                        .max_htlc = own_max_htlc(channel),
                        .local = balance(&domain::NodeChannel::local),
                        .remote = balance(&domain::NodeChannel::remote)});
    }
    return rows;
}

std::vector<domain::ReportPeer> list_peers(const NodeDay& day) {
    std::vector<domain::ReportPeer> rows;
    for (std::size_t i = 0; i < day.view.relations().size(); ++i) {
        const Relation& relation = day.view.relations()[i];
        const PeerMarket& market = day.markets[i];
        const domain::Node& peer = day.view.peer(relation.peer);
        const auto quantile = [&](double graph::MarketQuantiles::*which) -> Figure<double> {
            return market.quantiles ? Figure<double>((*market.quantiles).*which) : Figure<double>(too_few_rivals());
        };
        rows.push_back(
            {.peer = peer.key,
             .peer_alias = peer.alias,
             .channels = static_cast<int>(relation.channels.size()),
             .capacity = relation_capacity(relation),
             .own_price = market.own ? Figure<double>(market.own->ppm) : Figure<double>(no_offer()),
             .market_p10 = quantile(&graph::MarketQuantiles::p10),
             .market_median = quantile(&graph::MarketQuantiles::median),
             .market_p95 = quantile(&graph::MarketQuantiles::p95),
             .own_quantile = market.own ? domain::figure_or(market.own->quantile, too_few_rivals()) : no_offer(),
             .price_to_be_paid = cheapest_to_be_paid(relation, day.view.day().network.tells.inbound_fees),
             .rivals = static_cast<int>(market.rivals)});
    }
    return rows;
}

} // namespace mcp::analysis
