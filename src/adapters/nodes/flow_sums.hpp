#pragma once
#include "base/error.hpp"
#include "base/units.hpp"
#include "domain/own_node.hpp"

#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace mcp::adapters {

/// Adds up what a node forwarded on one day. The order in which it is told does not matter.
class FlowSums {
public:
    using Pair = std::pair<domain::ShortChannelId, domain::ShortChannelId>; ///< in, out

    /// A settled forward. @pre amounts from 0 to all bitcoin
    /// @return false, and adds nothing, when the day would be beyond belief: sums over a month of such days could
    /// overflow
    [[nodiscard]] bool add(Pair channels, Msat amount_in, Msat amount_out);
    /// Of a day with very many pairs those that come late are counted by their incoming channel, as going nowhere.
    /// @param is_ours we refused it or could not pass it on
    void add_failure(Pair channels, bool is_ours);
    [[nodiscard]] std::size_t rows() const; ///< of forwards, sizes and failures

    /// @param has_failures whether the node keeps failed forwards at all
    [[nodiscard]] domain::NodeDayFlow of(Day day, bool has_failures) const;

private:
    Msat total_in_;
    Msat total_out_;
    std::map<Pair, domain::ForwardSum> forwards_;
    std::map<Msat, std::int64_t> sizes_;
    std::map<Pair, domain::FailureSum> failures_;
};

/// How many rows of forwards, sizes and failures these days have.
[[nodiscard]] std::size_t rows_of(const std::vector<domain::NodeDayFlow>& days);

/// @return an error when a week has more rows than are kept: none of its days is told then
[[nodiscard]] Result<void> check_rows(std::size_t rows);

/// An amount's size, rounded up to two significant digits: 12,345 is about 13,000. @pre from 0 to all bitcoin
[[nodiscard]] Msat size_of(Msat amount);

} // namespace mcp::adapters
