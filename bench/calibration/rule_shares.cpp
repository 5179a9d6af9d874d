#include "bench/calibration/rule_shares.hpp"

#include <algorithm>

namespace mcp::calibration {
namespace {

using analysis::Finding;
using analysis::NodeDay;
using analysis::RuleInput;
using analysis::Thresholds;

/// What the rules are given of one node on one day: the day before, and the oldest of the days before that.
RuleInput input_of(const NodeDays& node, const Recording& recording, std::size_t day, const Thresholds& thresholds) {
    const auto end = node.begin() + static_cast<std::ptrdiff_t>(day);
    const auto oldest = std::find_if(node.begin(), end, [](const auto& earlier) { return earlier != nullptr; });
    return {.today = *node[day],
            .yesterday = day > 0 ? node[day - 1].get() : nullptr,
            .week_ago = oldest == end ? nullptr : oldest->get(),
            .health = recording.health(day),
            .thresholds = thresholds};
}

} // namespace

RuleShare share_of_rule(const Check& check, const Recording& recording, std::size_t day, const Thresholds& thresholds) {
    RuleShare share;
    for (const NodeDays& node : recording.nodes()) {
        if (node[day] == nullptr || !(large_enough(node, day) || large_enough(node, day - 1))) {
            continue;
        }
        ++share.nodes;
        const std::optional<Finding> finding = check(input_of(node, recording, day, thresholds));
        if (!finding) {
            continue;
        }
        const std::optional<Finding> before =
            node[day - 1] ? check(input_of(node, recording, day - 1, thresholds)) : std::nullopt;
        share.standing += 1;
        share.newly += finding->is_event || !before ? 1 : 0;
    }
    share.standing /= static_cast<double>(share.nodes);
    share.newly /= static_cast<double>(share.nodes);
    return share;
}

double share_mirrored(const Check& check, const Recording& recording, std::size_t day, const Thresholds& thresholds) {
    double nodes = 0;
    double found = 0;
    for (const NodeDays& node : recording.nodes()) {
        if (large_enough(node, day) && node[day - 1] != nullptr) {
            const RuleInput backwards{.today = *node[day - 1],
                                      .yesterday = node[day].get(),
                                      .health = recording.health(day),
                                      .thresholds = thresholds};
            ++nodes;
            found += check(backwards) ? 1 : 0;
        }
    }
    return found / nodes;
}

double share_advised(const Advise& advise, const Recording& recording, std::size_t day, const Thresholds& thresholds) {
    double nodes = 0;
    double advised = 0;
    for (const NodeDays& node : recording.nodes()) {
        if (large_enough(node, day)) {
            ++nodes;
            advised += advise(input_of(node, recording, day, thresholds)) ? 1 : 0;
        }
    }
    return advised / nodes;
}

} // namespace mcp::calibration
