#include "analysis/absences.hpp"
#include "analysis/score/all.hpp"

namespace mcp::analysis {

// Balances and forwards exist only in the node itself: in the public view these parts are absent, never guessed.
PartResult liquidity(const NodeDay&) {
    return {needs_node(), {"score.absent", {}}};
}

PartResult flow(const NodeDay&) {
    return {needs_node(), {"score.absent", {}}};
}

} // namespace mcp::analysis
