#include "analysis/alerts/all.hpp"
#include "analysis/own/node_section.hpp"
#include "analysis/wording.hpp"

namespace mcp::analysis {
namespace {

/// One direction of the node: out to peers, or in from them.
struct Direction {
    bool (*can)(const OwnDay&, const OwnPeer&);
    double side;                   ///< share of all balances that serves it
    std::string_view title;        ///< where it alone is at fault
    std::string_view side_key;     ///< too little of it
    std::string_view side_typical; ///< the same, where the own forwards' size is not known
    std::string_view peers_key;    ///< too few peers for a usual forward
};

struct Fault {
    std::string_view title;
    Message words;
    bool runs_out; ///< that side is nearly empty
};

/// The reachable peers that a usual forward could not pass, largest first: those that are away are another alert.
std::vector<PeerAmount> stopped(const OwnDay& own, const Direction& direction) {
    std::vector<PeerAmount> peers;
    for (const OwnPeer& peer : own.peers()) {
        if (peer.is_active && !direction.can(own, peer)) {
            peers.push_back({peer.key, peer.capacity});
        }
    }
    return peers;
}

/// Capacity share of the reachable peers that a usual forward could pass.
std::optional<double> reachable_share(const OwnDay& own, const Direction& direction) {
    double all = 0;
    double able = 0;
    for (const OwnPeer& peer : own.peers()) {
        const auto capacity = static_cast<double>(peer.capacity.value);
        all += peer.is_active ? capacity : 0;
        able += peer.is_active && direction.can(own, peer) ? capacity : 0;
    }
    return all > 0 ? std::optional(able / all) : std::nullopt;
}

/// A typical payment is a guess at what passes here: that it does not pass is no fault by itself.
std::optional<Fault> fault(const RuleInput& in, const OwnDay& own, const Direction& direction) {
    const std::vector<PeerAmount> peers = stopped(own, direction);
    const std::vector<Message> names = name_peers(in.today.view, peers);
    if (direction.side < in.thresholds.low_side && !peers.empty()) {
        return Fault{direction.title,
                     {own.usual_forward_is_own() ? direction.side_key : direction.side_typical,
                      {{"share", Share{direction.side}},
                       {"count", static_cast<std::int64_t>(peers.size())},
                       {"amount", to_sat_floor(own.usual_forward())},
                       {"largest", names}}},
                     true};
    }
    const std::optional<double> share =
        own.usual_forward_is_own() ? reachable_share(own, direction) : std::optional<double>();
    if (share && *share < in.thresholds.low_reach) {
        return Fault{direction.title,
                     {direction.peers_key,
                      {{"share", Share{*share}},
                       {"count", static_cast<std::int64_t>(peers.size())},
                       {"amount", to_sat_floor(own.usual_forward())},
                       {"largest", names}}},
                     false};
    }
    return std::nullopt;
}

} // namespace

// A side that runs out stops the forwards in that direction. Single peers run dry every day: only where few are left
// is it an alert.
std::optional<Finding> low_liquidity(const RuleInput& in) {
    const OwnDay* own = in.today.own();
    const auto side = own != nullptr && own->tells_the_moment() ? sides_of(*own).own_share() : std::nullopt;
    const auto other_side = side ? sides_of(*own).peers_share() : std::nullopt;
    if (!side) {
        return std::nullopt;
    }
    std::vector<Message> faults;
    std::string_view title = "alert.low_liquidity.both";
    bool runs_out = false;
    for (const Direction& direction :
         {Direction{can_send_usual, *side, "alert.low_liquidity.out", "alert.low_liquidity.little_local",
                    "alert.low_liquidity.little_local_typical", "alert.low_liquidity.few_send"},
          Direction{can_receive_usual, *other_side, "alert.low_liquidity.in", "alert.low_liquidity.little_remote",
                    "alert.low_liquidity.little_remote_typical", "alert.low_liquidity.few_receive"}}) {
        if (std::optional<Fault> found = fault(in, *own, direction)) {
            title = faults.empty() ? found->title : "alert.low_liquidity.both";
            runs_out = runs_out || found->runs_out;
            faults.push_back(std::move(found->words));
        }
    }
    if (faults.empty()) {
        return std::nullopt;
    }
    return Finding{.severity = runs_out ? domain::Severity::warning : domain::Severity::info,
                   .title = {title, {}},
                   .description = {"alert.low_liquidity.description", {{"faults", faults}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
