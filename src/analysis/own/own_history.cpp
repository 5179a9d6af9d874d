#include "analysis/own/own_history.hpp"

#include "analysis/absences.hpp"
#include "analysis/own/plausible.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

using domain::Absence;
using domain::SourceStatus;

/// Why the node told nothing for the report's day, by the state of the source.
Absence why_silent(const std::optional<domain::SourceState>& node) {
    if (!node || node->status == SourceStatus::not_configured) {
        return needs_node();
    }
    if (node->error) {
        return {{"absent.node_not_read_why", {{"error", std::vector<Message>{*node->error}}}}, domain::source::kNode};
    }
    return {{"absent.node_not_read", {}}, domain::source::kNode};
}

std::optional<Message> why_unbelievable(const domain::OwnNode& told, const domain::PubKey& key) {
    return told.key == key ? impossible_in(told) : std::optional(Message{"absent.node_is_another", {}});
}

} // namespace

OwnHistory::OwnHistory(const ComposeInput& input)
    : today_(input.today.date),
      is_connected_(!input.own.empty() ||
                    (input.node_source && input.node_source->status != SourceStatus::not_configured)),
      why_not_today_(why_silent(input.node_source)) {
    const domain::PubKey& key = input.today.network.nodes[input.node].key;
    for (const OwnNodeOfDay& of_day : input.own) {
        if (std::optional<Message> why = why_unbelievable(*of_day.node, key)) {
            if (of_day.day == today_) {
                why_not_today_ = {std::move(*why), domain::source::kNode};
            }
        } else if (of_day.day <= today_) {
            told_[of_day.day] = of_day.node;
        }
    }
}

const domain::OwnNode* OwnHistory::on(Day day) const {
    const auto found = told_.find(day);
    return found == told_.end() ? nullptr : found->second;
}

const domain::NodeDayFlow* OwnHistory::flow_on(Day day) const {
    for (auto newest = told_.rbegin(); newest != told_.rend(); ++newest) {
        const auto& days = newest->second->days;
        const auto found =
            std::find_if(days.begin(), days.end(), [&](const domain::NodeDayFlow& flow) { return flow.day == day; });
        if (found != days.end()) {
            return &*found;
        }
    }
    return nullptr;
}

std::optional<Day> OwnHistory::last_before(Day day) const {
    const auto after = told_.lower_bound(day);
    return after == told_.begin() ? std::nullopt : std::optional(std::prev(after)->first);
}

Absence OwnHistory::why_not_on(Day day) const {
    if (day == today_ || !is_connected_) {
        return why_not_today_;
    }
    return node_not_told_then();
}

} // namespace mcp::analysis
