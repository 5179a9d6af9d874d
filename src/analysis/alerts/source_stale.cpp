#include "analysis/alerts/all.hpp"
#include "analysis/outside/source_gaps.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

using domain::SourceState;
using domain::SourceStatus;
using std::chrono::days;
using std::chrono::seconds;

constexpr days kStaleProvider{7}; // until then its figures are told with their age

/// The last answer came then and none since: so old was it on each day since.
Standing standing_of_answer(seconds age, seconds limit) {
    Standing standing{.days = 0, .before_is_known = true};
    for (; age > limit; age -= days{1}) {
        ++standing.days;
    }
    return standing;
}

/// When the source last answered anything, as far as its answers are dated by us. Facts of nodes wait for their turn:
/// old ones alone do not make a source stale.
std::optional<Time> last_answer(const domain::Outside& outside, std::string_view source) {
    std::optional<Time> last;
    if (source == domain::source::kMempool && outside.fees) {
        last = outside.fees->asked_at;
    }
    for (const domain::ProviderNetwork& network : outside.networks) {
        last = network.source == source ? std::max(last, network.asked_at) : last;
    }
    for (const domain::ProviderNode& node : outside.nodes) {
        last = node.source == source ? std::max(last, node.asked_at) : last;
    }
    return last;
}

std::optional<Finding> stale_provider(const SourceState& source, const Surroundings& surroundings) {
    if (source.status != SourceStatus::stale || surroundings.outside == nullptr ||
        source.name == domain::source::kNode) {
        return std::nullopt;
    }
    const std::optional<Time> last = last_answer(*surroundings.outside, source.name);
    if (!last || surroundings.now - *last <= kStaleProvider) {
        return std::nullopt;
    }
    const std::vector<Message> why = {source.error ? *source.error : Message{"alert.source_missing.no_reason", {}}};
    return Finding{.severity = domain::Severity::info,
                   .title = {"alert.source_stale.provider", {{"source", display_name(source.name)}}},
                   .description = {"alert.source_stale.provider_description", {{"time", *last}, {"why", why}}},
                   .subject = source.name,
                   .standing = standing_of_answer(surroundings.now - *last, kStaleProvider)};
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
        if (std::optional<Finding> provider = stale_provider(source, *in.surroundings)) {
            findings.push_back(std::move(*provider));
        }
    }
    return findings;
}

} // namespace mcp::analysis
