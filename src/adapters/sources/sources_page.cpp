#include "adapters/sources/all.hpp"

#include <fmt/format.h>

namespace mcp::adapters {
namespace {

constexpr const char* kIntroduction = R"(# Sources

Printed from the table of sources in the code by `./dev docs`; do not edit. Which to choose, and how to set them up:
[choosing the sources](../operate/sources.md).

A report names each of these in `sources[]` as `ok`, `stale` with its age, `unavailable` with the error, or
`not_configured`; a figure that none of them gave is `null`, with the reason. The first source of the graph that answers
is used, in the order of `MCP_GRAPH_SOURCES`. What providers say stands beside our own figures under their name, never
mixed with them: providers disagree about the same node on the same day by a tenth and more, because they count
differently.

What a provider leaves out (`null`, no such member, "NaN", "Infinity") is absent. What it says wrongly makes the whole
answer refused, because who errs in one figure may err in any: another type, a number below zero, a capacity above all
bitcoin, counts above 100 million, a fee rate above what fits on the wire, fees of 0 or above 100,000 sat/vB. Numbers
may come as text. Dates come from nodes with wild clocks: one before Bitcoin began, or later than the answer by more than
a day, is left out. Aliases are cleaned of control characters, as those of the graph. An answer that is refused never
takes the place of a good one that was kept. An answer younger than its question's freshness is not asked for again.
)";

std::string keys(const std::vector<std::string_view>& names) {
    return names.empty() ? "" : fmt::format("`{}`", fmt::join(names, "`, `"));
}

std::string hours(std::chrono::seconds span) {
    return fmt::format("{} h", std::chrono::duration_cast<std::chrono::hours>(span).count());
}

std::string freshness_of(const SourceRow& row) {
    if (row.questions.empty()) {
        return row.freshness.empty() ? "" : fmt::format("\nFreshness: {}.\n", row.freshness);
    }
    std::string table = "\n| question | of | fresh for | nodes in one request |\n| --- | --- | --- | --- |\n";
    for (const ports::Question& question : row.questions) {
        table += fmt::format("| `{}` | {} | {} | {} |\n", question.name, question.of_node ? "a node" : "the network",
                             hours(question.fresh), question.of_node ? fmt::format("{}", question.nodes_max) : "");
    }
    return table;
}

std::string list(std::string_view title, const std::vector<std::string_view>& entries) {
    std::string text = entries.empty() ? "" : fmt::format("\n{}:\n\n", title);
    for (const std::string_view entry : entries) {
        text += fmt::format("- {}\n", entry);
    }
    return text;
}

std::string section(const SourceRow& row) {
    std::string text = fmt::format("\n## {} (`{}`)\n\nGives {}.\n", row.title, row.name, row.gives);
    if (!row.public_url.empty()) {
        text += fmt::format("\nPublic address: `{}`.\n", row.public_url);
    }
    text += freshness_of(row);
    std::vector<std::string_view> limits = row.limits;
    const std::string spacing =
        fmt::format("one request in {} s, of all users together, also over restarts", row.spacing.count());
    if (row.spacing.count() > 0) {
        limits.insert(limits.begin(), spacing);
    }
    return text + list("Limits", limits) + list("What its figures mean", row.definitions) +
           list("Before you use it", row.before_use);
}

} // namespace

std::string sources_page() {
    std::string page = kIntroduction;
    page += "\n| source | what it is | keys it needs | keys it may have |\n| --- | --- | --- | --- |\n";
    for (const SourceRow& row : source_rows()) {
        page += fmt::format("| `{}` | {} | {} | {} |\n", row.name, row.title, keys(row.needs), keys(row.takes));
    }
    for (const SourceRow& row : source_rows()) {
        page += section(row);
    }
    return page;
}

} // namespace mcp::adapters
