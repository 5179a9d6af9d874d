#include "app/config/keys_page.hpp"

#include "app/config/keys.hpp"
#include "language/language.hpp"

#include <fmt/format.h>

namespace mcp::app {
namespace {

constexpr const char* kIntroduction = R"(# Configuration

Printed from the table of keys in the code by `./dev docs`; do not edit.

Read are the process environment first, then one file: `--env-file` or `MCP_ENV_FILE`, else `./.env`, else
`/etc/mcp/.env`. The start tells which file, and warns when another of these exists too. An empty variable of the
environment counts as not set. Relative paths start at the working directory.

The file holds one `KEY=value` a line. Blank lines and those that begin with `#` say nothing; after a value, a blank and
`#` begin a comment; `export ` before the key is allowed, and so are blanks around the `=`. A value in single quotes is
taken as it is; in double quotes a backslash stands before `"`, `\`, `$`, `n`, `r` and `t`. Nothing is expanded, and a
value ends on its line. Of a key given twice the last line counts. The file may be shared with other programs: their
keys are ignored. A bad value, or an unknown key that begins with `DAILY_REPORTS_`, stops the start, all faults told at
once; an unknown key that begins with `MCP_` is a warning.

`mcp-api check config` shows what applies and where it came from, secrets masked, and tells all that would stop the
start.

)";

constexpr const char* kCheckJson = R"(
## `mcp-api check config --format json`

| member | type | meaning |
| --- | --- | --- |
| `file` | text or null | the file that was read |
| `other_file` | text or null | another one that exists and was not read |
| `settings[].key` | text | a key of the table above |
| `settings[].value` | true/false, number, text, list; null for secrets | what applies |
| `settings[].is_secret` | true/false | whether the value is kept back |
| `settings[].is_empty` | true/false | whether the value is empty; of secrets too |
| `settings[].source` | `default`, `environment`, `file` | where it came from |
| `settings[].name` | text | the name that it was given by: the key or an alias |
| `settings[].line` | number or null | its line in `file` |
)";

std::string_view word_for(KeyType type) {
    switch (type) {
    case KeyType::flag:
        return "true/false";
    case KeyType::whole_number:
        return "whole number";
    case KeyType::text:
        return "text";
    case KeyType::secret:
        return "secret";
    case KeyType::file:
        return "file";
    case KeyType::folder:
        return "folder";
    case KeyType::list:
        return "list";
    }
    return {};
}

std::string names(const ConfigKey& key) {
    std::string text = fmt::format("`{}`", key.name);
    for (const std::string_view alias : key.aliases) {
        text += fmt::format(", else `{}`", alias);
    }
    return text + (key.only_environment ? " (environment only)" : "");
}

std::string default_of(const ConfigKey& key) {
    if (!key.default_words.empty()) {
        return std::string(key.default_words);
    }
    return key.by_default.empty() ? "empty" : fmt::format("`{}`", key.by_default);
}

std::string accepted(const ConfigKey& key) {
    return key.only_empty ? "nothing in this version" : language::render(accepted_values(key), language::Language::en);
}

} // namespace

std::string keys_page() {
    std::string page = kIntroduction;
    page += "| key | type | default | accepted | meaning | since |\n| --- | --- | --- | --- | --- | --- |\n";
    for (const ConfigKey& key : config_keys()) {
        page += fmt::format("| {} | {} | {} | {} | {} | {} |\n", names(key), word_for(key.type), default_of(key),
                            accepted(key), key.meaning, key.since);
    }
    return page + kCheckJson;
}

} // namespace mcp::app
