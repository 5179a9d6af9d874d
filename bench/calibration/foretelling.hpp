#pragma once
#include "bench/calibration/recording.hpp"
#include "bench/calibration/roc.hpp"

#include <functional>
#include <string>

namespace mcp::calibration {

/// Something known of a node on the first day; larger is meant to be better. Nothing where it is absent.
struct Predictor {
    std::string name;
    std::function<std::optional<double>(const analysis::NodeDay&)> value;
};

/// What became of the node; nothing where the question makes no sense (what is out already cannot go out).
using Fate = std::function<std::optional<bool>(const NodeDays& node)>;

/// How well one predictor told the fate, and what it told that capacity does not.
struct Foretelling {
    std::size_t nodes = 0; ///< that have the predictor's value
    std::size_t good = 0;
    std::optional<Estimate> auc;
    std::optional<Estimate> against_capacity; ///< its AUC less that of capacity on the same nodes
    std::optional<Estimate> within_capacity;  ///< AUC among nodes of the same tenth by capacity
};

/// The score, the score without each of its parts, each part, and what anybody could use instead.
[[nodiscard]] std::vector<Predictor> predictors();

/// @param day of the prediction   @param fate asked of each node that is large enough on that day
[[nodiscard]] Foretelling foretell(const Predictor& predictor, const Fate& fate, const Recording& recording,
                                   std::size_t day);

/// The node has a public channel on that day.
[[nodiscard]] Fate survives(std::size_t until);
/// It has at least half of the channels that it had on the first day.
[[nodiscard]] Fate keeps_half_of_channels(std::size_t from, std::size_t until);
/// It keeps nine tenths of its capacity and does not become unreachable or vanish. Nothing for one that is unreachable
/// already.
[[nodiscard]] Fate stays_out_of_trouble(std::size_t from, std::size_t until);
/// Of the capacity that it could use on the first day, in channels that both days have, nine tenths can be used still.
[[nodiscard]] Fate keeps_usable_capacity(std::size_t from, std::size_t until);

} // namespace mcp::calibration
