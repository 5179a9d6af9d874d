// Prints the evidence behind docs/design/calibration.md as Markdown: calibrate FOLDER, where FOLDER/graph holds the
// real days and the program is run from the project's root (for the sample graph that ships).
#include "analysis/recommendations/all.hpp"
#include "bench/calibration/candidates.hpp"
#include "bench/calibration/foretelling.hpp"
#include "bench/calibration/silence.hpp"

#include <exception>
#include <fmt/core.h>

namespace mcp::calibration {
namespace {

using namespace std::chrono_literals;

constexpr Day kFirstDay = std::chrono::sys_days{2025y / 10 / 23};
constexpr Day kSampleDay = std::chrono::sys_days{2024y / 9 / 22};
constexpr const char* kSample = "data/sample/mainnet-2024-09-22.describegraph.json.xz";

std::string october(const std::string& folder, int day) {
    return fmt::format("{}/graph/lnd-2025-10-{}.describegraph.json.xz", folder, 23 + day);
}

Recording three_days(const std::string& folder) {
    std::vector<std::unique_ptr<analysis::DayFacts>> days;
    for (int i = 0; i < 3; ++i) {
        days.push_back(facts_of_file(october(folder, i), kFirstDay + std::chrono::days{i}));
    }
    return Recording(std::move(days));
}

Recording a_year_apart(const std::string& folder) {
    std::vector<std::unique_ptr<analysis::DayFacts>> days;
    days.push_back(facts_of_file(kSample, kSampleDay));
    days.push_back(facts_of_file(october(folder, 2), kFirstDay + std::chrono::days{2}));
    return Recording(std::move(days));
}

void print_share_row(std::string_view rule, const Check& check, const Recording& recording,
                     const analysis::Thresholds& thresholds) {
    fmt::print("| {} |", rule);
    for (const std::size_t day : {1u, 2u}) {
        const RuleShare share = share_of_rule(check, recording, day, thresholds);
        fmt::print(" {:.2f} % | {:.2f} % |", 100 * share.standing, 100 * share.newly);
    }
    fmt::print("\n");
}

void print_rules(const Recording& recording) {
    const analysis::Thresholds defaults;
    const std::size_t nodes = share_of_rule(analysis::no_channels, recording, 2, defaults).nodes;
    fmt::print(
        "## Alerts, {} nodes\n\n| rule | stands 10-24 | new | stands 10-25 | new |\n| --- | --- | --- | --- | --- "
        "|\n",
        nodes);
    for (const analysis::AlertRule& rule : analysis::alert_rules()) {
        if (rule.check == nullptr) {
            continue; // it looks at sources, not at nodes
        }
        print_share_row(fmt::format("`{}`", rule.type), rule.check, recording, defaults);
    }
    fmt::print("\n## Thresholds tried\n\n| rule | stands 10-24 | new | stands 10-25 | new |\n| --- | --- | --- | --- | "
               "--- |\n");
    for (const Candidate& one : candidates()) {
        print_share_row(fmt::format("`{}`, {}", one.rule, one.what), one.check, recording, one.thresholds);
    }
    fmt::print(
        "\n## Mirrored: openings for closings, growth for loss\n\n| rule | 10-24 | 10-25 |\n| --- | --- | --- |\n");
    for (const analysis::AlertRule& rule : analysis::alert_rules()) {
        if (rule.type == "channel_closed" || rule.type == "capacity_drop") {
            fmt::print("| `{}` | {:.2f} % | {:.2f} % |\n", rule.type,
                       100 * share_mirrored(rule.check, recording, 1, defaults),
                       100 * share_mirrored(rule.check, recording, 2, defaults));
        }
    }
    fmt::print("\n## Recommendations\n\n| rule | given 10-24 | given 10-25 |\n| --- | --- | --- |\n");
    for (const analysis::RecommendationRule& rule : analysis::recommendation_rules()) {
        const auto advise = [&](const analysis::RuleInput& in) { return rule.advise(in).has_value(); };
        fmt::print("| `{}` | {:.1f} % | {:.1f} % |\n", rule.rule, 100 * share_advised(advise, recording, 1, defaults),
                   100 * share_advised(advise, recording, 2, defaults));
    }
}

std::string text(const std::optional<Estimate>& estimate, bool with_sign = false) {
    if (!estimate) {
        return "-";
    }
    return with_sign ? fmt::format("{:+.3f} ± {:.3f}", estimate->value, estimate->half_width)
                     : fmt::format("{:.3f} ± {:.3f}", estimate->value, estimate->half_width);
}

void print_foretelling(std::string_view title, const Fate& fate, const Recording& recording, std::size_t day) {
    fmt::print(
        "\n### {}\n\n| known before | nodes | ended well | AUC | less capacity's AUC | within a tenth by capacity "
        "|\n| --- | --- | --- | --- | --- | --- |\n",
        title);
    for (const Predictor& predictor : predictors()) {
        const Foretelling told = foretell(predictor, fate, recording, day);
        if (told.nodes > 0) {
            fmt::print("| {} | {} | {} | {} | {} | {} |\n", predictor.name, told.nodes, told.good, text(told.auc),
                       text(told.against_capacity, true), text(told.within_capacity));
        }
    }
}

void print_score_spread(const Recording& recording, std::size_t day) {
    std::vector<double> bands(4, 0);
    double nodes = 0;
    for (const NodeDays& node : recording.nodes()) {
        const std::optional<double> score =
            large_enough(node, day) ? predictors().front().value(*node[day]) : std::nullopt;
        if (score) {
            ++nodes;
            ++bands[*score >= 90 ? 0 : *score >= 75 ? 1 : *score >= 50 ? 2 : 3];
        }
    }
    fmt::print("\nScore: 90 and more {:.1f} %, 75-90 {:.1f} %, 50-75 {:.1f} %, below {:.1f} %\n",
               100 * bands[0] / nodes, 100 * bands[1] / nodes, 100 * bands[2] / nodes, 100 * bands[3] / nodes);
}

void print_silence(const Recording& recording) {
    constexpr std::size_t kDay = 1;
    fmt::print("\n## Silence, 10-24 to 10-25\n\n| days since the newer update | channels | enabled both ways | heard "
               "again | gone |\n| --- | --- | --- | --- | --- |\n");
    for (const AgeClass& age : silence_by_age(recording, kDay)) {
        const double percent = 100 / std::max(1.0, static_cast<double>(age.channels));
        fmt::print("| {}-{} | {} | {:.1f} % | {:.2f} % | {:.2f} % |\n", age.from_days, age.to_days, age.channels,
                   percent * static_cast<double>(age.enabled), percent * static_cast<double>(age.heard_again),
                   percent * static_cast<double>(age.gone));
    }
    fmt::print("\n| node, 10-25 | enabled both ways | and heard from one side | and from both |\n| --- | --- | --- | "
               "--- |\n");
    for (const UsableShares& node : usable_shares_of_largest(recording, kDay + 1, 10)) {
        fmt::print("| {} | {:.1f} % | {:.1f} % | {:.1f} % |\n", node.alias, 100 * node.enabled,
                   100 * node.heard_from_one, 100 * node.heard_from_both);
    }
}

void print_all(const std::string& folder) {
    const Recording days = three_days(folder);
    print_rules(days);
    print_score_spread(days, 2);
    print_silence(days);
    fmt::print("\n## What the score foretells\n");
    print_foretelling("10-24 to 10-25: stays out of trouble", stays_out_of_trouble(1, 2), days, 1);
    print_foretelling("10-23 to 10-24: stays out of trouble", stays_out_of_trouble(0, 1), days, 0);
    print_foretelling("10-24 to 10-25: keeps its usable capacity", keeps_usable_capacity(1, 2), days, 1);
    print_foretelling("10-23 to 10-24: keeps its usable capacity", keeps_usable_capacity(0, 1), days, 0);
    const Recording year = a_year_apart(folder);
    print_foretelling("2024-09-22 to 2025-10-25: has a public channel", survives(1), year, 0);
    print_foretelling("2024-09-22 to 2025-10-25: has half of its channels", keeps_half_of_channels(0, 1), year, 0);
}

} // namespace
} // namespace mcp::calibration

int main(int argc, char** argv) {
    if (argc != 2) {
        fmt::print(stderr, "usage: calibrate FOLDER_OF_REAL_DATA\n");
        return 2;
    }
    try {
        mcp::calibration::print_all(argv[1]);
    } catch (const std::exception& fault) {
        fmt::print(stderr, "calibrate: {}\n", fault.what());
        return 1;
    }
    return 0;
}
