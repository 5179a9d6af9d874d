#include "analysis/alerts/all.hpp"
#include "analysis/outside/source_gaps.hpp"

namespace mcp::analysis {
namespace {

using domain::SourceState;
using domain::SourceStatus;
using std::chrono::days;
using std::chrono::seconds;

constexpr days kStaleProvider{7}; // younger ones are told by their age: a provider is not asked of every node every day

/// The last answer came then and none since: so old was it on each day since.
Standing standing_of_answer(seconds age, seconds limit) {
    Standing standing{.days = 0, .before_is_known = true};
    for (; age > limit; age -= days{1}) {
        ++standing.days;
    }
    return standing;
}

std::optional<Finding> stale_provider(const SourceState& source, Time now) {
    if (source.status != SourceStatus::stale || !source.fetched_at || now - *source.fetched_at <= kStaleProvider) {
        return std::nullopt;
    }
    const std::string name = display_name(source.name);
    return Finding{
        .severity = domain::Severity::info,
        .title = {"alert.source_stale.provider", {{"source", name}}},
        .description = {"alert.source_stale.provider_description", {{"source", name}, {"time", *source.fetched_at}}},
        .subject = source.name,
        .standing = standing_of_answer(now - *source.fetched_at, kStaleProvider)};
}

/// Whether an older graph served on the days before, nobody knows.
std::optional<Finding> stale_graph(const RuleInput& in) {
    const SourceState& source = in.surroundings->graph_sources.front();
    if (source.status != SourceStatus::stale) {
        return std::nullopt;
    }
    const std::vector<Message> why = {source.error ? *source.error : Message{"alert.source_stale.no_reason", {}}};
    return Finding{.severity = in.today.position_refused ? domain::Severity::warning : domain::Severity::info,
                   .title = {"alert.source_stale.graph", {}},
                   .description = {"alert.source_stale.graph_description", {{"why", why}}},
                   .requires_action = true,
                   .subject = source.name,
                   .standing = Standing{}};
}

} // namespace

// A half-synchronised graph makes every position figure wrong in the same direction: better said first than explained
// later.
std::optional<Finding> source_stale(const RuleInput& in) {
    if (!in.health.looks_half_synchronised()) {
        return std::nullopt;
    }
    const Message why = in.health.far_fewer_nodes()
                            ? Message{"alert.source_stale.fewer_nodes", {{"ratio", Share{*in.health.node_ratio}}}}
                            : Message{"alert.source_stale.silent", {{"share", Share{*in.health.silent_share}}}};
    return Finding{.severity = domain::Severity::warning,
                   .title = {"alert.source_stale.title", {}},
                   .description = {"alert.source_stale.description", {{"why", std::vector<Message>{why}}}},
                   .requires_action = true};
}

// Figures of yesterday's network under today's date, or a provider that has not answered for a week.
std::vector<Finding> stale_sources(const RuleInput& in) {
    std::vector<Finding> findings;
    if (in.surroundings == nullptr) {
        return findings;
    }
    if (std::optional<Finding> graph = stale_graph(in)) {
        findings.push_back(std::move(*graph));
    }
    for (const SourceState& source : in.surroundings->other_sources) {
        if (std::optional<Finding> provider = stale_provider(source, in.surroundings->now)) {
            findings.push_back(std::move(*provider));
        }
    }
    return findings;
}

} // namespace mcp::analysis
