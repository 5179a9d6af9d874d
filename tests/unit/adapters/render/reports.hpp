#pragma once
#include "tests/support/outside_samples.hpp"
#include "tests/support/scene.hpp"

#include <string>
#include <vector>

/// Reports on small built networks, for the tests of what prints them.
namespace mcp::test {

struct NamedReport {
    std::string name;
    domain::Report report;
};

/// What others may call themselves.
inline const std::string kHuge(300, 'x');
inline constexpr const char* kEmoji = "🦁 Löwe 🐈‍⬛⚡";
inline constexpr const char* kRightToLeft = "צומת ברק ١٢٣";

/// "us" with odd names around it: a price above the market, one below, a channel disabled, one silent, one small limit.
inline NetworkBuilder busy_node() {
    constexpr std::chrono::seconds kSilent = days{40};
    NetworkBuilder builder;
    builder.channel("us", kHuge, 5'000'000, {.ppm = 4'000})
        .channel("us", kEmoji, 4'000'000, {.ppm = 1, .inbound_ppm = -50})
        .channel("us", kRightToLeft, 3'000'000, {.disabled = true, .ago = days{3}}, {.ago = days{3}})
        .channel("us", "", 90'000'000'000, {.ago = kSilent}, {.ago = kSilent})
        .channel("us", "bob", 2'000'000, {.max_htlc_sats = 10});
    add_market(builder, kHuge);
    add_market(builder, kEmoji);
    return builder.channel("rival 1", "rival 2", 1'000, {}, {}, 0); // the others are old enough to be judged
}

inline domain::Report report_on(std::vector<domain::Network> networks) {
    return analysis::compose(History(std::move(networks)).input());
}

/// The same network a day later, in which each kind of change has happened.
inline domain::Report report_with_changes() {
    NetworkBuilder builder = busy_node().channel("us", "carol", 7'000'000);
    builder.set("us", "bob", {.ppm = 7}, {.disabled = true}).at(kNoon - days{1});
    const domain::Network before = builder.build();
    builder.close("us", "carol").channel("us", "dave", 6'000'000).set("us", "bob", {.max_htlc_sats = 10}, {}).at(kNoon);
    return report_on({before, builder.build()});
}

/// A report on "us" of `builder` with what other sources say: its channel with "zoe" was closed by force since
/// yesterday, its own LND gave no graph.
inline domain::Report report_with_outside(NetworkBuilder builder = busy_node()) {
    const domain::Network before = builder.channel("us", "zoe", 7'000'000).at(kNoon - days{1}).build();
    const History history({before, builder.close("us", "zoe").at(kNoon).build()});
    domain::Outside outside = planted_outside();
    const std::string gone = DayOfUs(before).with("zoe").channel->id.text();
    outside.closed_channels.insert(outside.closed_channels.begin(),
                                   closed(domain::source::kAmboss, gone, domain::ClosingReason::force));
    analysis::ComposeInput input = history.input();
    input.outside = &outside;
    input.graph_source = source_in(domain::source::kRgs, domain::SourceStatus::ok);
    const std::vector<domain::SourceState> others = {
        source_in(domain::source::kLndGraph, domain::SourceStatus::unavailable, Message{"system.not_allowed", {}})};
    input.other_graph_sources = others;
    return analysis::compose(input);
}

inline std::vector<NamedReport> all_reports() {
    std::vector<NamedReport> reports{
        {"quiet", report_on({quiet_node().build()})},
        {"undated", report_on({quiet_node().undated().build()})},
        {"unknown capacity", report_on({quiet_node().resize("us", "bob", {}).build()})},
        {"no channel", report_on({NetworkBuilder().channel("a", "b", 1'000).node("us").build()})},
        {"busy", report_on({busy_node().build()})},
        {"changes", report_with_changes()},
        {"outside", report_with_outside()},
        {"new node",
         report_on({NetworkBuilder().channel("a", "b", 1'000).at(kNoon - days{1}).build(), busy_node().build()})}};
    for (const std::string& alias : {kHuge, std::string(kEmoji), std::string(kRightToLeft), std::string()}) {
        reports.push_back({"called '" + alias + "'", reports.front().report});
        reports.back().report.node_alias = alias;
    }
    return reports;
}

} // namespace mcp::test
