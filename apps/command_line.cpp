#include "command_line.hpp"

#include "adapters/system/signals.hpp"
#include "base/nearest.hpp"
#include "commands.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>

namespace mcp::cli {
namespace {

using app::Io;
using app::refuse_call;
using language::Language;
using language::render;

std::vector<std::string> option_names(const CLI::App& cli) {
    std::vector<std::string> names;
    for (const CLI::Option* option : cli.get_options([](const CLI::Option* o) { return o->nonpositional(); })) {
        names.push_back(option->get_name());
    }
    return names;
}

std::vector<std::string> command_names(const CLI::App& cli) {
    std::vector<std::string> names;
    for (const CLI::App* command : cli.get_subcommands([](const CLI::App*) { return true; })) {
        names.push_back(command->get_name());
    }
    return names;
}

/// "mcp-api graph facts"
std::string full_name(const CLI::App& cli) {
    const CLI::App* parent = cli.get_parent();
    return parent == nullptr ? cli.get_name() : full_name(*parent) + " " + cli.get_name();
}

/// "Usage: mcp-api graph facts FILE [options]", in the reader's language.
class HelpPage : public CLI::Formatter {
public:
    explicit HelpPage(const Words& words) : words_(words) {
        label("Positionals", words("help.arguments"));
        label("TEXT", "");
        column_width(26);
    }

    std::string make_usage(const CLI::App* cli, std::string name) const override {
        std::string line = words_("help.usage") + " " + name;
        if (!command_names(*cli).empty()) {
            return line + " " + words_("help.command_placeholder") + "\n";
        }
        for (const CLI::Option* option : cli->get_options([](const CLI::Option* o) { return o->get_positional(); })) {
            line += " " + option->get_name(true);
        }
        return line + " [" + words_("help.options_placeholder") + "]\n";
    }

    std::string make_option_opts(const CLI::Option* option) const override {
        const bool is_flag_or_argument = option->get_type_size() == 0 || option->get_positional();
        return is_flag_or_argument ? "" : " " + option->get_type_name();
    }

private:
    Words words_;
};

/// A command of the table, declared to CLI11.
struct Declared {
    CLI::App* cli;
    RunCommand run;
};

/// All commands, declared to CLI11 with their help in one language.
class CommandLine {
public:
    CommandLine(const Words& words, Io& io) : words_(words), io_(io) {
        root_.name("mcp-api");
        root_.description(words("help.about"));
        root_.footer(words("help.footer"));
        root_.formatter(std::make_shared<HelpPage>(words));
        root_.option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast); // scripts append options
        add_common_options(root_);
        root_.set_version_flag("--version", std::string("mcp-api " MCP_VERSION), words("help.version"))
            ->group(words("help.options"));
        for (const CommandRow& row : commands()) {
            declare(row);
        }
    }

    [[nodiscard]] int run(std::vector<std::string> arguments) {
        std::reverse(arguments.begin(), arguments.end()); // CLI11 takes them from the back
        try {
            root_.parse(arguments);
        } catch (const CLI::CallForHelp&) {
            return deliver(io_, root_.help());
        } catch (const CLI::CallForVersion& version) {
            return deliver(io_, std::string(version.what()) + "\n");
        } catch (const CLI::ArgumentMismatch& fault) {
            const std::string what = fault.what(); // "--format: 1 required missing"
            return refuse_call(io_, {"usage.value_missing", {{"option", what.substr(0, what.find(':'))}}});
        } catch (const CLI::ConversionError& fault) {
            const std::string what = fault.what(); // "Could not convert: --top = many"
            return refuse_call(io_, {"usage.not_a_number", {{"given", what.substr(what.find(':') + 2)}}});
        } catch (const CLI::ParseError& fault) { // of a validator, which speaks the language of the call
            return refuse_call(io_, {"usage.fault", {{"fault", std::string(fault.what())}}});
        }
        return run_the_chosen();
    }

private:
    void add_common_options(CLI::App& cli) {
        cli.allow_extras(); // told one by one, with the nearest known name
        cli.set_help_flag("-h,--help", words_("help.help"))->group(words_("help.options"));
        cli.add_option("--lang", lang_, words_("help.lang"))->type_name("fr|en")->group(words_("help.options"));
        cli.add_flag("--progress", io_.progress, words_("help.progress"))->group(words_("help.options"));
    }

    CLI::App& group(std::string_view name) {
        if (name.empty()) {
            return root_;
        }
        for (CLI::App* known : root_.get_subcommands([&](const CLI::App* cli) { return cli->get_name() == name; })) {
            return *known;
        }
        const std::span<const GroupRow> groups = command_groups();
        const auto row =
            std::find_if(groups.begin(), groups.end(), [&](const auto& known) { return known.name == name; });
        if (row == groups.end()) {
            throw std::logic_error("the group '" + std::string(name) + "' is missing from the table");
        }
        CLI::App& made = *root_.add_subcommand(std::string(name), words_(row->summary))->group(words_("help.commands"));
        add_common_options(made);
        return made;
    }

    void declare(const CommandRow& row) {
        CLI::App& cli = *group(row.group).add_subcommand(std::string(row.name), words_(row.summary));
        cli.group(words_("help.commands"));
        cli.option_defaults()->group(words_("help.options"));
        cli.footer(words_("help.examples") + "\n" + words_(row.examples));
        declared_.push_back({&cli, row.attach(cli, words_)});
        add_common_options(cli);
    }

    /// The command that the call names, or the group as far as it could be followed.
    [[nodiscard]] const CLI::App& chosen() const {
        const CLI::App* cli = &root_;
        while (!cli->get_subcommands().empty()) {
            cli = cli->get_subcommands().front();
        }
        return *cli;
    }

    [[nodiscard]] int run_the_chosen() {
        const CLI::App& cli = chosen();
        const std::vector<std::string> unknown = root_.remaining(true);
        const auto command = std::find_if(declared_.begin(), declared_.end(),
                                          [&](const Declared& declared) { return declared.cli == &cli; });
        const auto is_option = [](const std::string& word) { return word[0] == '-'; };
        if (command == declared_.end() && !unknown.empty() && !is_option(unknown.front())) {
            return refuse_word(cli, unknown.front(), command_names(cli), "usage.unknown_command");
        }
        const auto option = std::find_if(unknown.begin(), unknown.end(), is_option);
        if (option != unknown.end()) {
            return refuse_word(cli, *option, option_names(cli), "usage.unknown_option");
        }
        if (command == declared_.end()) {
            return refuse_call(io_, {"usage.no_command", {{"call", full_name(cli)}}});
        }
        return unknown.empty() ? command->run(io_) : refuse_word(cli, unknown.front(), {}, "usage.too_many_words");
    }

    [[nodiscard]] int refuse_word(const CLI::App& cli, const std::string& word, const std::vector<std::string>& known,
                                  std::string_view message_key) {
        std::vector<Message> hints;
        if (std::optional<std::string> meant = nearest(word.substr(0, word.find('=')), known)) {
            hints.push_back({"usage.meant", {{"word", *std::move(meant)}}});
        }
        hints.push_back({"usage.see_help", {{"call", full_name(cli)}}});
        return refuse_call(io_, {message_key, {{"word", word}, {"hints", std::move(hints)}}});
    }

    const Words& words_;
    Io& io_;
    std::string lang_; ///< read before the others, by language_of_call()
    CLI::App root_;
    std::vector<Declared> declared_;
};

/// What `--lang` asks for, wherever it stands in the call: needed before anything else can be said.
/// @return nothing when the call does not say; an error for a language that we do not speak
Result<std::optional<Language>> language_of_call(const std::vector<std::string>& arguments) {
    std::optional<Language> asked;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        std::string code;
        if (arguments[i].starts_with("--lang=")) {
            code = arguments[i].substr(std::string_view("--lang=").size());
        } else if (arguments[i] == "--lang" && i + 1 < arguments.size()) {
            code = arguments[i + 1];
        } else {
            continue;
        }
        if (code != "fr" && code != "en") {
            return fail(ErrorKind::invalid_input, {"usage.lang", {{"given", code}}});
        }
        asked = language::parse_language(code);
    }
    return asked;
}

} // namespace

int run_command_line(const std::vector<std::string>& arguments, Io& io) {
    const Result<std::optional<Language>> asked = language_of_call(arguments);
    if (!asked) {
        return refuse_call(io, asked.error().what);
    }
    io.language = asked->value_or(io.language);
    adapters::set_signals("mcp-api: " + render(Message{"error.interrupted", {}}, io.language));
    const Words words = [language = io.language](std::string_view key) { return render(Message{key, {}}, language); };
    return CommandLine(words, io).run(arguments);
}

} // namespace mcp::cli
