#pragma once
#include "app/commands/io.hpp"
#include "language/language.hpp"

#include <functional>
#include <span>
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace mcp::cli {

using RunCommand = std::function<int(app::Io&)>;

/// The texts of help, in the language of the call.
using Words = std::function<std::string(std::string_view message_key)>;

/// One command: where it is found, what help says of it, and what it does.
struct CommandRow {
    std::string_view group; ///< "graph" for `mcp-api graph facts`, empty for `mcp-api report`
    std::string_view name;
    std::string_view summary;  ///< message key: one line
    std::string_view examples; ///< message key: the lines below "Examples"
    /// Declares the command's options on `cli`, bound to a struct that the returned function owns and runs with.
    RunCommand (*attach)(CLI::App& cli, const Words& words);
};

/// A word that several commands begin with.
struct GroupRow {
    std::string_view name;
    std::string_view summary; ///< message key: one line
};

/// The groups that rows of commands() name. A new one is a row here.
[[nodiscard]] std::span<const GroupRow> command_groups();

/// THE TABLE of commands. A new one is a function in src/app/commands/ and a row here.
[[nodiscard]] std::span<const CommandRow> commands();

} // namespace mcp::cli
