#pragma once
#include "tests/support/outside_samples.hpp"
#include "tests/support/own_node_samples.hpp"
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

/// An LND as it may be found: it may not tell its wallet and its transactions, keeps no failures, holds an unannounced
/// channel, one that is closed by force and a payment that hangs; one side has nearly run out.
inline domain::OwnNode found_lnd(const domain::Network& network) {
    domain::OwnNode node = node_of(network);
    for (domain::NodeChannel& channel : node.channels) {
        fill(channel, 0.05);
    }
    domain::NodeChannel hidden = node.channels.front();
    hidden.id = {(kNewestBlock - 10) << 40};
    hidden.funding_outpoint = "hidden:1";
    hidden.peer = key_of(300);
    hidden.is_public = false;
    hidden.is_active = false;
    hidden.local = Msat{123'456'000};
    hidden.watched = hours{200};
    hidden.online = hours{50};
    node.channels.push_back(hidden);
    node.channels.front().htlcs = {
        {.incoming = true, .amount = Msat{250'000'500}, .expires_at_block = node.block_height + 30}};
    sum_balances(node);
    node.balances->local += Msat{789}; // its sums are exact, its channels whole satoshi
    node.wallet.reset();
    for (domain::NodeDayFlow& day : node.days) {
        day.chain.reset();
    }
    node.gaps = {{domain::NodePart::wallet, {ErrorKind::forbidden, {"system.not_allowed", {}}}},
                 {domain::NodePart::chain_costs, {ErrorKind::forbidden, {"system.not_allowed", {}}}}};
    node.pending->push_back({.kind = domain::PendingKind::force_closing,
                             .funding_outpoint = "gone:0",
                             .peer = key_of(301),
                             .capacity = Sat{2'000'000},
                             .ours = Sat{1'500'000},
                             .blocks_left = 71,
                             .closing_txid = "c105ed"});
    node.pending->push_back({.kind = domain::PendingKind::opening,
                             .funding_outpoint = "new:0",
                             .peer = key_of(302),
                             .capacity = Sat{3'000'000},
                             .ours = Sat{3'000'000},
                             .blocks_left = {},
                             .closing_txid = {}});
    node.closings = {{.id = {(kNewestBlock - 5'000) << 40 | 3 << 16},
                      .funding_outpoint = "old:0",
                      .peer = key_of(303),
                      .capacity = Sat{700'000},
                      .kind = domain::CloseKind::force_by_peer,
                      .closed_by_us = false,
                      .height = kNewestBlock - 100,
                      .ours = Msat{300'000'000}}};
    node.credential_expires = node.read_at + days{10};
    return node;
}

/// A report on "us" of `network` with what it told: for the report's day, and for the day before.
inline domain::Report report_with_node(const domain::Network& network, const domain::OwnNode& node,
                                       std::optional<domain::OwnNode> yesterday = {}) {
    domain::Network before = network;
    *before.as_of -= days{1};
    const History history({before, network});
    analysis::ComposeInput input = history.input();
    std::vector<analysis::OwnNodeOfDay> own;
    if (yesterday) {
        own.push_back({yesterday->day, &*yesterday});
    }
    own.push_back({node.day, &node});
    input.own = own;
    input.node_source = source_in(domain::source::kNode, domain::SourceStatus::ok);
    return analysis::compose(input);
}

/// A report without what the connected node would have told.
inline domain::Report report_without_node() {
    const History history({quiet_node().build()});
    analysis::ComposeInput input = history.input();
    input.node_source =
        source_in(domain::source::kNode, domain::SourceStatus::unavailable, Message{"system.not_allowed", {}});
    return analysis::compose(input);
}

inline domain::Report report_with_lnd() {
    const domain::Network network = quiet_node().build();
    return report_with_node(network, found_lnd(network));
}

/// A Core Lightning that told everything, failures included, today and yesterday.
inline domain::Report report_with_cln() {
    const domain::Network network = quiet_node().build();
    const domain::OwnNode node = cln_of(network);
    return report_with_node(network, node, earlier(node));
}

inline domain::Report report_with_node_in_doubt() {
    const domain::Network network = quiet_node().build();
    domain::OwnNode node = found_lnd(network);
    node.doubts = {domain::NodeDoubt::not_synced_to_chain, domain::NodeDoubt::no_channel_active};
    node.days.clear();
    node.balances.reset();
    node.peers.reset();
    return report_with_node(network, node);
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
        {"LND", report_with_lnd()},
        {"Core Lightning", report_with_cln()},
        {"node in doubt", report_with_node_in_doubt()},
        {"node not read", report_without_node()},
        {"new node",
         report_on({NetworkBuilder().channel("a", "b", 1'000).at(kNoon - days{1}).build(), busy_node().build()})}};
    for (const std::string& alias : {kHuge, std::string(kEmoji), std::string(kRightToLeft), std::string()}) {
        reports.push_back({"called '" + alias + "'", reports.front().report});
        reports.back().report.node_alias = alias;
    }
    return reports;
}

} // namespace mcp::test
