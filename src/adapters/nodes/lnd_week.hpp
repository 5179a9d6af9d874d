#pragma once
#include "adapters/nodes/flow_sums.hpp"
#include "adapters/nodes/lnd_told.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "domain/own_node.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// The days D-7 .. D-1, put together from LND's forwards and transactions: pure.
namespace mcp::adapters::lnd {

/// The days of D-7 .. D-1 that are not in `known`.
[[nodiscard]] std::set<Day> days_to_ask(Day day, const std::vector<domain::NodeDayFlow>& known);

/// Forwards, page by page. A forward belongs to the day in which it was settled, to the nanosecond where LND tells it.
class WeekOfForwards {
public:
    enum class Next { go_on, ended, begin_anew };

    /// @param wanted at least one day; what is told of others is left out   @param names LND's of channels
    WeekOfForwards(std::set<Day> wanted, ChannelNames names) : wanted_(std::move(wanted)), names_(std::move(names)) {}

    /// Seconds, both included. LND's slice ends with the first instant of that second, so that a day needs the next
    /// midnight asked for, or its last second is lost.
    [[nodiscard]] std::int64_t asks_from() const;
    [[nodiscard]] std::int64_t asks_to() const;

    /// @return go_on: ask again, from page.next_offset. begin_anew: records have come in between, so that some would
    /// count twice; all is forgotten, ask from 0. bad_upstream for days that cannot be
    [[nodiscard]] Result<Next> add(const ForwardPage& page);
    /// The days that were wanted, oldest first, without chain costs.
    [[nodiscard]] std::vector<domain::NodeDayFlow> told() const;

private:
    [[nodiscard]] domain::ShortChannelId real(domain::ShortChannelId told) const;
    [[nodiscard]] Result<void> add(const Forward& forward);

    std::set<Day> wanted_;
    ChannelNames names_;
    std::map<Day, FlowSums> sums_;
    std::int64_t newest_ns_ = 0;
};

/// Transactions in blocks, from the tip backwards: how far back a day is in blocks is not known, only guessed, so the
/// windows widen until something older than all wanted days shows, or the chain's beginning.
class WeekOfTransactions {
public:
    struct Heights {
        std::int64_t from; ///< both included
        std::int64_t to;
    };

    WeekOfTransactions(std::set<Day> wanted, Day day, std::uint32_t tip);

    [[nodiscard]] std::optional<Heights> asks() const; ///< nothing: all is known
    /// @return bad_upstream for days that cannot be
    [[nodiscard]] Result<void> add(const std::vector<Transaction>& window);
    /// Of one of the days that were wanted.
    [[nodiscard]] domain::ChainCosts of(Day day) const;

private:
    std::set<Day> wanted_;
    std::optional<Heights> next_;
    std::int64_t width_;
    std::set<std::string> counted_;
    std::map<Day, domain::ChainCosts> costs_;
};

} // namespace mcp::adapters::lnd
