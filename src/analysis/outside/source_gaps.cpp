#include "analysis/outside/source_gaps.hpp"

#include <algorithm>

namespace mcp::analysis {

using domain::SourceState;
using domain::SourceStatus;

std::string display_name(std::string_view source) {
    if (source == domain::source::kAmboss) {
        return "Amboss";
    }
    if (source == domain::source::kLndGraph) {
        return "LND";
    }
    if (source == domain::source::kClnGraph) {
        return "Core Lightning";
    }
    return source == domain::source::kRgs ? "Rapid Gossip Sync" : std::string(source);
}

SourceState state_of(std::span<const SourceState> states, std::string_view name) {
    const auto found = std::find_if(states.begin(), states.end(), [&](const SourceState& s) { return s.name == name; });
    if (found != states.end()) {
        return *found;
    }
    return {.name = name, .status = SourceStatus::not_configured, .fetched_at = {}, .age_seconds = {}, .error = {}};
}

domain::Absence tells_not(std::string_view source) {
    return {{"absent.source_tells_not", {{"source", display_name(source)}}}, source};
}

domain::Absence why_untold(const SourceState& state) {
    switch (state.status) {
    case SourceStatus::not_configured:
        return {{"absent.source_not_configured", {{"source", display_name(state.name)}}}, state.name};
    case SourceStatus::unavailable:
        if (state.error) {
            return {{"absent.source_failed",
                     {{"source", display_name(state.name)}, {"error", std::vector<Message>{*state.error}}}},
                    state.name};
        }
        return {{"absent.source_unavailable", {{"source", display_name(state.name)}}}, state.name};
    case SourceStatus::stale: // it answered other questions, or this one in a way that could not be read
        if (state.error) {
            return {{"absent.source_told_not",
                     {{"source", display_name(state.name)}, {"error", std::vector<Message>{*state.error}}}},
                    state.name};
        }
        break;
    case SourceStatus::ok:
        break;
    }
    return tells_not(state.name);
}

} // namespace mcp::analysis
