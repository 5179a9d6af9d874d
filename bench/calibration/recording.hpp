#pragma once
#include "analysis/graph_health.hpp"
#include "analysis/node_day.hpp"

#include <memory>
#include <string>
#include <vector>

/// The evidence behind thresholds and weights: real days, and every node of some size on each. Programs and tests only.
namespace mcp::calibration {

/// The smallest node that thresholds are calibrated for.
inline constexpr std::size_t kFewestChannels = 5;

/// A graph file with all that reports need of it. Throws std::runtime_error with the reason where it cannot be read.
[[nodiscard]] std::unique_ptr<analysis::DayFacts> facts_of_file(const std::string& path, Day date);

/// One node, day by day; nothing on a day whose graph does not know it.
using NodeDays = std::vector<std::unique_ptr<analysis::NodeDay>>;

/// Consecutive days of one network, and the nodes that have kFewestChannels or more on any of them.
class Recording {
public:
    explicit Recording(std::vector<std::unique_ptr<analysis::DayFacts>> days);

    [[nodiscard]] std::size_t days() const { return days_.size(); }
    [[nodiscard]] const analysis::DayFacts& day(std::size_t i) const { return *days_[i]; }
    /// Against the graph of the day before.
    [[nodiscard]] const analysis::GraphHealth& health(std::size_t i) const { return health_[i]; }
    [[nodiscard]] const std::vector<NodeDays>& nodes() const { return nodes_; }

private:
    std::vector<std::unique_ptr<analysis::DayFacts>> days_;
    std::vector<analysis::GraphHealth> health_;
    std::vector<NodeDays> nodes_;
};

/// The node is there on that day and has kFewestChannels or more.
[[nodiscard]] bool large_enough(const NodeDays& node, std::size_t day);

} // namespace mcp::calibration
