#include "analysis/alert_history.hpp"

#include "analysis/alerts/all.hpp"
#include "analysis/graph_health.hpp"

#include <algorithm>
#include <map>

namespace mcp::analysis {
namespace {

using domain::Alert;

struct Found {
    const AlertRule* rule;
    Finding finding;
};

/// The newest given graph before `date`, whether it knew the node or not.
const DayFacts* graph_before(const ComposeInput& input, Day date) {
    const DayFacts* newest = nullptr;
    for (const DayFacts* day : input.history) {
        newest = day->date < date ? day : newest;
    }
    return newest;
}

std::vector<Found> findings_of(const NodeDay& day, const Days& days, const ComposeInput& input,
                               const Surroundings* surroundings) {
    const Day date = day.view.day().date;
    const GraphHealth health = graph_health(day.view.day(), graph_before(input, date));
    const RuleInput rule_input{.today = day,
                               .yesterday = days.on(date - std::chrono::days{1}),
                               .week_ago = days.earliest_within_a_week_before(date),
                               .health = health,
                               .thresholds = input.thresholds,
                               .surroundings = surroundings};
    std::vector<Found> found;
    for (const AlertRule& rule : alert_rules()) {
        for (Finding& finding : rule.findings(rule_input)) {
            found.push_back({&rule, std::move(finding)});
        }
    }
    return found;
}

Alert to_alert(const Found& found, Day date) {
    const std::string_view subject = found.finding.subject;
    const std::string_view type = found.rule->type;
    return {.id = std::string(type) + (subject.empty() ? "" : "_" + std::string(subject)),
            .type = type,
            .severity = found.finding.severity,
            .title = found.finding.title,
            .description = found.finding.description,
            .requires_action = found.finding.requires_action,
            .state = domain::AlertState::unknown,
            .since = date,
            .days_is_lower_bound = false,
            .days = 1};
}

using FindingsByDay = std::map<Day, std::vector<Found>>;

/// Whether that day's state was told at all, in the way in which it is told today: else nobody knows whether it stood.
bool is_known(const AlertRule& rule, const Days& days, Day date) {
    const auto told_by_node = [&](const NodeDay* day) {
        return day != nullptr && day->own() != nullptr && rule.is_told(*day->own());
    };
    if (rule.is_told == nullptr) {
        return days.has_graph_of(date);
    }
    if (!rule.else_from_graph || told_by_node(&days.today())) {
        return told_by_node(days.on(date));
    }
    return days.has_graph_of(date) && !told_by_node(days.on(date));
}

const Found* standing(const FindingsByDay& findings, Day date, std::string_view type) {
    const auto day = findings.find(date);
    if (day == findings.end()) {
        return nullptr;
    }
    const auto found = std::find_if(day->second.begin(), day->second.end(), [&](const Found& f) {
        return f.rule->type == type && f.finding.subject.empty() && !f.finding.is_event;
    });
    return found == day->second.end() ? nullptr : &*found;
}

void tell_how_long(Alert& alert, const Found& found, const FindingsByDay& findings, const Days& days) {
    const auto one_day = std::chrono::days{1};
    const Finding& finding = found.finding;
    const auto is_known_before = [&] { return is_known(*found.rule, days, alert.since - one_day); };
    if (finding.standing) {
        alert.days = finding.standing->days;
        alert.since -= one_day * (alert.days - 1);
    } else if (!finding.is_event) {
        while (is_known_before() && standing(findings, alert.since - one_day, alert.type) != nullptr) {
            alert.since -= one_day;
            ++alert.days;
        }
    }
    const bool day_before_is_known =
        finding.standing ? finding.standing->before_is_known : finding.is_event || is_known_before();
    alert.days_is_lower_bound = !day_before_is_known;
    if (alert.days > 1) {
        alert.state = domain::AlertState::ongoing;
    } else if (day_before_is_known) {
        alert.state = domain::AlertState::fresh;
    }
}

} // namespace

AlertHistory alert_history(const Days& days, const ComposeInput& input, const Surroundings* surroundings) {
    const Day today = input.today.date;
    FindingsByDay findings;
    for (const auto& day : days.all()) {
        const Day date = day->view.day().date;
        findings.emplace(date, findings_of(*day, days, input, date == today ? surroundings : nullptr));
    }
    const Day yesterday = today - std::chrono::days{1};
    AlertHistory history;
    for (const Found& found : findings.at(today)) {
        Alert alert = to_alert(found, today);
        tell_how_long(alert, found, findings, days);
        history.current.push_back(std::move(alert));
    }
    std::stable_sort(history.current.begin(), history.current.end(),
                     [](const Alert& a, const Alert& b) { return a.severity < b.severity; });
    for (const AlertRule& rule : alert_rules()) {
        if (!is_known(rule, days, today) || !is_known(rule, days, yesterday)) {
            continue;
        }
        const Found* before = standing(findings, yesterday, rule.type);
        if (before != nullptr && standing(findings, today, rule.type) == nullptr) {
            Alert alert = to_alert(*before, yesterday);
            tell_how_long(alert, *before, findings, days);
            history.resolved.push_back(std::move(alert));
        }
    }
    return history;
}

} // namespace mcp::analysis
