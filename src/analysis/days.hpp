#pragma once
#include "analysis/compose.hpp"
#include "analysis/node_day.hpp"
#include "analysis/own/own_history.hpp"
#include "domain/figure.hpp"

#include <memory>
#include <vector>

namespace mcp::analysis {

/// One node on every given day in which the graph knew it, oldest first, the report's own day last.
class Days {
public:
    explicit Days(const ComposeInput& input);

    [[nodiscard]] const NodeDay& today() const { return *days_.back(); }
    /// The day before today, when its graph was given and knew the node.
    [[nodiscard]] const NodeDay* yesterday() const;
    /// The node on that date; nothing when no graph was given for it, or when the node was not in it.
    [[nodiscard]] const NodeDay* on(Day date) const;
    /// The oldest day of the seven before `date`.
    [[nodiscard]] const NodeDay* earliest_within_a_week_before(Day date) const;
    /// True when a graph of that date was given, whether it knew the node or not.
    [[nodiscard]] bool has_graph_of(Day date) const;
    /// Why on(date) gives nothing: that day's graph was not given, or did not know the node.
    [[nodiscard]] domain::Absence why_not_on(Day date) const;
    /// Why yesterday() gives nothing.
    [[nodiscard]] domain::Absence why_no_yesterday() const;
    [[nodiscard]] const std::vector<std::unique_ptr<NodeDay>>& all() const { return days_; }
    /// What the node itself told, also for days without a graph.
    [[nodiscard]] const OwnHistory& own() const { return own_; }

private:
    [[nodiscard]] Day day_before() const;

    void add(const DayFacts& day, domain::NodeId node, const std::optional<domain::Absence>& refused);

    OwnHistory own_;
    std::vector<std::unique_ptr<NodeDay>> days_;
    std::vector<Day> graph_dates_;
};

} // namespace mcp::analysis
