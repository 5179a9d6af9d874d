#pragma once
#include "analysis/alerts/all.hpp"
#include "bench/calibration/recording.hpp"

#include <functional>

namespace mcp::calibration {

/// How often a rule speaks on one day, among the nodes that are there and had kFewestChannels or more on that day or
/// the day before (a rule about losing channels must not lose its own cases).
struct RuleShare {
    std::size_t nodes = 0;
    double standing = 0; ///< share of them for which it holds on that day
    double newly = 0;    ///< share for which it is news: an event, or a state that did not stand the day before
};

using Check = std::function<std::optional<analysis::Finding>(const analysis::RuleInput&)>;

/// @param day position in the recording, 1 or more
[[nodiscard]] RuleShare share_of_rule(const Check& check, const Recording& recording, std::size_t day,
                                      const analysis::Thresholds& thresholds);

/// The rule asked backwards, with the day as the one before its predecessor: openings stand for closings, growth for
/// loss. For what the recorded graphs tell too little of.
[[nodiscard]] double share_mirrored(const Check& check, const Recording& recording, std::size_t day,
                                    const analysis::Thresholds& thresholds);

/// Share of the nodes with kFewestChannels or more to which a piece of advice is given on that day.
using Advise = std::function<bool(const analysis::RuleInput&)>;
[[nodiscard]] double share_advised(const Advise& advise, const Recording& recording, std::size_t day,
                                   const analysis::Thresholds& thresholds);

} // namespace mcp::calibration
