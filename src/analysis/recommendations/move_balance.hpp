#pragma once
#include "analysis/own/own_day.hpp"
#include "analysis/rule_input.hpp"

#include <optional>

namespace mcp::analysis {

/// A side of the node that has run out, and how much would have to be moved there.
struct ShortSide {
    bool is_ours;
    double share; ///< of all balances on announced channels
    Sat to_move;  ///< until a quarter lies there, in steps of 10,000 sat
};

inline constexpr double kQuarter = 0.25;

/// Nothing when neither side has run out, when the node was in doubt, or when it is too little to move.
[[nodiscard]] std::optional<ShortSide> short_side(const RuleInput& in);

/// The largest peer that a usual forward cannot be sent to. Nothing when there is none.
[[nodiscard]] const OwnPeer* largest_unreached(const OwnDay& own);

} // namespace mcp::analysis
