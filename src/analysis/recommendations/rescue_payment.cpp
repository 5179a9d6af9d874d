#include "analysis/own/risks.hpp"
#include "analysis/recommendations/all.hpp"
#include "analysis/recommendations/building.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

constexpr double kSoonImpact = 7.0;
constexpr double kCriticalImpact = 10.0;

/// The peer as the graph knows it, else by its key alone: it can still be connected to by that.
domain::Node peer_of(const NodeView& view, const domain::PubKey& key) {
    const std::optional<domain::NodeId> node = view.day().network.find(key);
    return node ? view.peer(*node) : domain::Node{.key = key, .alias = {}, .updated = {}};
}

/// The one to begin with: the gravest, then the one that runs out first. Nothing where none is more than a note.
std::optional<ExpiringHtlc> gravest(const OwnDay& own) {
    std::vector<ExpiringHtlc> list = expiring_htlcs(own, kExpirySoon);
    std::erase_if(list, [&](const ExpiringHtlc& one) { return severity_of(own, one) == domain::Severity::info; });
    const auto first = std::min_element(list.begin(), list.end(), [&](const ExpiringHtlc& a, const ExpiringHtlc& b) {
        return severity_of(own, a) < severity_of(own, b);
    });
    return first == list.end() ? std::nullopt : std::optional(*first);
}

/// Over a channel that can be used there is nobody to connect to: what holds the payment is further along.
std::string_view action_key(const RuleInput& in, const ExpiringHtlc& one, const domain::Node& peer) {
    if (one.channel->is_active) {
        return one.htlc->incoming ? "advice.rescue_payment.action_incoming" : "advice.rescue_payment.action_outgoing";
    }
    return lacks_address(in, peer) ? "advice.rescue_payment.action_without_address" : "advice.rescue_payment.action";
}

} // namespace

// A payment that hangs at a peer that is gone comes through or back as soon as both ends talk again; after its last
// block the channel is closed by force.
std::optional<domain::Recommendation> rescue_payment(const RuleInput& in) {
    if (in.today.own() == nullptr) {
        return std::nullopt;
    }
    const std::optional<ExpiringHtlc> first = gravest(*in.today.own());
    if (!first) {
        return std::nullopt;
    }
    const domain::Node peer = peer_of(in.today.view, first->channel->peer);
    const bool is_critical = severity_of(*in.today.own(), *first) == domain::Severity::critical;
    domain::Recommendation advice =
        advise_as_node_tells(in, is_critical ? kCriticalImpact : kSoonImpact, domain::Category::channels,
                             first->channel->is_active ? Commands{} : connect(peer));
    advice.channels_affected = {first->channel->id.text()};
    advice.title = {"advice.rescue_payment.title", {{"peer", display_name(peer)}}};
    advice.description = {"advice.rescue_payment.description",
                          {{"amount", to_sat_floor(first->htlc->amount)},
                           {"peer", display_name(peer)},
                           {"blocks", std::max<std::int64_t>(0, first->blocks_left)}}};
    advice.suggested_action = {action_key(in, *first, peer), {{"peer", display_name(peer)}}};
    return advice;
}

} // namespace mcp::analysis
