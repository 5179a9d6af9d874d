#include "analysis/open_advice.hpp"

namespace mcp::analysis {

double OpenAdvice::worth(const OpenCandidate& candidate, std::size_t fee) const {
    return static_cast<double>(own_fees[fee].value) * candidate.departures[fee] +
           static_cast<double>(usual_fee.value) * candidate.arrivals;
}

std::size_t OpenAdvice::best_fee(const OpenCandidate& candidate) const {
    std::size_t best = 0;
    for (std::size_t fee = 1; fee < own_fees.size(); ++fee) {
        best = worth(candidate, fee) > worth(candidate, best) ? fee : best;
    }
    return best;
}

} // namespace mcp::analysis
