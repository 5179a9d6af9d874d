#include "adapters/render/report_text.hpp"

#include "adapters/render/text_layout.hpp"
#include "adapters/render/words.hpp"
#include "analysis/outside/onchain_fees.hpp"
#include "analysis/outside/source_gaps.hpp"
#include "analysis/own/doubts.hpp"
#include "domain/own_node.hpp"
#include "language/numbers.hpp"

#include <algorithm>
#include <cmath>

namespace mcp::adapters {
namespace {

using domain::Figure;
using language::Language;

constexpr int kWidest = 100; // longer lines tire the eye
constexpr int kBarCells = 20;
constexpr double kSatsPerBitcoin = 1e8;
constexpr std::chrono::hours kOfTheDay{24}; // what is older is not today's
constexpr std::size_t kMostChanges = 10;
constexpr std::size_t kMostPeers = 10;

enum class Ink { plain, bold, dim, red, yellow, green };

std::string_view escape_of(Ink ink) {
    switch (ink) {
    case Ink::plain:
        return "";
    case Ink::bold:
        return "\033[1m";
    case Ink::dim:
        return "\033[2m";
    case Ink::red:
        return "\033[31m";
    case Ink::yellow:
        return "\033[33m";
    case Ink::green:
        return "\033[32m";
    }
    return "";
}

Ink ink_of(domain::Severity severity) {
    switch (severity) {
    case domain::Severity::critical:
        return Ink::red;
    case domain::Severity::warning:
        return Ink::yellow;
    case domain::Severity::info:
        return Ink::plain;
    }
    return Ink::plain;
}

Ink ink_of(domain::HealthStatus status) {
    switch (status) {
    case domain::HealthStatus::critical:
        return Ink::red;
    case domain::HealthStatus::warning:
        return Ink::yellow;
    case domain::HealthStatus::healthy:
        return Ink::green;
    }
    return Ink::plain;
}

std::string_view band_key(int score) {
    if (score >= 90) {
        return "text.band.excellent";
    }
    if (score >= 75) {
        return "text.band.good";
    }
    return score >= 50 ? "text.band.fair" : "text.band.poor";
}

std::string bar(double percent) {
    const int full = std::clamp(static_cast<int>(std::lround(percent * kBarCells / 100)), 0, kBarCells);
    std::string cells;
    for (int i = 0; i < kBarCells; ++i) {
        cells += i < full ? "█" : "░";
    }
    return cells;
}

/// One report as text, section by section, each a function below in the order of the page.
class Page {
public:
    Page(const domain::Report& report, Language language, const TextStyle& style)
        : report_(report), language_(language), colour_(style.colour),
          columns_(std::clamp(style.columns, 60, kWidest)) {}

    std::string print() {
        head();
        warnings();
        alerts();
        advice();
        score();
        node();
        figures();
        changes();
        trends();
        node_channels();
        peers();
        missing();
        return std::move(text_);
    }

private:
    // Words and ink.
    [[nodiscard]] std::string say(const Message& message) const { return language::render(message, language_); }
    [[nodiscard]] std::string say(std::string_view key) const { return say(Message{key, {}}); }
    [[nodiscard]] std::string inked(std::string_view words, Ink ink) const {
        const std::string_view escape = colour_ ? escape_of(ink) : "";
        return escape.empty() ? std::string(words) : std::string(escape) + std::string(words) + "\033[0m";
    }
    [[nodiscard]] std::string integer(std::int64_t value) const { return language::format_integer(value, language_); }
    [[nodiscard]] std::string decimal(double value, int decimals) const {
        return language::format_decimal(value, decimals, language_);
    }
    [[nodiscard]] std::string signed_decimal(double value) const { return (value > 0 ? "+" : "") + decimal(value, 1); }

    // Lines.
    void line(std::string_view words = "") { text_ += std::string(words) + "\n"; }
    void heading(std::string_view key) {
        line();
        paragraph(inked(say(key), Ink::bold), 0);
    }
    /// Wrapped words, every line begun with `indent` spaces and those after the first with `hang` more.
    void paragraph(const std::string& words, int indent, int hang = 0) {
        const std::string margin(static_cast<std::size_t>(indent), ' ');
        const std::string lines = wrapped(words, columns_ - indent, hang);
        std::size_t begin = 0;
        while (begin < lines.size()) {
            const std::size_t end = lines.find('\n', begin) + 1;
            text_ += margin + lines.substr(begin, end - begin);
            begin = end;
        }
    }
    void command(std::string_view program, const std::string& words) {
        if (!words.empty()) {
            line("       " + inked(std::string(program) + "  ", Ink::dim) + words);
        }
    }

    void head() {
        const domain::Summary& summary = report_.summary;
        const std::string name = report_.node_alias.empty() ? say("text.no_alias") : report_.node_alias;
        line(inked(clipped(name, columns_), Ink::bold));
        line(inked(report_.node.hex(), Ink::dim));
        paragraph(say({"text.report_of", {{"day", report_.report_date}}}) + " · " + graph_date(), 0);
        line();
        std::string score = summary.overall_score ? integer(*summary.overall_score) + "/100" : "–";
        std::string verdict = inked(say("text.score") + " " + score, ink_of(summary.status));
        if (summary.overall_score) {
            verdict += " " + say(band_key(*summary.overall_score));
        }
        if (summary.score_delta_24h) {
            const double change = *summary.score_delta_24h;
            verdict += " · " + (change == 0 ? say("text.unchanged")
                                            : say({"text.since_yesterday", {{"change", signed_decimal(change)}}}));
        }
        const Message basis{"text.basis",
                            {{"present", std::int64_t{report_.score.parts_present}},
                             {"all", static_cast<std::int64_t>(report_.score.parts.size())}}};
        paragraph(verdict + " · " + say(basis), 0);
        paragraph(inked("→ ", ink_of(summary.status)) + say(summary.headline), 0);
    }

    [[nodiscard]] std::string graph_date() const {
        return report_.graph_as_of ? say({"text.graph_of", {{"as_of", *report_.graph_as_of}}})
                                   : say("text.graph_undated");
    }

    void warnings() {
        for (const Message& warning : report_.warnings) {
            line();
            paragraph(inked("! ", Ink::yellow) + say(warning), 0);
        }
    }

    [[nodiscard]] std::string standing(const domain::Alert& alert) const {
        switch (alert.state) {
        case domain::AlertState::unknown:
            return "";
        case domain::AlertState::fresh:
            return " · " + say("text.alert_new");
        case domain::AlertState::ongoing:
            return " · " +
                   (alert.days_is_lower_bound
                        ? say({"text.alert_at_least", {{"days", std::int64_t{alert.days}}}})
                        : say({"text.alert_ongoing", {{"days", std::int64_t{alert.days}}, {"since", alert.since}}}));
        }
        return "";
    }

    void alerts() {
        if (report_.alerts.empty() && report_.resolved_alerts.empty()) {
            return;
        }
        heading("text.alerts");
        for (const domain::Alert& alert : report_.alerts) {
            const std::string severity = say(fmt_key("text.severity.", word(alert.severity)));
            paragraph(inked(severity, ink_of(alert.severity)) + "  " + say(alert.title) + standing(alert), 2, 2);
            if (alert.days == 1) { // told in full once: repeated alarms are not read
                paragraph(say(alert.description), 4);
            }
        }
        for (const domain::Alert& alert : report_.resolved_alerts) {
            paragraph(inked(say("text.resolved"), Ink::green) + "  " + say(alert.title), 2);
        }
    }

    [[nodiscard]] static std::string_view fmt_key(std::string_view prefix, std::string_view last) {
        static constexpr std::string_view kKeys[] = {"text.severity.critical",  "text.severity.warning",
                                                     "text.severity.info",      "text.priority.high",
                                                     "text.priority.medium",    "text.priority.low",
                                                     "text.part.availability",  "text.part.liquidity",
                                                     "text.part.flow",          "text.part.price",
                                                     "text.part.position",      "text.part.risk",
                                                     "text.level.cheap",        "text.level.normal",
                                                     "text.level.dear",         "text.node_part.channels",
                                                     "text.node_part.balances", "text.node_part.pending",
                                                     "text.node_part.closings", "text.node_part.forwards",
                                                     "text.node_part.wallet",   "text.node_part.chain_costs",
                                                     "text.node_part.peers"};
        const auto found = std::find_if(std::begin(kKeys), std::end(kKeys), [&](std::string_view key) {
            return key.size() == prefix.size() + last.size() && key.starts_with(prefix) && key.ends_with(last);
        });
        return found == std::end(kKeys) ? prefix : *found;
    }

    void advice() {
        if (report_.recommendations.empty()) {
            return;
        }
        heading("text.advice");
        int number = 0;
        for (const domain::Recommendation& r : report_.recommendations) {
            const std::string priority = say(fmt_key("text.priority.", word(r.priority)));
            paragraph(inked(std::to_string(++number) + ". " + say(r.title), Ink::bold) + " · " + priority, 2, 3);
            paragraph(say(r.description), 5);
            paragraph("→ " + say(r.suggested_action), 5, 2);
            command("LND", r.command_lnd);
            command("CLN", r.command_cln);
        }
        paragraph(inked(say(report_.own_node ? "text.advice_note_node" : "text.advice_note"), Ink::dim), 2);
    }

    void score() {
        heading("text.score_parts");
        std::vector<std::string> labels;
        int widest = 0;
        for (const domain::ScorePart& part : report_.score.parts) {
            labels.push_back(say(fmt_key("text.part.", part.name)));
            widest = std::max(widest, width_of(labels.back()));
        }
        for (std::size_t i = 0; i < labels.size(); ++i) {
            const domain::ScorePart& part = report_.score.parts[i];
            const std::string label = "  " + pad_right(labels[i], widest + 2);
            if (!part.value) {
                beside(label + inked("  –  ", Ink::dim), say(part.value.absence().reason), Ink::dim);
                continue;
            }
            const std::string change =
                part.change_24h && *part.change_24h != 0 ? "  " + signed_decimal(*part.change_24h) : "";
            line(label + pad_left(integer(std::lround(*part.value)), 3) + "  " + bar(*part.value) + change);
            paragraph(inked(say(part.inputs), Ink::dim), widest + 9);
        }
    }

    template <typename T, typename Show>
    [[nodiscard]] std::string shown(const Figure<T>& figure, Show show) const {
        return figure ? show(*figure) : say(figure.absence().reason);
    }

    [[nodiscard]] std::string rank_words(const Figure<int>& rank, const Figure<int>& change) const {
        if (!rank) {
            return "";
        }
        std::string words = ", " + say({"text.rank", {{"rank", std::int64_t{*rank}}}});
        if (change && *change != 0) {
            words += " (" + std::string(*change > 0 ? "▲" : "▼") + integer(std::abs(*change)) + ")";
        }
        return words;
    }

    /// The words to the right of the label, and only there.
    void beside(const std::string& label, const std::string& words, Ink ink = Ink::plain) {
        const int margin = width_of(label);
        std::string lines = wrapped(words, columns_ - margin, 0);
        lines.pop_back();
        for (std::size_t end = lines.find('\n'); end != std::string::npos; end = lines.find('\n', end + 1)) {
            lines.insert(end + 1, static_cast<std::size_t>(margin), ' ');
        }
        line(label + inked(lines, ink));
    }

    void row(std::string_view label_key, const std::string& words) {
        constexpr int kLabelWidth = 16;
        beside("  " + pad_right(say(label_key), kLabelWidth), words);
    }

    void figures() {
        heading("text.figures");
        const auto sats = [&](Sat amount) { return integer(amount.value) + " sat"; };
        row("text.capacity", shown(report_.capacity.total, sats) + worth_words() +
                                 rank_words(report_.capacity.rank, report_.capacity.rank_change_24h));
        row("text.channels", channels_words());
        row("text.peers", peers_words());
        row("text.fees", fees_words());
        positions();
        if (report_.network.stuck_with_silent_peers && report_.network.stuck_with_silent_peers->value > 0) {
            row("text.stuck", sats(*report_.network.stuck_with_silent_peers));
        }
        outside();
    }

    // What the user's own node tells.

    void node() {
        if (!report_.own_node) {
            return;
        }
        const domain::ReportNode& n = *report_.own_node;
        heading("text.node");
        paragraph(node_words(n), 2);
        row("text.balance", balance_words(n));
        row("text.passing", passing_words(n));
        row("text.forwards", forwards_words());
        row("text.revenue", revenue_words());
        row("text.uptime", shown(report_.network.uptime_24h, [&](double up) {
                return say({"text.uptime_words", {{"share", Share{up, 1}}}});
            }));
        row("text.wallet", shown(n.wallet, [&](const domain::ReportWallet& w) {
                return say({"text.wallet_words", {{"confirmed", w.confirmed}, {"unconfirmed", w.unconfirmed}}});
            }));
        row("text.chain_costs", shown(n.chain_fees_7d, [&](Msat fees) {
                return say({"text.chain_costs_words", {{"amount", to_sat_floor(fees)}}});
            }));
        pending(n);
    }

    [[nodiscard]] std::string node_words(const domain::ReportNode& n) const {
        const std::string program = n.kind == domain::NodeKind::lnd ? "LND" : "Core Lightning";
        std::string words =
            say({"text.node_read",
                 {{"program", program}, {"version", n.version}, {"time", n.read_at}, {"height", n.block_height}}});
        if (!n.doubts.empty()) {
            words += say({"text.node_partial", {{"why", analysis::words_of(n.doubts)}}});
        }
        return words;
    }

    [[nodiscard]] std::string balance_words(const domain::ReportNode& n) const {
        if (!n.local || !n.remote || !report_.capacity.liquidity_ratio) {
            const domain::Absence& why = !n.local    ? n.local.absence()
                                         : !n.remote ? n.remote.absence()
                                                     : report_.capacity.liquidity_ratio.absence();
            return say(why.reason);
        }
        return say({"text.balance_words",
                    {{"local", to_sat_floor(*n.local)},
                     {"remote", to_sat_floor(*n.remote)},
                     {"share", Share{*report_.capacity.liquidity_ratio}}}});
    }

    [[nodiscard]] std::string passing_words(const domain::ReportNode& n) const {
        if (!n.send_share || !n.receive_share) {
            return say((n.send_share ? n.receive_share : n.send_share).absence().reason);
        }
        const std::string_view key = n.usual_forward_is_own           ? "text.passing_words"
                                     : report_.forwarding.forwards_7d ? "text.passing_typical"
                                                                      : "text.passing_untold";
        return say({key,
                    {{"amount", to_sat_floor(n.usual_forward)},
                     {"send", Share{*n.send_share}},
                     {"receive", Share{*n.receive_share}}}});
    }

    [[nodiscard]] std::string forwards_words() const {
        const domain::ForwardingMetrics& f = report_.forwarding;
        if (!f.forwards_24h) {
            return say(f.forwards_24h.absence().reason);
        }
        std::string words = say({"text.forwards_24h", {{"count", *f.forwards_24h}}});
        words += f.forwards_7d ? say({"text.forwards_7d", {{"count", *f.forwards_7d}}}) : "";
        return words + (f.success_rate_24h ? say({"text.success", {{"share", Share{*f.success_rate_24h, 1}}}}) : "");
    }

    /// Small earnings are told to the msat: rounded to satoshi they would be nothing.
    [[nodiscard]] static MessageValue earned(Msat amount) {
        constexpr Msat kSmall{1'000'000};
        return amount < kSmall ? MessageValue{amount} : MessageValue{to_sat_floor(amount)};
    }

    [[nodiscard]] std::string revenue_words() const {
        const domain::ForwardingMetrics& f = report_.forwarding;
        if (!f.revenue_24h) {
            return say(f.revenue_24h.absence().reason);
        }
        const std::string words = say({"text.revenue_24h", {{"amount", earned(*f.revenue_24h)}}});
        return words + (f.revenue_7d ? say({"text.revenue_7d", {{"amount", earned(*f.revenue_7d)}}}) : "");
    }

    [[nodiscard]] static std::string_view key_of(domain::PendingKind kind) {
        switch (kind) {
        case domain::PendingKind::opening:
            return "text.pending_opening";
        case domain::PendingKind::closing:
            return "text.pending_closing";
        case domain::PendingKind::force_closing:
            return "text.pending_force";
        }
        return "text.pending_opening";
    }

    [[nodiscard]] static std::string name_of(const domain::PubKey& key, const std::string& alias) {
        return alias.empty() ? key.hex().substr(0, 12) + "…" : alias;
    }

    [[nodiscard]] static Message pending_one(const domain::ReportPending& one) {
        const std::string peer = name_of(one.peer, one.peer_alias);
        if (one.kind == domain::PendingKind::opening) {
            return {key_of(one.kind), {{"peer", peer}, {"capacity", one.capacity}}};
        }
        return {key_of(one.kind), {{"peer", peer}, {"ours", one.ours}}};
    }

    void pending(const domain::ReportNode& n) {
        constexpr std::size_t kMostPending = 5;
        if (!n.pending) {
            row("text.pending", say(n.pending.absence().reason));
            return;
        }
        if (n.pending->empty()) {
            return;
        }
        row("text.pending", say({"text.pending_words", {{"count", static_cast<std::int64_t>(n.pending->size())}}}));
        for (std::size_t i = 0; i < std::min(kMostPending, n.pending->size()); ++i) {
            paragraph("· " + say(pending_one((*n.pending)[i])), 4, 2);
        }
    }

    void node_channels() {
        constexpr int kBeforePeer = 51;
        if (!report_.own_node || !report_.own_node->channels || report_.own_node->channels->empty()) {
            return;
        }
        const std::vector<domain::ReportNodeChannel>& channels = *report_.own_node->channels;
        heading("text.node_channels");
        line(inked(node_channel_row(say("text.node_channels.local"), say("text.node_channels.remote"),
                                    say("text.node_channels.forwards"), say("text.node_channels.fees")) +
                       say("text.node_channels.peer"),
                   Ink::dim));
        const auto count = [&](const Figure<std::int64_t>& f) { return f ? integer(*f) : "–"; };
        const auto sats = [&](Msat amount) { return integer(to_sat_floor(amount).value); };
        for (std::size_t i = 0; i < std::min(kMostPeers, channels.size()); ++i) {
            const domain::ReportNodeChannel& c = channels[i];
            const std::string flags = (c.is_active ? "" : say("text.node_channels.off")) +
                                      (c.is_announced ? "" : say("text.node_channels.private"));
            line(node_channel_row(sats(c.local), sats(c.remote),
                                  count(c.forwards_in_7d) + "/" + count(c.forwards_out_7d),
                                  c.fees_7d ? sats(*c.fees_7d) : "–") +
                 flagged(name_of(c.peer, c.peer_alias), flags, columns_ - kBeforePeer));
        }
        if (channels.size() > kMostPeers) {
            line("  " + say({"text.node_channels.more",
                             {{"count", static_cast<std::int64_t>(channels.size() - kMostPeers)}}}));
        }
        paragraph(inked(say("text.node_channels_note"), Ink::dim), 2);
    }

    /// The name is what a channel is known by: flags take no more than half of the room from it.
    [[nodiscard]] static std::string flagged(const std::string& name, const std::string& flags, int room) {
        return clipped(clipped(name, std::max(room - width_of(flags), room / 2)) + flags, room);
    }

    [[nodiscard]] static std::string node_channel_row(const std::string& local, const std::string& remote,
                                                      const std::string& forwards, const std::string& fees) {
        return pad_left(local, 15) + pad_left(remote, 15) + pad_left(forwards, 11) + pad_left(fees, 8) + "  ";
    }

    /// What the capacity is worth at the price of the last day; an older price is told by its date in JSON only.
    [[nodiscard]] std::string worth_words() const {
        const domain::PriceFigures& price = report_.bitcoin_price;
        const Figure<double>& one = price.usd ? price.usd : price.eur;
        if (!report_.capacity.total || !one || report_.generated_at - *price.as_of > kOfTheDay) {
            return "";
        }
        const double worth = *one * static_cast<double>(report_.capacity.total->value) / kSatsPerBitcoin;
        return say(
            {"text.worth", {{"amount", Decimal{roughly(worth), 0}}, {"currency", std::string(price.usd ? "$" : "€")}}});
    }

    /// To four digits: a price moves by more within the hour.
    [[nodiscard]] static double roughly(double amount) {
        const double unit = amount < 1e4 ? 1 : std::pow(10, std::floor(std::log10(amount)) - 3);
        return std::round(amount / unit) * unit;
    }

    /// What other sources say: on-chain fees, and where they count otherwise than the graph.
    void outside() {
        const domain::OnchainFigures& fees = report_.onchain;
        if (fees.hour && fees.next_block && fees.as_of) {
            row("text.onchain", onchain_words());
        }
        elsewhere();
    }

    [[nodiscard]] std::string onchain_words() const {
        const domain::OnchainFigures& fees = report_.onchain;
        std::string words = say({"text.onchain_words", {{"hour", rate(*fees.hour)}, {"next", rate(*fees.next_block)}}});
        if (report_.generated_at - *fees.as_of > kOfTheDay) {
            return words + say({"text.onchain_old", {{"time", *fees.as_of}}});
        }
        if (fees.level && fees.usual_hour) {
            const std::string level = say(fmt_key("text.level.", word(*fees.level)));
            words += say({"text.onchain_usual", {{"level", level}, {"usual", rate(*fees.usual_hour)}}});
        }
        return words;
    }

    void elsewhere() {
        std::vector<Message> told;
        for (const domain::CountedNode& node : report_.provider_nodes.rows) {
            if (node.channels && disagrees(*node.channels, report_.summary.channels_count)) {
                told.push_back(count_of(node));
            }
        }
        if (!told.empty()) {
            const std::int64_t ours = report_.summary.channels_count;
            row("text.elsewhere", say({"text.elsewhere_words", {{"told", std::move(told)}, {"ours", ours}}}));
        }
    }

    /// Small differences are everywhere: providers hear of channels at different times.
    [[nodiscard]] static bool disagrees(std::int64_t theirs, std::int64_t ours) {
        constexpr double kSmall = 0.02;
        return std::abs(static_cast<double>(theirs - ours)) > kSmall * static_cast<double>(std::max(theirs, ours));
    }

    [[nodiscard]] static Message count_of(const domain::CountedNode& node) {
        const Figure<Time>& when = node.as_of ? node.as_of : node.asked_at;
        const std::string source = analysis::display_name(node.source);
        if (!when) {
            return {"text.elsewhere_one", {{"source", source}, {"count", *node.channels}}};
        }
        return {"text.elsewhere_dated",
                {{"source", source}, {"count", *node.channels}, {"day", std::chrono::floor<std::chrono::days>(*when)}}};
    }

    /// A fee rate with the decimals that it has.
    [[nodiscard]] static MessageValue rate(double sat_per_vbyte) { return analysis::rate_words(sat_per_vbyte); }

    void positions() {
        const domain::NetworkMetrics& m = report_.network;
        if (!m.by_fee_50k.rank && !m.by_fee_500k.rank && !m.by_fee_5m.rank) {
            row("text.position", say(m.by_fee_500k.rank.absence().reason));
            return;
        }
        const Figure<double> not_shown = domain::Absence{{"absent.no_yesterday", {}}, domain::source::kHistory};
        row("text.position", say("text.position_note"));
        position_row("text.position_50k", m.by_fee_50k, not_shown);
        position_row("text.position_500k", m.by_fee_500k, m.betweenness_change_24h);
        position_row("text.position_5m", m.by_fee_5m, not_shown);
    }

    [[nodiscard]] std::string channels_words() const {
        const domain::ChannelMetrics& m = report_.channel_metrics;
        const std::int64_t announced = report_.summary.channels_count;
        const bool counts_others = m.is_told_by_node && m.active && m.inactive; // the node's own count is of all it has
        std::string words =
            counts_others ? say({"text.channels_announced", {{"count", announced}}}) : integer(announced);
        if (m.active && m.inactive) {
            words += say({m.is_told_by_node ? "text.active_inactive_node" : "text.active_inactive",
                          {{"active", std::int64_t{*m.active}}, {"inactive", std::int64_t{*m.inactive}}}});
        }
        words += rank_words(m.rank, m.rank_change_24h);
        return m.median_capacity ? words + say({"text.median_size", {{"median", *m.median_capacity}}}) : words;
    }

    [[nodiscard]] std::string peers_words() const {
        std::string words = integer(report_.network.peer_count);
        if (report_.network.concentration_hhi) {
            words += say({"text.concentration", {{"hhi", Decimal{*report_.network.concentration_hhi, 2}}}});
        }
        return words;
    }

    [[nodiscard]] std::string fees_words() const {
        const domain::FeeMetrics& f = report_.fees;
        if (!f.median_fee_rate || !f.weighted_p10 || !f.weighted_p50 || !f.weighted_p90) {
            return say(Message{"absent.no_policy", {}});
        }
        return say({"text.fee_words",
                    {{"median", Decimal{*f.median_fee_rate, 0}},
                     {"base", Decimal{*f.median_base_fee, 0}},
                     {"p10", Decimal{*f.weighted_p10, 0}},
                     {"p50", Decimal{*f.weighted_p50, 0}},
                     {"p90", Decimal{*f.weighted_p90, 0}}}});
    }

    void position_row(std::string_view label_key, const domain::Position& p, const Figure<double>& change) {
        if (!p.rank || !p.betweenness) {
            row(label_key, say(Message{"absent.carries_nothing", {}}));
            return;
        }
        std::string words = say({"text.position_words",
                                 {{"rank", std::int64_t{*p.rank}},
                                  {"carriers", std::int64_t{p.carriers}},
                                  {"pairs", static_cast<std::int64_t>(std::llround(*p.betweenness))}}});
        constexpr double kWorthTelling = 0.0005; // below it would be shown as 0.0 %
        if (change && std::abs(*change) >= kWorthTelling) {
            words += " (" + std::string(*change > 0 ? "+" : "") + language::format_share(*change, 1, language_) + ")";
        }
        row(label_key, words);
    }

    /// The changes as lines: what is rarer than a new price first, the same words once.
    [[nodiscard]] std::vector<std::pair<std::string, int>> change_lines() const {
        std::vector<std::pair<std::string, int>> lines;
        for (const bool repriced : {false, true}) {
            for (const domain::ReportChange& change : *report_.changes) {
                if ((change.kind == domain::ChangeKind::repriced) != repriced) {
                    continue;
                }
                const std::string words = say(change.text);
                const auto known =
                    std::find_if(lines.begin(), lines.end(), [&](const auto& l) { return l.first == words; });
                if (known == lines.end()) {
                    lines.emplace_back(words, 1);
                } else {
                    ++known->second;
                }
            }
        }
        return lines;
    }

    void changes() {
        if (!report_.changes) {
            return;
        }
        heading("text.changes");
        const auto lines = change_lines();
        if (lines.empty()) {
            line("  " + say("text.no_changes"));
        }
        for (std::size_t i = 0; i < std::min(kMostChanges, lines.size()); ++i) {
            const auto& [words, times] = lines[i];
            paragraph("· " + words + (times > 1 ? " (×" + std::to_string(times) + ")" : ""), 2, 2);
        }
        if (lines.size() > kMostChanges) {
            line("  · " +
                 say({"text.changes_more", {{"count", static_cast<std::int64_t>(lines.size() - kMostChanges)}}}));
        }
    }

    void trends() {
        const domain::Trends& t = report_.trends;
        const auto present =
            std::count_if(t.capacity.begin(), t.capacity.end(), [](const auto& f) { return f.has_value(); });
        if (present < 2) {
            return;
        }
        heading("text.trends");
        for (std::size_t i = 0; i < t.days.size(); ++i) {
            if (!t.score[i] && !t.capacity[i]) {
                continue;
            }
            const std::string score = t.score[i] ? integer(*t.score[i]) : "–";
            const std::string capacity = t.capacity[i] ? integer(t.capacity[i]->value) + " sat" : "–";
            std::string words = "  " + pad_left(language::format_day(t.days[i], language_), 17) + "   " +
                                say("text.score") + " " + pad_left(score, 3) + "   " + capacity;
            const std::string revenue =
                t.revenue[i] ? say({"text.trend_revenue", {{"amount", to_sat_floor(*t.revenue[i])}}}) : "";
            words += width_of(words + revenue) <= columns_ ? revenue : ""; // on a narrow terminal it is in JSON only
            line(words);
        }
        scores_left_out();
    }

    /// Why a day whose public score is known shows none: the line would be of two ways to measure.
    void scores_left_out() {
        constexpr std::string_view kOtherWays[] = {"absent.score_of_public_view", "absent.only_public_score_kept"};
        for (const std::string_view key : kOtherWays) {
            const auto& scores = report_.trends.score;
            const auto found = std::find_if(scores.begin(), scores.end(), [&](const Figure<int>& score) {
                return !score && score.absence().reason.key == key;
            });
            if (found != scores.end()) {
                const std::vector<Message> why = {found->absence().reason};
                paragraph(inked(say({"text.trend_left_out", {{"why", why}}}), Ink::dim), 2, 2);
            }
        }
    }

    void peers() {
        if (report_.peers.empty()) {
            return;
        }
        constexpr int kBeforeAlias = 50;
        heading("text.market");
        line("  " + inked(pad_left(say("text.market.capacity"), 15) + pad_left(say("text.market.yours"), 8) +
                              pad_left("p10", 7) + pad_left(say("text.market.median"), 8) + pad_left("p95", 7) + "   " +
                              say("text.market.peer"),
                          Ink::dim));
        const auto ppm = [&](const Figure<double>& f) { return f ? integer(std::llround(*f)) : "–"; };
        for (std::size_t i = 0; i < std::min(kMostPeers, report_.peers.size()); ++i) {
            const domain::ReportPeer& p = report_.peers[i];
            const std::string capacity = p.capacity ? integer(p.capacity->value) : "–";
            line("  " + pad_left(capacity, 15) + pad_left(ppm(p.own_price), 8) + pad_left(ppm(p.market_p10), 7) +
                 pad_left(ppm(p.market_median), 8) + pad_left(ppm(p.market_p95), 7) + "   " +
                 clipped(p.peer_alias.empty() ? p.peer.hex().substr(0, 12) + "…" : p.peer_alias,
                         columns_ - kBeforeAlias));
        }
        if (report_.peers.size() > kMostPeers) {
            line("  " +
                 say({"text.market.more", {{"count", static_cast<std::int64_t>(report_.peers.size() - kMostPeers)}}}));
        }
        paragraph(inked(say("text.market_note"), Ink::dim), 2);
    }

    /// What is not in the report for want of the node, or of a part of what it could tell.
    void missing() {
        if (!report_.own_node) {
            const domain::Absence& why = report_.own_node.absence();
            const bool is_connected = why.reason.key != "absent.needs_node";
            line();
            paragraph(inked(is_connected ? say({"text.missing_node", {{"why", std::vector<Message>{why.reason}}}})
                                         : say("text.missing"),
                            Ink::dim),
                      0);
            return;
        }
        std::vector<Message> parts;
        for (const domain::ReportGap& gap : report_.own_node->gaps) {
            const std::string_view part = fmt_key("text.node_part.", word(gap.part));
            parts.push_back({"text.part_gap",
                             {{"part", std::vector<Message>{{part, {}}}}, {"why", std::vector<Message>{gap.why}}}});
        }
        if (!parts.empty()) {
            line();
            paragraph(inked(say({"text.missing_parts", {{"list", std::move(parts)}}}), Ink::dim), 0);
        }
    }

    [[nodiscard]] static std::string pad_left(const std::string& words, int width) {
        return std::string(static_cast<std::size_t>(std::max(0, width - width_of(words))), ' ') + words;
    }
    [[nodiscard]] static std::string pad_right(const std::string& words, int width) {
        return words + std::string(static_cast<std::size_t>(std::max(0, width - width_of(words))), ' ');
    }

    const domain::Report& report_;
    Language language_;
    bool colour_;
    int columns_;
    std::string text_;
};

} // namespace

std::string report_text(const domain::Report& report, Language language, const TextStyle& style) {
    return Page(report, language, style).print();
}

} // namespace mcp::adapters
