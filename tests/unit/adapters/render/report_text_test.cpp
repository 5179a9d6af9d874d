#include "adapters/render/report_text.hpp"

#include "adapters/render/text_layout.hpp"
#include "tests/unit/adapters/render/reports.hpp"

#include <gmock/gmock.h>
#include <regex>

namespace mcp::adapters {
namespace {

using language::Language;
using testing::HasSubstr;
using testing::Not;

constexpr Language kBoth[] = {Language::en, Language::fr};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

/// Commands are there to be copied: they are never broken.
bool is_command(const std::string& line) {
    return line.find("LND  lncli ") != std::string::npos || line.find("CLN  lightning-cli ") != std::string::npos;
}

TEST(ReportText, FitsItsColumnsButForCommands) {
    for (const auto& [name, report] : test::all_reports()) {
        for (const Language language : kBoth) {
            for (const int columns : {60, 80, 100}) {
                for (const std::string& line : lines_of(report_text(report, language, {.columns = columns}))) {
                    const bool is_key = line == report.node.hex();
                    EXPECT_TRUE(width_of(line) <= columns || is_key || is_command(line))
                        << name << ", " << columns << " columns: " << line;
                }
            }
        }
    }
}

TEST(ReportText, NeverEndsALineWithASpace) {
    for (const auto& [name, report] : test::all_reports()) {
        for (const Language language : kBoth) {
            for (const std::string& line : lines_of(report_text(report, language, {}))) {
                EXPECT_FALSE(line.ends_with(' ')) << name << ": '" << line << "'";
            }
        }
    }
}

TEST(ReportText, WritesNoEscapeWithoutColour) {
    for (const auto& [name, report] : test::all_reports()) {
        for (const Language language : kBoth) {
            EXPECT_THAT(report_text(report, language, {.colour = false}), Not(HasSubstr("\033"))) << name;
        }
    }
}

TEST(ReportText, SaysTheSameWithColour) {
    const std::regex escape("\033\\[[0-9]*m");
    for (const auto& [name, report] : test::all_reports()) {
        for (const Language language : kBoth) {
            const std::string coloured = report_text(report, language, {.colour = true});
            EXPECT_THAT(coloured, HasSubstr("\033[1m"));
            EXPECT_EQ(std::regex_replace(coloured, escape, ""), report_text(report, language, {.colour = false}))
                << name;
        }
    }
}

TEST(ReportText, SaysInWordsThatTheScoreDidNotMove) {
    const domain::Network yesterday = test::quiet_node().at(test::kNoon - std::chrono::days{1}).build();
    const domain::Report report = test::report_on({yesterday, test::quiet_node().build()});
    EXPECT_THAT(report_text(report, Language::en, {}), HasSubstr("unchanged since yesterday"));
    EXPECT_THAT(report_text(report, Language::fr, {}), HasSubstr("inchangé depuis hier"));
}

TEST(ReportText, SaysThatAnAlertMayHaveStoodLongerThanTheGraphsTell) {
    domain::Report report = test::report_on({test::quiet_node().build()});
    report.alerts = {{.id = "stale_channels",
                      .type = "stale_channels",
                      .title = {"alert.source_stale.title", {}},
                      .description = {"alert.source_stale.title", {}},
                      .state = domain::AlertState::ongoing,
                      .since = report.report_date - std::chrono::days{2},
                      .days_is_lower_bound = true,
                      .days = 3}};
    EXPECT_THAT(report_text(report, Language::en, {}), HasSubstr(" · for at least 3 days\n"));
    EXPECT_THAT(report_text(report, Language::fr, {}), HasSubstr(" · depuis au moins 3 jours\n"));
    report.alerts[0].days_is_lower_bound = false;
    EXPECT_THAT(report_text(report, Language::en, {.columns = 100}), HasSubstr(" · since 23 October 2025 (3 days)\n"));
}

TEST(ReportText, NamesCommandsForBothNodes) {
    const std::string text = report_text(test::report_on({test::busy_node().build()}), Language::en, {});
    EXPECT_THAT(text, HasSubstr("\n       LND  lncli "));
    EXPECT_THAT(text, HasSubstr("\n       CLN  lightning-cli "));
}

TEST(ReportText, LeavesOutChangesAndTrendsWithoutHistory) {
    const std::string alone = report_text(test::report_on({test::busy_node().build()}), Language::en, {});
    EXPECT_THAT(alone, Not(HasSubstr("SINCE YESTERDAY")));
    EXPECT_THAT(alone, Not(HasSubstr("TREND")));
    const std::string after = report_text(test::report_with_changes(), Language::en, {});
    EXPECT_THAT(after, HasSubstr("SINCE YESTERDAY"));
    EXPECT_THAT(after, HasSubstr("· channel with carol gone, 7,000,000\u00A0sat\n"));
    EXPECT_THAT(after, HasSubstr("TREND"));
}

TEST(ReportText, TellsWhatOtherSourcesSayInFewLines) {
    domain::Report report = test::report_with_outside();
    const std::string text = report_text(report, Language::en, {.columns = 100});
    EXPECT_THAT(text,
                HasSubstr("On-chain fee    1.2\u00A0sat/vB within an hour, 2.2 in the next block (low: 3 in the "));
    EXPECT_THAT(text,
                HasSubstr("Elsewhere       mempool counts 9 channels for you (as of 5 October 2025), Amboss counts"));
    EXPECT_THAT(text, HasSubstr("On-chain fees are low: 1.2\u00A0sat/vB"));
    for (domain::CountedNode& node : report.provider_nodes.rows) {
        node.channels = report.summary.channels_count;
    }
    EXPECT_THAT(report_text(report, Language::en, {}), Not(HasSubstr("Elsewhere"))) << "they agree";
    EXPECT_THAT(report_text(test::report_on({test::busy_node().build()}), Language::en, {}),
                Not(AnyOf(HasSubstr("On-chain fee"), HasSubstr("Elsewhere"))));
}

TEST(ReportText, DatesFeesThatAreNotTodays) {
    domain::Report report = test::report_with_outside();
    report.onchain.as_of = report.generated_at - std::chrono::hours{25};
    EXPECT_THAT(report_text(report, Language::en, {.columns = 100}),
                HasSubstr("2.2 in the next block (on 24 October 2025, 12:00 UTC)\n"));
}

TEST(ReportText, TellsWhatTheCapacityIsWorthByAPriceOfTheDayOnly) {
    domain::Report report = test::report_on({test::quiet_node().build()});
    EXPECT_THAT(report_text(report, Language::en, {}), HasSubstr("4,000,000 sat, rank"));
    report.bitcoin_price = {.usd = 60'000, .eur = 55'000, .as_of = report.generated_at - test::hours{24}};
    EXPECT_THAT(report_text(report, Language::en, {}), HasSubstr("4,000,000 sat (≈ 2,400 $), rank"));
    EXPECT_THAT(report_text(report, Language::fr, {}), HasSubstr("4\u202F000\u202F000 sat (≈ 2\u202F400 $), rang"));
    report.bitcoin_price.usd = report.network.uptime_24h.absence();
    EXPECT_THAT(report_text(report, Language::en, {}), HasSubstr("4,000,000 sat (≈ 2,200 €), rank"));
    report.bitcoin_price.eur = 3'141'592;
    EXPECT_THAT(report_text(report, Language::en, {}), HasSubstr("4,000,000 sat (≈ 125,700 €), rank"));
    report.bitcoin_price.as_of = report.generated_at - test::hours{25};
    EXPECT_THAT(report_text(report, Language::en, {}), HasSubstr("4,000,000 sat, rank"));
}

TEST(ReportText, SaysWhyNoPositionIsTold) {
    const test::History history({test::quiet_node().build()});
    analysis::ComposeInput input = history.input();
    input.graph_is_live = true;
    input.generated_at = test::kNoon + std::chrono::days{8};
    EXPECT_THAT(report_text(analysis::compose(input), Language::en, {.columns = 100}),
                HasSubstr("Position        the graph is of 25 October 2025, 12:00 UTC: more than 7 days old"));
}

/// On one line, whatever the breaks.
std::string unbroken(const std::string& text) {
    return std::regex_replace(text, std::regex("(\\s|\u00a0)+"), " ");
}

TEST(ReportText, SaysWhoseSizeTheForwardsHaveThatCanPass) {
    const domain::Network network = test::quiet_node().build();
    domain::OwnNode node = test::node_of(network);
    const auto said = [&] { return unbroken(report_text(test::report_with_node(network, node), Language::en, {})); };
    EXPECT_THAT(said(), HasSubstr("Can pass 20,000 sat out to 100% of capacity, in from 100%"));
    for (domain::NodeDayFlow& day : node.days) {
        day.sizes.clear();
    }
    EXPECT_THAT(said(), HasSubstr("500,000 sat (a typical payment, your own are too few), or a third"));
    node.days.clear();
    EXPECT_THAT(
        said(),
        HasSubstr("500,000 sat (a typical payment: your node did not tell the forwards of the week), or a third"));
}

TEST(ReportText, KeepsThePeersNameBesideTheFlagsOfAChannel) {
    const domain::Network network = test::quiet_node().build();
    domain::OwnNode node = test::node_of(network);
    node.channels[0].is_active = false;
    node.channels[0].is_public = false;
    const domain::Report report = test::report_with_node(network, node);
    EXPECT_THAT(report_text(report, Language::fr, {.columns = 80}), HasSubstr("  alice (hors ligne) (non an"));
    EXPECT_THAT(report_text(report, Language::fr, {.columns = 100}), HasSubstr("  alice (hors ligne) (non annoncé)"));
    EXPECT_THAT(report_text(report, Language::en, {}), HasSubstr("4 announced (your node: 3 active, 1 inactive)"));
}

TEST(ReportText, SaysBelowTheTrendWhyAPublicScoreIsLeftOut) {
    const domain::Network network = test::quiet_node().build();
    const domain::OwnNode node = test::node_of(network);
    const std::string why = "– of that day only the score of the public view is known";
    EXPECT_THAT(report_text(test::report_with_node(network, node), Language::en, {}), HasSubstr(why));
    EXPECT_THAT(report_text(test::report_with_node(network, node, test::earlier(node)), Language::en, {}),
                Not(HasSubstr(why)));
}

TEST(ReportText, SaysThatTheGraphHasNoDates) {
    const std::string text = report_text(test::report_on({test::quiet_node().undated().build()}), Language::en, {});
    EXPECT_THAT(text, HasSubstr("public graph without dates"));
    EXPECT_THAT(text, HasSubstr("Availability    –  the graph carries no update times\n"));
    EXPECT_THAT(text, Not(HasSubstr("active")));
}

TEST(ReportText, ShowsAliasesWithinTheirColumns) {
    const domain::Report report = test::report_with_changes();
    const std::string text = report_text(report, Language::fr, {});
    EXPECT_THAT(text, HasSubstr(std::string("   ") + test::kEmoji + "\n"));
    EXPECT_THAT(text, HasSubstr(std::string("   ") + test::kRightToLeft + "\n"));
    EXPECT_THAT(text, HasSubstr("   " + test::kHuge.substr(0, 29) + "…\n"));
    EXPECT_THAT(text, HasSubstr("   " + report.peers.front().peer.hex().substr(0, 12) + "…\n")); // it has no alias
}

} // namespace
} // namespace mcp::adapters
