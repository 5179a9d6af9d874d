#pragma once
#include "analysis/alerts/all.hpp"
#include "bench/calibration/rule_shares.hpp"

#include <string>
#include <vector>

namespace mcp::calibration {

/// A rule with a threshold that was tried.
struct Candidate {
    std::string rule;
    std::string what;
    Check check;
    analysis::Thresholds thresholds;
};

/// Every threshold tried for every rule that has one, so that the defaults can be seen on their curves.
[[nodiscard]] std::vector<Candidate> candidates();

} // namespace mcp::calibration
