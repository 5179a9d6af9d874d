#include "analysis/alerts/all.hpp"
#include "analysis/outside/source_gaps.hpp"

namespace mcp::analysis {
namespace {

std::vector<Message> why(const domain::SourceState& source) {
    return {source.error ? *source.error : Message{"alert.source_missing.no_reason", {}}};
}

/// Whether it failed on the days before, nobody knows: its state was not kept.
Finding missing(const domain::SourceState& source, bool is_graph) {
    const std::string name = display_name(source.name);
    return {.severity = domain::Severity::info,
            .title = {"alert.source_missing.title", {{"source", name}}},
            .description = is_graph
                               ? Message{"alert.source_missing.graph", {{"source", name}, {"why", why(source)}}}
                               : Message{"alert.source_missing.provider", {{"source", name}, {"why", why(source)}}},
            .requires_action = false,
            .subject = source.name,
            .standing = Standing{}};
}

} // namespace

// A source that somebody configured and that gave nothing. Whoever reads the report may not be who runs the service: it
// is no more than a note. Where the graph that served instead is too old, source_stale warns of that.
std::vector<Finding> source_missing(const RuleInput& in) {
    std::vector<Finding> findings;
    if (in.surroundings == nullptr) {
        return findings;
    }
    const auto add = [&](std::span<const domain::SourceState> sources, bool are_graphs) {
        for (const domain::SourceState& source : sources) {
            const bool has_its_own_rule = source.name == domain::source::kNode; // node_not_read
            if (source.status == domain::SourceStatus::unavailable && !has_its_own_rule) {
                findings.push_back(missing(source, are_graphs));
            }
        }
    };
    add(in.surroundings->graph_sources, true);
    add(in.surroundings->other_sources, false);
    return findings;
}

} // namespace mcp::analysis
