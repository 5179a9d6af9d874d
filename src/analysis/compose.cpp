#include "analysis/compose.hpp"

#include "analysis/absences.hpp"
#include "analysis/alert_history.hpp"
#include "analysis/changes.hpp"
#include "analysis/days.hpp"
#include "analysis/graph_health.hpp"
#include "analysis/listing.hpp"
#include "analysis/metrics.hpp"
#include "analysis/outside/onchain_fees.hpp"
#include "analysis/outside/providers.hpp"
#include "analysis/outside/source_gaps.hpp"
#include "analysis/own/doubts.hpp"
#include "analysis/own/figures.hpp"
#include "analysis/own/node_section.hpp"
#include "analysis/position_refusal.hpp"
#include "analysis/recommendations/all.hpp"
#include "analysis/score/all.hpp"
#include "analysis/sources_of_report.hpp"
#include "analysis/trends.hpp"
#include "analysis/warnings.hpp"

#include <algorithm>
#include <cmath>

namespace mcp::analysis {
namespace {

using domain::Alert;
using domain::Figure;
using domain::HealthStatus;
using domain::Report;
using domain::Severity;

constexpr double kCriticalBelow = 50;
constexpr double kWarningBelow = 75;

int count_of(const std::vector<Alert>& alerts, Severity severity) {
    return static_cast<int>(
        std::count_if(alerts.begin(), alerts.end(), [&](const Alert& alert) { return alert.severity == severity; }));
}

HealthStatus status_of(const std::optional<double>& score, const std::vector<Alert>& alerts) {
    if ((score && *score < kCriticalBelow) || count_of(alerts, Severity::critical) > 0) {
        return HealthStatus::critical;
    }
    if ((score && *score < kWarningBelow) || count_of(alerts, Severity::warning) > 0) {
        return HealthStatus::warning;
    }
    return HealthStatus::healthy;
}

/// The one thing to know first: the gravest alert, else the best advice, else that nothing calls.
Message headline(const std::vector<Alert>& alerts, const std::vector<domain::Recommendation>& advice) {
    if (!alerts.empty() && alerts.front().severity != Severity::info) {
        return {"headline.alert", {{"what", std::vector<Message>{alerts.front().title}}}};
    }
    if (!advice.empty()) {
        return {"headline.advice", {{"what", std::vector<Message>{advice.front().title}}}};
    }
    return {"headline.quiet", {}};
}

Figure<int> whole(const std::optional<double>& score) {
    return score ? Figure<int>(static_cast<int>(std::lround(*score))) : Figure<int>(no_score_part());
}

Figure<double> score_change(std::vector<domain::ScorePart>& today, const Days& days) {
    if (days.yesterday() == nullptr) {
        for (domain::ScorePart& part : today) {
            part.change_24h = days.why_no_yesterday();
        }
        return days.why_no_yesterday();
    }
    return explain_change(today, score_parts(*days.yesterday()));
}

/// What is known beside the graphs.
struct OtherSources {
    ReportSources sources;
    domain::SourceState mempool;
    domain::OnchainFigures onchain;
    domain::Told<domain::ReportClosing> closings;

    std::optional<Day> node_last_told;

    OtherSources(const ComposeInput& input, const OwnHistory& own)
        : sources(sources_of_report(input)), mempool(state_of(sources.all, domain::source::kMempool)),
          onchain(onchain_figures(input.outside, mempool, input.generated_at)),
          closings(told_closings(input.outside, sources.all, input.today.network, own.on(input.today.date))),
          node_last_told(own.last_before(input.today.date)) {}

    /// Holds as long as this stands where it is.
    [[nodiscard]] Surroundings surroundings(const ComposeInput& input) const {
        return {.now = input.generated_at,
                .graph_sources = sources.of_graphs(),
                .other_sources = sources.others(),
                .outside = input.outside,
                .onchain = onchain,
                .closed_channels = closings,
                .node_last_told = node_last_told};
    }
};

domain::Summary summary(const NodeDay& today, const domain::Score& score, Figure<double> delta,
                        const std::vector<Alert>& alerts, const std::vector<domain::Recommendation>& advice) {
    const std::optional<double> overall = weighted_score(score.parts);
    return {.overall_score = whole(overall),
            .score_delta_24h = std::move(delta),
            .status = status_of(overall, alerts),
            .critical_alerts = count_of(alerts, Severity::critical),
            .warnings = count_of(alerts, Severity::warning),
            .capacity = domain::figure_or(today.view.total_capacity(), unknown_capacity()),
            .channels_count = static_cast<int>(today.view.channels().size()),
            .forwarding_rate_24h = forwarding_rate(today),
            .revenue_24h = forwarding_metrics(today).revenue_24h.map(to_sat_floor),
            .headline = headline(alerts, advice)};
}

/// The earlier days whose graphs come from the same kind of source: what differs otherwise is no change of the node's.
std::vector<const DayFacts*> told_like_today(const ComposeInput& input) {
    std::vector<const DayFacts*> alike;
    for (const DayFacts* day : input.history) {
        if (day->network.is_told_like(input.today.network)) {
            alike.push_back(day);
        }
    }
    return alike;
}

} // namespace

Report compose(const ComposeInput& given) {
    const std::vector<const DayFacts*> history = told_like_today(given);
    ComposeInput input = given;
    input.history = history;
    const Days days(input);
    const NodeDay& today = days.today();
    const GraphHealth health = graph_health(input.today, input.history.empty() ? nullptr : input.history.back());

    domain::Score score{.parts = score_parts(today),
                        .parts_present = 0,
                        .of_public_view = whole(weighted_score(public_score_parts(today)))};
    score.parts_present = static_cast<int>(
        std::count_if(score.parts.begin(), score.parts.end(), [](const auto& part) { return part.value.has_value(); }));
    Figure<double> delta = score_change(score.parts, days);

    OtherSources other(input, days.own());
    const Surroundings surroundings = other.surroundings(input);
    AlertHistory alerts = alert_history(days, input, &surroundings);
    const RuleInput rule_input{.today = today,
                               .yesterday = days.yesterday(),
                               .week_ago = days.earliest_within_a_week_before(input.today.date),
                               .open_advice = input.open_advice,
                               .health = health,
                               .thresholds = input.thresholds,
                               .surroundings = &surroundings};
    std::vector<domain::Recommendation> advice = recommendations(rule_input);
    const domain::Node& self = today.view.peer(input.node);
    Report report{.report_id = input.report_id,
                  .user_id = input.user_id,
                  .tenant_id = input.tenant_id,
                  .node = self.key,
                  .node_alias = self.alias,
                  .report_date = input.today.date,
                  .generated_at = input.generated_at,
                  .graph_as_of = input.today.network.as_of,
                  .summary = summary(today, score, std::move(delta), alerts.current, advice),
                  .capacity = capacity_metrics(days),
                  .channel_metrics = channel_metrics(days),
                  .forwarding = forwarding_metrics(today),
                  .fees = fee_metrics(today),
                  .network = network_metrics(days),
                  .channels = list_channels(today),
                  .peers = list_peers(today),
                  .changes = changes_since_yesterday(days),
                  .recommendations = std::move(advice),
                  .alerts = std::move(alerts.current),
                  .resolved_alerts = std::move(alerts.resolved),
                  .trends = trends(days, input.past),
                  .score = std::move(score),
                  .onchain = std::move(other.onchain),
                  .bitcoin_price = price_figures(input.outside, other.mempool),
                  .provider_networks = counted_networks(input.outside, other.sources.all),
                  .provider_nodes = counted_nodes(input.outside, other.sources.all),
                  .closed_channels = std::move(other.closings),
                  .own_node = node_section(today),
                  .sources = std::move(other.sources.all),
                  .warnings = warnings_about(input.today, health)};
    if (history.size() < given.history.size()) {
        report.warnings.push_back({"warning.other_source_before", {}});
    }
    if (today.own() != nullptr && today.own()->in_doubt()) {
        report.warnings.push_back({"warning.node_in_doubt", {{"why", words_of(today.own()->node().doubts)}}});
    }
    if (today.position_refused) {
        refuse_positions(report, *today.position_refused);
    }
    return report;
}

} // namespace mcp::analysis
