// Prints the reference pages that come from the tables of the code: `print_docs rules > docs/reference/rules.md`.
// ./dev docs writes them all, and a test fails when a page is out of date.
#include "analysis/alerts/all.hpp"
#include "analysis/recommendations/all.hpp"
#include "analysis/score/all.hpp"
#include "app/config/keys_page.hpp"
#include "language/language.hpp"

#include <fmt/core.h>
#include <string_view>

namespace {

using mcp::Message;
using mcp::language::Language;
using mcp::language::render;

void row(std::string_view name, std::string_view condition_key) {
    const Message condition{condition_key, {}};
    fmt::print("| `{}` | {} | {} |\n", name, render(condition, Language::en), render(condition, Language::fr));
}

void print_rules() {
    fmt::print("# Rules of the report\n\nPrinted from the tables of the code by `./dev docs`; do not edit. Formulas "
               "and limits: "
               "[figures](../design/figures.md). Calibration: [calibration](../design/calibration.md).\n\n"
               "## Parts of the score\n\n| part | weight of 100 |\n| --- | --- |\n");
    for (const auto& part : mcp::analysis::score_part_rules()) {
        fmt::print("| `{}` | {} |\n", part.name, part.weight);
    }
    fmt::print("\nWhat is absent is left out and the rest weighted anew.\n\n"
               "## Alerts\n\n| type | fires when | se déclenche quand |\n| --- | --- | --- |\n");
    for (const auto& rule : mcp::analysis::alert_rules()) {
        row(rule.type, rule.condition_key);
    }
    fmt::print("\n## Recommendations\n\n| rule | given when | donnée quand |\n| --- | --- | --- |\n");
    for (const auto& rule : mcp::analysis::recommendation_rules()) {
        row(rule.rule, rule.condition_key);
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::string_view page = argc == 2 ? argv[1] : "";
    if (page == "rules") {
        print_rules();
    } else if (page == "configuration") {
        fmt::print("{}", mcp::app::keys_page());
    } else {
        fmt::print(stderr, "usage: print_docs rules|configuration\n");
        return 2;
    }
    return 0;
}
