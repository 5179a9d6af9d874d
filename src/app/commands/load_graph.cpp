#include "app/commands/load_graph.hpp"

#include <cstdint>

namespace mcp::app {
namespace {

std::int64_t count(std::uint64_t number) {
    return static_cast<std::int64_t>(number);
}

/// One line for all that was left out, so that a thousand broken records do not fill the screen.
void warn_of_notes(Io& io, const std::string& file, const domain::ReadNotes& notes) {
    const std::uint64_t left_out = notes.broken_nodes + notes.broken_channels + notes.self_loops;
    if (left_out != 0) {
        warn(io,
             {"reading.records_left_out", {{"file", file}, {"count", count(left_out)}, {"first", notes.first_broken}}});
    }
    if (notes.broken_policies != 0) {
        warn(io, {"reading.broken_policies", {{"file", file}, {"count", count(notes.broken_policies)}}});
    }
    if (notes.repeated_channels != 0) {
        warn(io, {"reading.repeated_channels", {{"file", file}, {"count", count(notes.repeated_channels)}}});
    }
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
