#include "analysis/sources_of_report.hpp"

#include "analysis/outside/source_gaps.hpp"
#include "analysis/own/plausible.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

using domain::SourceState;
using domain::SourceStatus;

SourceState state_of_file(const ComposeInput& input) {
    SourceState file{.name = domain::source::kGraph,
                     .status = SourceStatus::ok,
                     .fetched_at = input.generated_at,
                     .age_seconds = {},
                     .error = {}};
    if (input.today.network.as_of) {
        file.age_seconds = (input.generated_at - *input.today.network.as_of).count();
    }
    return file;
}

SourceState state_of_history(const ComposeInput& input) {
    SourceState history = state_of({}, domain::source::kHistory);
    if (!input.history.empty()) {
        history.status = SourceStatus::ok;
        history.fetched_at = input.generated_at;
    }
    return history;
}

/// The user's own node. Where only a statement was given, it tells when it was read.
SourceState state_of_node(const ComposeInput& input) {
    SourceState node = input.node_source ? *input.node_source : state_of({}, domain::source::kNode);
    node.name = domain::source::kNode;
    if (input.own.empty() || input.own.back().day != input.today.date || impossible_in(*input.own.back().node)) {
        return node; // what it says of its time cannot be reckoned with either
    }
    if (!input.node_source) {
        node.status = SourceStatus::ok;
    }
    if (!node.fetched_at) {
        node.fetched_at = input.own.back().node->read_at;
        node.age_seconds = (input.generated_at - *node.fetched_at).count();
    }
    return node;
}

} // namespace

ReportSources sources_of_report(const ComposeInput& input) {
    ReportSources sources;
    sources.all = {input.graph_source ? *input.graph_source : state_of_file(input)};
    sources.all.insert(sources.all.end(), input.other_graph_sources.begin(), input.other_graph_sources.end());
    sources.graphs = sources.all.size();
    sources.all.push_back(state_of_history(input));
    std::span<const SourceState> outside;
    if (input.outside != nullptr) {
        outside = input.outside->states;
    }
    for (const std::string_view name : {domain::source::kMempool, domain::source::kAmboss}) {
        sources.all.push_back(state_of(outside, name));
    }
    sources.all.push_back(state_of_node(input));
    for (const SourceState& state : outside) {
        const bool is_there = std::any_of(sources.all.begin(), sources.all.end(),
                                          [&](const SourceState& known) { return known.name == state.name; });
        if (!is_there) {
            sources.all.push_back(state);
        }
    }
    return sources;
}

} // namespace mcp::analysis
