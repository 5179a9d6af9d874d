#include "commands.hpp"

#include "app/commands/agent.hpp"
#include "app/commands/check_config.hpp"
#include "app/commands/check_sources.hpp"
#include "app/commands/demo.hpp"
#include "app/commands/graph_diff.hpp"
#include "app/commands/graph_facts.hpp"
#include "app/commands/graph_what_if.hpp"
#include "app/commands/report.hpp"
#include "app/commands/serve.hpp"
#include "app/commands/store_upkeep.hpp"
#include "app/commands/token.hpp"
#include "app/commands/user.hpp"

#include <CLI/CLI.hpp>
#include <memory>

namespace mcp::cli {
namespace {

void add_node_options(CLI::App& cli, const Words& words, app::NodeOptions& node) {
    cli.add_option("--node-url", node.url, words("help.node_url"))->type_name("URL");
    cli.add_option("--macaroon", node.macaroon_file, words("help.macaroon"))->type_name("FILE");
    cli.add_option("--rune", node.rune_file, words("help.rune"))->type_name("FILE");
    cli.add_option("--tls-cert", node.certificate_file, words("help.tls_cert"))->type_name("FILE");
}

RunCommand attach_report(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::ReportOptions>();
    cli.add_option("--graph", options->graph_file, words("help.report.graph"))->type_name("FILE");
    cli.add_option("--node", options->node, words("help.report.node"))->type_name("NODE");
    cli.add_option("--history", options->history_files, words("help.report.history"))
        ->type_name("FILE")
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->allow_extra_args(false);
    add_node_options(cli, words, options->own);
    cli.add_option("--date", options->date, words("help.report.date"))->type_name("DAY");
    cli.add_option("--format", options->format, words("help.format"))->type_name("text|json");
    cli.add_option("--out", options->out_file, words("help.report.out"))->type_name("FILE");
    cli.add_option("--env-file", options->env_file, words("help.report.env_file"))->type_name("FILE");
    return [options](app::Io& io) { return app::report_node(*options, io); };
}

RunCommand attach_demo(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::DemoOptions>();
    cli.add_option("--graph", options->graph_file, words("help.demo.graph"))->type_name("FILE");
    cli.add_flag("--once", options->once, words("help.demo.once"));
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

RunCommand attach_check_sources(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::CheckSourcesOptions>();
    cli.add_option("--format", options->format, words("help.format"))->type_name("text|json");
    cli.add_option("--env-file", options->env_file, words("help.env_file"))->type_name("FILE");
    return [options](app::Io& io) { return app::check_sources(*options, io); };
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

RunCommand attach_agent(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::AgentOptions>();
    add_node_options(cli, words, options->node);
    cli.add_option("--service", options->service, words("help.agent.service"))->type_name("URL");
    cli.add_option("--user", options->user, words("help.agent.user"))->type_name("USER_ID");
    cli.add_option("--key", options->key_file, words("help.agent.key"))->type_name("FILE");
    cli.add_option("--at", options->at, words("help.agent.at"))->type_name("HH:MM");
    cli.add_flag("--once", options->once, words("help.agent.once"));
    cli.add_flag("--dry-run", options->dry_run, words("help.agent.dry_run"));
    return [options](app::Io& io) { return app::run_agent(*options, io); };
}

RunCommand attach_serve(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::ServeOptions>();
    cli.add_option("--env-file", options->env_file, words("help.env_file"))->type_name("FILE");
    return [options](app::Io& io) { return app::serve(*options, io); };
}

/// The commands on the store differ in their file and format only.
template <int (*Run)(const app::StoreOptions&, app::Io&, const app::ConfigWorld&)>
RunCommand attach_store(CLI::App& cli, const Words& words, std::string_view file_help, bool has_format) {
    const auto options = std::make_shared<app::StoreOptions>();
    if (!file_help.empty()) {
        cli.add_option("FILE", options->file, words(file_help));
    }
    if (has_format) {
        cli.add_option("--format", options->format, words("help.format"))->type_name("text|json");
    }
    cli.add_option("--env-file", options->env_file, words("help.env_file"))->type_name("FILE");
    return [options](app::Io& io) { return Run(*options, io, app::this_process()); };
}

RunCommand attach_migrate(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::StoreOptions>();
    cli.add_flag("--rotate-secrets", options->rotate_secrets, words("help.migrate.rotate"));
    cli.add_option("--env-file", options->env_file, words("help.env_file"))->type_name("FILE");
    return [options](app::Io& io) { return app::migrate(*options, io); };
}
RunCommand attach_check_store(CLI::App& cli, const Words& words) {
    return attach_store<app::check_store>(cli, words, "", true);
}
RunCommand attach_backup(CLI::App& cli, const Words& words) {
    return attach_store<app::backup>(cli, words, "help.backup_file", false);
}
RunCommand attach_restore(CLI::App& cli, const Words& words) {
    return attach_store<app::restore>(cli, words, "help.restore_file", false);
}

RunCommand attach_user_add(CLI::App& cli, const Words& words) {
    const auto options = std::make_shared<app::UserAddOptions>();
    cli.add_option("ID", options->id, words("help.user_id"));
    cli.add_option("--tenant", options->tenant, words("help.user_tenant"))->type_name("ID");
    cli.add_option("--node", options->node, words("help.user_node"))->type_name("PUBKEY");
    cli.add_option("--language", options->language, words("help.user_language"))->type_name("fr|en");
    cli.add_flag("--enable", options->enable, words("help.user_enable_flag"));
    cli.add_option("--env-file", options->env_file, words("help.env_file"))->type_name("FILE");
    return [options](app::Io& io) { return app::user_add(*options, io); };
}

std::shared_ptr<app::UserOptions> declare_user(CLI::App& cli, const Words& words, bool has_id, bool has_format) {
    auto options = std::make_shared<app::UserOptions>();
    if (has_id) {
        cli.add_option("ID", options->id, words("help.user_id"));
    }
    if (has_format) {
        cli.add_option("--format", options->format, words("help.format"))->type_name("text|json");
    }
    cli.add_option("--env-file", options->env_file, words("help.env_file"))->type_name("FILE");
    return options;
}

RunCommand attach_user_list(CLI::App& cli, const Words& words) {
    return [options = declare_user(cli, words, false, true)](app::Io& io) { return app::user_list(*options, io); };
}
RunCommand attach_user_show(CLI::App& cli, const Words& words) {
    return [options = declare_user(cli, words, true, true)](app::Io& io) { return app::user_show(*options, io); };
}
RunCommand attach_user_enable(CLI::App& cli, const Words& words) {
    return
        [options = declare_user(cli, words, true, false)](app::Io& io) { return app::user_switch(*options, true, io); };
}
RunCommand attach_user_disable(CLI::App& cli, const Words& words) {
    return [options = declare_user(cli, words, true, false)](app::Io& io) {
        return app::user_switch(*options, false, io);
    };
}
RunCommand attach_user_remove(CLI::App& cli, const Words& words) {
    return [options = declare_user(cli, words, true, false)](app::Io& io) { return app::user_remove(*options, io); };
}

constexpr GroupRow kGroups[] = {
    {"graph", "help.graph"},
    {"check", "help.check"},
    {"user", "help.user"},
    {"token", "help.token"},
};

constexpr CommandRow kCommands[] = {
    {"", "report", "help.report", "help.report.examples", attach_report},
    {"", "demo", "help.demo", "help.demo.examples", attach_demo},
    {"graph", "facts", "help.graph_facts", "help.graph_facts.examples", attach_graph_facts},
    {"graph", "diff", "help.graph_diff", "help.graph_diff.examples", attach_graph_diff},
    {"graph", "what-if", "help.graph_what_if", "help.graph_what_if.examples", attach_graph_what_if},
    {"", "serve", "help.serve", "help.serve.examples", attach_serve},
    {"", "agent", "help.agent", "help.agent.examples", attach_agent},
    {"", "migrate", "help.migrate", "help.migrate.examples", attach_migrate},
    {"", "backup", "help.backup", "help.backup.examples", attach_backup},
    {"", "restore", "help.restore", "help.restore.examples", attach_restore},
    {"check", "config", "help.check_config", "help.check_config.examples", attach_check_config},
    {"check", "sources", "help.check_sources", "help.check_sources.examples", attach_check_sources},
    {"check", "store", "help.check_store", "help.check_store.examples", attach_check_store},
    {"user", "add", "help.user_add", "help.user_add.examples", attach_user_add},
    {"user", "list", "help.user_list", "help.user_list.examples", attach_user_list},
    {"user", "show", "help.user_show", "help.user_show.examples", attach_user_show},
    {"user", "enable", "help.user_enable", "help.user_enable.examples", attach_user_enable},
    {"user", "disable", "help.user_disable", "help.user_disable.examples", attach_user_disable},
    {"user", "remove", "help.user_remove", "help.user_remove.examples", attach_user_remove},
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
