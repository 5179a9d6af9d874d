#include "adapters/nodes/flow_sums.hpp"

namespace mcp::adapters {
namespace {

/// An eighth of all bitcoin: the sums of 30 such days still fit.
constexpr Msat kDayMax{kAllBitcoin.value * 1000 / 8};

bool fits(Msat sum, Msat more) {
    return more <= kDayMax && sum <= kDayMax - more;
}

} // namespace

Msat size_of(Msat amount) {
    std::int64_t step = 1;
    while (amount.value / step >= 100) {
        step *= 10;
    }
    const std::int64_t digits = amount.value / step + (amount.value % step == 0 ? 0 : 1);
    return Msat{digits * step};
}

bool FlowSums::add(Pair channels, Msat amount_in, Msat amount_out) {
    if (!fits(total_in_, amount_in) || !fits(total_out_, amount_out)) {
        return false;
    }
    total_in_ += amount_in;
    total_out_ += amount_out;
    domain::ForwardSum& sum = forwards_[channels];
    ++sum.count;
    sum.amount_in += amount_in;
    sum.amount_out += amount_out;
    ++sizes_[size_of(amount_out)];
    return true;
}

void FlowSums::add_failure(Pair channels, bool is_ours) {
    if (failures_.size() >= domain::kFailurePairsMax && !failures_.contains(channels)) {
        channels.second = {};
    }
    domain::FailureSum& sum = failures_[channels];
    ++(is_ours ? sum.here : sum.beyond);
}

std::size_t FlowSums::rows() const {
    return forwards_.size() + sizes_.size() + failures_.size();
}

domain::NodeDayFlow FlowSums::of(Day day, bool has_failures) const {
    domain::NodeDayFlow flow{.day = day, .forwards = {}, .sizes = {}, .failures = {}, .chain = {}};
    for (const auto& [channels, sum] : forwards_) {
        flow.forwards.push_back(sum);
        flow.forwards.back().in = channels.first;
        flow.forwards.back().out = channels.second;
    }
    for (const auto& [amount, count] : sizes_) {
        flow.sizes.push_back({amount, count});
    }
    if (has_failures) {
        flow.failures.emplace();
        for (const auto& [channels, sum] : failures_) {
            flow.failures->push_back(sum);
            flow.failures->back().in = channels.first;
            flow.failures->back().out = channels.second;
        }
    }
    return flow;
}

std::size_t rows_of(const std::vector<domain::NodeDayFlow>& days) {
    std::size_t rows = 0;
    for (const domain::NodeDayFlow& day : days) {
        rows += day.forwards.size() + day.sizes.size() + (day.failures ? day.failures->size() : 0);
    }
    return rows;
}

Result<void> check_rows(std::size_t rows) {
    if (rows > domain::kFlowRowsMax) {
        const auto most = static_cast<std::int64_t>(domain::kFlowRowsMax);
        return fail(ErrorKind::bad_upstream, {"own_node.too_many_rows", {{"most", most}}});
    }
    return {};
}

} // namespace mcp::adapters
