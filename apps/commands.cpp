#include "commands.hpp"

#include "app/commands/check_config.hpp"
#include "app/commands/demo.hpp"
#include "app/commands/graph_diff.hpp"
#include "app/commands/graph_facts.hpp"
#include "app/commands/graph_what_if.hpp"
#include "app/commands/report.hpp"
#include "app/commands/token.hpp"

#include <CLI/CLI.hpp>
#include <memory>

namespace mcp::cli {
namespace {

RunCommand attach_report(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::ReportOptions>();
    cli.add_option("--graph", options->graph_file, words("help.report.graph"))->type_name("FILE");
    cli.add_option("--node", options->node, words("help.report.node"))->type_name("NODE");
    cli.add_option("--history", options->history_files, words("help.report.history"))
        ->type_name("FILE")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->allow_extra_args(false);
    cli.add_option("--date", options->date, words("help.report.date"))->type_name("DAY");
    cli.add_option("--format", options->format, words("help.format"))->type_name("text|json");
    cli.add_option("--out", options->out_file, words("help.report.out"))->type_name("FILE");
    return [options](app::Io& io) { return app::report_node(*options, io); };
}

RunCommand attach_demo(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::DemoOptions>();
    cli.add_option("--graph", options->graph_file, words("help.demo.graph"))->type_name("FILE");
    cli.add_option("--date", options->date, words("help.report.date"))->type_name("DAY");
    return [options](app::Io& io) { return app::demo(*options, io); };
}

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

RunCommand attach_graph_what_if(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::GraphWhatIfOptions>();
    cli.add_option("FILE", options->graph_file, words("help.graph_file"));
    cli.add_option("--node", options->node, words("help.what_if_node"))->type_name("NODE");
    cli.add_option("--peer", options->peer, words("help.what_if_peer"))->type_name("NODE");
    cli.add_option("--capacity", options->capacity_sats, words("help.what_if_capacity"))->type_name("SAT");
    cli.add_option("--fee-ppm", options->fee_ppm, words("help.what_if_fee"))->type_name("N");
    cli.add_option("--amount", options->amount_sats, words("help.what_if_amount"))->type_name("SAT");
    cli.add_option("--top", options->top, words("help.what_if_top"))->type_name("N");
    cli.add_option("--format", options->format, words("help.format"))->type_name("text|json");
    return [options](app::Io& io) { return app::graph_what_if(*options, io); };
}

RunCommand attach_check_config(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::CheckConfigOptions>();
    cli.add_option("--env-file", options->env_file, words("help.env_file"))->type_name("FILE");
    cli.add_option("--format", options->format, words("help.format"))->type_name("text|json");
    return [options](app::Io& io) { return app::check_config(*options, io); };
}

RunCommand attach_token_issue(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::TokenIssueOptions>();
    cli.add_option("--user", options->user, words("help.token_user"))->type_name("ID");
    cli.add_option("--tenant", options->tenant, words("help.token_tenant"))->type_name("ID");
    cli.add_flag("--admin", options->admin, words("help.token_admin"));
    cli.add_option("--days", options->days, words("help.token_days"))->type_name("N");
    cli.add_option("--hours", options->hours, words("help.token_hours"))->type_name("N");
    cli.add_option("--env-file", options->env_file, words("help.env_file"))->type_name("FILE");
    return [options](app::Io& io) { return app::token_issue(*options, io); };
}

RunCommand attach_token_verify(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::TokenVerifyOptions>();
    cli.add_option("TOKEN", options->token, words("help.token_argument"));
    cli.add_option("--format", options->format, words("help.format"))->type_name("text|json");
    cli.add_option("--env-file", options->env_file, words("help.env_file"))->type_name("FILE");
    return [options](app::Io& io) { return app::token_verify(*options, io); };
}

RunCommand attach_token_show(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::TokenShowOptions>();
    cli.add_option("TOKEN", options->token, words("help.token_argument"));
    return [options](app::Io& io) { return app::token_show(*options, io); };
}

constexpr GroupRow kGroups[] = {
    {"graph", "help.graph"},
    {"check", "help.check"},
    {"token", "help.token"},
};

constexpr CommandRow kCommands[] = {
    {"", "report", "help.report", "help.report.examples", attach_report},
    {"", "demo", "help.demo", "help.demo.examples", attach_demo},
    {"graph", "facts", "help.graph_facts", "help.graph_facts.examples", attach_graph_facts},
    {"graph", "diff", "help.graph_diff", "help.graph_diff.examples", attach_graph_diff},
    {"graph", "what-if", "help.graph_what_if", "help.graph_what_if.examples", attach_graph_what_if},
    {"check", "config", "help.check_config", "help.check_config.examples", attach_check_config},
    {"token", "issue", "help.token_issue", "help.token_issue.examples", attach_token_issue},
    {"token", "verify", "help.token_verify", "help.token_verify.examples", attach_token_verify},
    {"token", "show", "help.token_show", "help.token_show.examples", attach_token_show},
};

} // namespace

std::span<const GroupRow> command_groups() {
    return kGroups;
}

std::span<const CommandRow> commands() {
    return kCommands;
}

} // namespace mcp::cli
