#include "app/commands/load_graph.hpp"

#include <cstdint>
#include <string_view>

namespace mcp::app {
namespace {

std::int64_t count(std::uint64_t number) {
    return static_cast<std::int64_t>(number);
}

void warn_of_count(Io& io, std::string_view key, const std::string& file, std::uint64_t number) {
    if (number != 0) {
        warn(io, {key, {{"file", file}, {"count", count(number)}}});
    }
}

/// One line for all that was left out, so that a thousand broken records do not fill the screen.
void warn_of_notes(Io& io, const std::string& file, const domain::ReadNotes& notes) {
    const std::uint64_t left_out = notes.broken_nodes + notes.broken_channels + notes.self_loops;
    if (left_out != 0) {
        warn(io,
             {"reading.records_left_out", {{"file", file}, {"count", count(left_out)}, {"first", notes.first_broken}}});
    }
    warn_of_count(io, "reading.broken_policies", file, notes.broken_policies);
    warn_of_count(io, "reading.repeated_channels", file, notes.repeated_channels);
    warn_of_count(io, "reading.private_channels", file, notes.private_channels);
    warn_of_count(io, "reading.stray_updates", file, notes.stray_updates);
    warn_of_count(io, "reading.unread_bytes", file, notes.unread_bytes);
}

} // namespace

Result<adapters::LoadedGraph> load_graph(const std::string& file, Io& io) {
    show_progress(io, {"reading.begins", {{"file", file}}});
    Result<adapters::LoadedGraph> graph = adapters::load_graph(file);
    if (graph) {
        warn_of_notes(io, file, graph->network.notes);
    }
    return graph;
}

} // namespace mcp::app
