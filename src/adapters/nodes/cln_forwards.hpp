#pragma once
#include "adapters/nodes/cln_channels.hpp"
#include "adapters/nodes/flow_sums.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/units.hpp"
#include "domain/channel.hpp"
#include "domain/own_node.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

/// Core Lightning's `listforwards`, put together into days: pure.
namespace mcp::adapters {

enum class ClnForwardStatus { offered, settled, local_failed, failed };

struct ClnForward {
    std::uint64_t created_index = 0; ///< in order of beginning, gaps where some were deleted; 0: not asked by index
    domain::ShortChannelId in;
    std::optional<std::uint64_t> in_htlc; ///< absent of very old ones
    domain::ShortChannelId out;           ///< 0: it never came so far
    Msat amount_in;
    Msat amount_out; ///< of a settled one
    ClnForwardStatus status = ClnForwardStatus::offered;
    std::optional<std::int64_t> received_s; ///< seconds since 1970; absent in 2018
    std::optional<std::int64_t> resolved_s;

    /// The day that it counts on; nothing while it is under way, and of those without a date.
    [[nodiscard]] std::optional<Day> day() const;
};

/// @param is_indexed whether it was asked by `index`: each then has its number, in ascending order
/// @return bad_upstream, with the path, for what is no such answer or cannot be
[[nodiscard]] Result<std::vector<ClnForward>> read_cln_forwards(std::string_view body, bool is_indexed);

/// Finds where to begin to read forwards, by asking for single ones: some 20 of a million.
/// The first that is to be read may be up to kNear numbers further on: no more is asked than reading those costs.
class ClnForwardSearch {
public:
    static constexpr std::uint64_t kNear = 4000;

    /// @param from_s what was received before is not wanted; times must ascend with numbers
    explicit ClnForwardSearch(std::int64_t from_s) : from_s_(from_s) {}

    /// The number from which on the first forward is to be asked for; nothing: begin() is known.
    [[nodiscard]] std::optional<std::uint64_t> asks() const;
    void saw(const std::optional<ClnForward>& first); ///< what came of it; nothing: there is none
    [[nodiscard]] std::uint64_t begin() const { return early_; }

private:
    enum class Stage { first, leaps, halves, done };

    [[nodiscard]] bool is_early(const std::optional<ClnForward>& forward) const;

    std::int64_t from_s_;
    Stage stage_ = Stage::first;
    std::uint64_t early_ = 1; ///< the highest number known to have been received before; 1 at first
    std::uint64_t late_ = 0;  ///< from this number on, all were received later
    std::uint64_t leap_ = 4096;
};

/// The sums of the days that are wanted.
class ClnWeek {
public:
    /// @param day D   @param known their days are not wanted
    ClnWeek(Day day, const std::vector<domain::NodeDayFlow>& known, ClnNames names);

    [[nodiscard]] bool wants_any() const { return !sums_.empty(); }
    [[nodiscard]] Day first() const { return sums_.begin()->first; } ///< @pre wants_any()
    /// Whether it began when all wanted days were over.
    [[nodiscard]] bool is_later(const ClnForward& forward) const;

    /// The next forwards, in the order of their numbers; of the same one twice the first counts.
    /// @return bad_upstream for a day that cannot be
    [[nodiscard]] Result<void> add(const std::vector<ClnForward>& forwards);
    /// How many have been deleted that may have been of the wanted days, as far as numbers show it.
    [[nodiscard]] std::uint64_t deleted() const { return deleted_; }
    /// The wanted days, oldest first, without chain costs.
    [[nodiscard]] std::vector<domain::NodeDayFlow> days() const;

private:
    [[nodiscard]] Result<void> add(const ClnForward& forward);
    void look_for_gap(const ClnForward& forward);
    [[nodiscard]] domain::ShortChannelId real(domain::ShortChannelId told) const;

    std::map<Day, FlowSums> sums_;
    ClnNames names_;
    std::set<std::pair<domain::ShortChannelId, std::uint64_t>> seen_; ///< of those without numbers
    std::optional<std::int64_t> last_received_s_;
    std::uint64_t last_index_ = 0;
    std::uint64_t deleted_ = 0;
};

} // namespace mcp::adapters
