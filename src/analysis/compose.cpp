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

Figure<double> score_change(std::vector<domain::ScorePart>& today, const Days& days) {
    if (days.yesterday() == nullptr) {
        for (domain::ScorePart& part : today) {
            part.change_24h = days.why_no_yesterday();
        }
        return days.why_no_yesterday();
    }
    return explain_change(today, score_parts(*days.yesterday()));
}

} // namespace

Report compose(const ComposeInput& input) {
    const Days days(input);
    const NodeDay& today = days.today();
    const GraphHealth health = graph_health(input.today, input.history.empty() ? nullptr : input.history.back());

    domain::Score score{.parts = score_parts(today), .parts_present = 0};
    score.parts_present = static_cast<int>(
        std::count_if(score.parts.begin(), score.parts.end(), [](const auto& part) { return part.value.has_value(); }));
    const std::optional<double> overall = weighted_score(score.parts);
    const Figure<double> delta = score_change(score.parts, days);

    ReportSources sources = sources_of_report(input);
    const domain::SourceState mempool = state_of(sources.all, domain::source::kMempool);
    domain::OnchainFigures onchain = onchain_figures(input.outside, mempool, input.generated_at);
    domain::Told<domain::ReportClosing> closings = told_closings(input.outside, sources.all, input.today.network);
    const Surroundings surroundings{.now = input.generated_at,
                                    .graph_sources = sources.of_graphs(),
                                    .other_sources = sources.others(),
                                    .outside = input.outside,
                                    .onchain = onchain,
                                    .closed_channels = closings};
    AlertHistory alerts = alert_history(days, input, &surroundings);
    const RuleInput rule_input{.today = today,
                               .yesterday = days.yesterday(),
                               .week_ago = days.earliest_within_a_week_before(input.today.date),
                               .open_advice = input.open_advice,
                               .health = health,
                               .thresholds = input.thresholds,
                               .surroundings = &surroundings};
    std::vector<domain::Recommendation> advice = recommendations(rule_input);
    domain::CapacityMetrics capacity = capacity_metrics(days);

    domain::Summary summary{.overall_score = overall ? Figure<int>(static_cast<int>(std::lround(*overall)))
                                                     : Figure<int>(no_score_part()),
                            .score_delta_24h = delta,
                            .status = status_of(overall, alerts.current),
                            .critical_alerts = count_of(alerts.current, Severity::critical),
                            .warnings = count_of(alerts.current, Severity::warning),
                            .capacity = capacity.total,
                            .channels_count = static_cast<int>(today.view.channels().size()),
                            .forwarding_rate_24h = needs_node(),
                            .revenue_24h = needs_node(),
                            .headline = headline(alerts.current, advice)};

    const domain::Node& self = today.view.peer(input.node);
    Report report{.report_id = input.report_id,
                  .user_id = input.user_id,
                  .tenant_id = input.tenant_id,
                  .node = self.key,
                  .node_alias = self.alias,
                  .report_date = input.today.date,
                  .generated_at = input.generated_at,
                  .graph_as_of = input.today.network.as_of,
                  .summary = std::move(summary),
                  .capacity = std::move(capacity),
                  .channel_metrics = channel_metrics(days),
                  .forwarding = forwarding_metrics(),
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
                  .onchain = std::move(onchain),
                  .bitcoin_price = price_figures(input.outside, mempool),
                  .provider_networks = counted_networks(input.outside, sources.all),
                  .provider_nodes = counted_nodes(input.outside, sources.all),
                  .closed_channels = std::move(closings),
                  .sources = std::move(sources.all),
                  .warnings = warnings_about(input.today, health)};
    if (today.position_refused) {
        refuse_positions(report, *today.position_refused);
    }
    return report;
}

} // namespace mcp::analysis
