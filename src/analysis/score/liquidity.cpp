#include "analysis/absences.hpp"
#include "analysis/own/node_section.hpp"
#include "analysis/score/all.hpp"

namespace mcp::analysis {
namespace {

/// Whose size the forwards have by which the part judges; too few, and not told, are two things.
std::string_view key_of_size(const OwnDay& own) {
    if (own.usual_forward_is_own()) {
        return "score.liquidity";
    }
    return own.week() ? "score.liquidity_typical" : "score.liquidity_untold";
}

} // namespace

// Whether what usually passes could pass now: to how much of the capacity with peers it can be sent, from how much it
// can come. Both are needed, so the harmonic mean: a node that can only send forwards nothing. Balances exist only in
// the node itself: in the public view this is absent, never guessed.
PartResult liquidity(const NodeDay& day, const OwnDay* own) {
    if (own == nullptr) {
        return {day.own() != nullptr ? needs_node() : day.why_no_own, {"score.absent", {}}};
    }
    if (!own->tells_the_moment()) {
        return {own->why_no_moment(), {"score.absent", {}}};
    }
    const auto send = peer_share(*own, [&](const OwnPeer& peer) { return can_send_usual(*own, peer); });
    const auto receive = peer_share(*own, [&](const OwnPeer& peer) { return can_receive_usual(*own, peer); });
    if (!send || !receive) {
        return {node_has_no_channel(), {"score.absent", {}}};
    }
    const double both = *send + *receive > 0 ? 2 * *send * *receive / (*send + *receive) : 0;
    return {100 * both,
            {key_of_size(*own),
             {{"amount", to_sat_floor(own->usual_forward())}, {"send", Share{*send}}, {"receive", Share{*receive}}}},
            true};
}

} // namespace mcp::analysis
