#pragma once
#include "analysis/compose.hpp"
#include "domain/figure.hpp"

#include <map>
#include <optional>

namespace mcp::analysis {

/// All that the node told for the report's day and the days before it, as far as it can be believed.
class OwnHistory {
public:
    explicit OwnHistory(const ComposeInput& input);

    /// What it told for that day; nothing: it was not read for it.
    [[nodiscard]] const domain::OwnNode* on(Day day) const;
    /// What it forwarded on one day, by the newest statement that tells it.
    [[nodiscard]] const domain::NodeDayFlow* flow_on(Day day) const;
    /// The last day before `day` for which it was read.
    [[nodiscard]] std::optional<Day> last_before(Day day) const;
    [[nodiscard]] bool is_connected() const { return is_connected_; }
    /// Why on(the report's day) is nothing: not connected, could not be read, or told what cannot be.
    [[nodiscard]] const domain::Absence& why_not_today() const { return why_not_today_; }
    /// The same of a day before.
    [[nodiscard]] domain::Absence why_not_on(Day day) const;

private:
    Day today_;
    bool is_connected_;
    domain::Absence why_not_today_;
    std::map<Day, const domain::OwnNode*> told_;
};

} // namespace mcp::analysis
