#include "analysis/warnings.hpp"

namespace mcp::analysis {
namespace {

void add_count(std::vector<Message>& warnings, std::string_view key, std::uint64_t count) {
    if (count > 0) {
        warnings.push_back({key, {{"count", static_cast<std::int64_t>(count)}}});
    }
}

} // namespace

std::vector<Message> warnings_about(const DayFacts& day, const GraphHealth& health) {
    std::vector<Message> warnings;
    if (health.far_fewer_nodes()) {
        warnings.push_back({"warning.fewer_nodes", {{"ratio", Share{*health.node_ratio}}}});
    }
    if (health.mostly_silent()) {
        warnings.push_back({"warning.mostly_silent", {{"share", Share{*health.silent_share}}}});
    }
    if (!day.network.as_of) {
        warnings.push_back({"warning.undated", {}});
    } else if (!day.network.tells.update_dates) {
        warnings.push_back({"warning.no_update_dates", {}});
    }
    if (day.network.positional_ids) {
        warnings.push_back({"warning.positional_ids", {}});
    }
    const domain::ReadNotes& notes = day.network.notes;
    const std::uint64_t broken = notes.broken_nodes + notes.broken_channels + notes.broken_policies + notes.self_loops;
    if (broken > 0) {
        warnings.push_back(
            {"warning.broken_records", {{"count", static_cast<std::int64_t>(broken)}, {"first", notes.first_broken}}});
    }
    add_count(warnings, "warning.repeated_channels", notes.repeated_channels);
    return warnings;
}

} // namespace mcp::analysis
