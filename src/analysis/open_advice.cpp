#include "analysis/open_advice.hpp"

#include <algorithm>

namespace mcp::analysis {

double OpenAdvice::worth(const OpenCandidate& candidate, std::size_t fee) const {
    return static_cast<double>(own_fees[fee].value) * candidate.departures[fee] +
           static_cast<double>(usual_fee.value) * candidate.arrivals;
}

std::size_t OpenAdvice::best_fee(const OpenCandidate& candidate) const {
    const auto usual = std::find(own_fees.begin(), own_fees.end(), usual_fee);
    std::size_t best = usual == own_fees.end() ? 0 : static_cast<std::size_t>(usual - own_fees.begin());
    for (std::size_t fee = 0; fee < own_fees.size(); ++fee) {
        best = worth(candidate, fee) > worth(candidate, best) ? fee : best;
    }
    return best;
}

} // namespace mcp::analysis
