#include "commands.hpp"

#include "app/commands/graph_diff.hpp"
#include "app/commands/graph_facts.hpp"

#include <CLI/CLI.hpp>
#include <memory>

namespace mcp::cli {
namespace {

RunCommand attach_graph_facts(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::GraphFactsOptions>();
    cli.add_option("FILE", options->graph_file, words("help.graph_file"));
    cli.add_option("--format", options->format, words("help.format"))->type_name("text|json|csv");
    return [options](app::Io& io) { return app::graph_facts(*options, io); };
}

RunCommand attach_graph_diff(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::GraphDiffOptions>();
    cli.add_option("OLDER", options->older_file, words("help.older_graph"));
    cli.add_option("NEWER", options->newer_file, words("help.newer_graph"));
    cli.add_option("--format", options->format, words("help.format"))->type_name("text|json");
    cli.add_flag("--list", options->list, words("help.list"));
    return [options](app::Io& io) { return app::graph_diff(*options, io); };
}

constexpr CommandRow kCommands[] = {
    {"graph", "facts", "help.graph_facts", "help.graph_facts.examples", attach_graph_facts},
    {"graph", "diff", "help.graph_diff", "help.graph_diff.examples", attach_graph_diff},
};

} // namespace

std::span<const CommandRow> commands() {
    return kCommands;
}

} // namespace mcp::cli
