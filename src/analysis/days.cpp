#include "analysis/days.hpp"

#include "analysis/absences.hpp"
#include "analysis/position_refusal.hpp"

#include <algorithm>

namespace mcp::analysis {

Days::Days(const ComposeInput& input) : own_(input) {
    const domain::PubKey& key = input.today.network.nodes[input.node].key;
    const std::optional<domain::Absence> refused =
        position_refusal(input); // today's is not held against an earlier one
    for (const DayFacts* day : input.history) {
        graph_dates_.push_back(day->date);
        if (const std::optional<domain::NodeId> node = day->network.find(key)) {
            add(*day, *node, refused);
        }
    }
    graph_dates_.push_back(input.today.date);
    add(input.today, input.node, refused);
}

void Days::add(const DayFacts& day, domain::NodeId node, const std::optional<domain::Absence>& refused) {
    days_.push_back(std::make_unique<NodeDay>(day, node, refused));
    days_.back()->why_no_own = own_.why_not_on(day.date);
    if (const domain::OwnNode* told = own_.on(day.date)) {
        days_.back()->tell(*told, own_.on(day.date - std::chrono::days{1}), own_.on(day.date - std::chrono::days{7}));
    }
}

const NodeDay* Days::on(Day date) const {
    const auto found =
        std::find_if(days_.begin(), days_.end(), [&](const auto& day) { return day->view.day().date == date; });
    return found == days_.end() ? nullptr : found->get();
}

Day Days::day_before() const {
    return today().view.day().date - std::chrono::days{1};
}

const NodeDay* Days::yesterday() const {
    return on(day_before());
}

domain::Absence Days::why_not_on(Day date) const {
    return has_graph_of(date) ? not_there_then() : no_graph_of_that_day();
}

domain::Absence Days::why_no_yesterday() const {
    return has_graph_of(day_before()) ? not_there_then() : no_yesterday();
}

const NodeDay* Days::earliest_within_a_week_before(Day date) const {
    for (const auto& day : days_) { // oldest first
        if (day->view.day().date < date && day->view.day().date >= date - std::chrono::days{7}) {
            return day.get();
        }
    }
    return nullptr;
}

bool Days::has_graph_of(Day date) const {
    return std::find(graph_dates_.begin(), graph_dates_.end(), date) != graph_dates_.end();
}

} // namespace mcp::analysis
