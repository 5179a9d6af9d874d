#include "analysis/recommendations/move_balance.hpp"

#include "analysis/own/node_section.hpp"

#include <algorithm>
#include <cmath>

namespace mcp::analysis {
namespace {

constexpr Sat kStep{10'000};
constexpr Sat kLeast{100'000}; // less is not worth its fees

} // namespace

std::optional<ShortSide> short_side(const RuleInput& in) {
    const OwnDay* own = in.today.own();
    if (own == nullptr || !own->tells_the_moment()) {
        return std::nullopt;
    }
    const Sides sides = sides_of(*own);
    const std::optional<double> own_share = sides.own_share();
    const std::optional<double> peers_share = sides.peers_share();
    if (!own_share || std::min(*own_share, *peers_share) >= in.thresholds.low_side) {
        return std::nullopt;
    }
    const bool is_ours = *own_share < *peers_share;
    const Msat there = is_ours ? sides.local : sides.both - sides.local;
    const Sat missing = to_sat_floor(Msat{sides.both.value / 4} - there);
    const Sat to_move{missing.value / kStep.value * kStep.value};
    if (to_move < kLeast) {
        return std::nullopt;
    }
    return ShortSide{.is_ours = is_ours, .share = is_ours ? *own_share : *peers_share, .to_move = to_move};
}

const OwnPeer* largest_unreached(const OwnDay& own) {
    const auto found = std::find_if(own.peers().begin(), own.peers().end(),
                                    [&](const OwnPeer& peer) { return peer.is_active && !can_send_usual(own, peer); });
    return found == own.peers().end() ? nullptr : &*found;
}

} // namespace mcp::analysis
