#include "adapters/nodes/cln_channels.hpp"

#include "adapters/nodes/cln_ending.hpp"
#include "adapters/nodes/cln_values.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <set>
#include <utility>

namespace mcp::adapters {
namespace {

using domain::NodeChannel;
using domain::PendingChannel;
using domain::PendingKind;
using json::Cursor;

constexpr std::int64_t kU32Max = std::numeric_limits<std::uint32_t>::max();
constexpr std::size_t kStateShown = 60;

enum class Phase { not_yet, opening, open, closing, unilateral, spent };

/// Until its funding transaction is signed by both, a channel has no money: that is still in the wallet.
constexpr std::array<std::pair<std::string_view, Phase>, 15> kPhases = {{
    {"OPENINGD", Phase::not_yet},
    {"DUALOPEND_OPEN_INIT", Phase::not_yet},
    {"DUALOPEND_OPEN_COMMIT_READY", Phase::not_yet},
    {"DUALOPEND_OPEN_COMMITTED", Phase::not_yet},
    {"DUALOPEND_AWAITING_LOCKIN", Phase::opening},
    {"CHANNELD_AWAITING_LOCKIN", Phase::opening},
    {"CHANNELD_NORMAL", Phase::open},
    {"CHANNELD_AWAITING_SPLICE", Phase::open},
    {"CHANNELD_SHUTTING_DOWN", Phase::closing},
    {"CLOSINGD_SIGEXCHANGE", Phase::closing},
    {"CLOSINGD_COMPLETE", Phase::closing},
    {"AWAITING_UNILATERAL", Phase::unilateral},
    {"FUNDING_SPEND_SEEN", Phase::spent},
    {"ONCHAIN", Phase::spent},
    {"CLOSED", Phase::not_yet}, // told by listclosedchannels
}};

constexpr std::array<std::pair<std::string_view, bool>, 2> kWhose = {{{"local", true}, {"remote", false}}};

std::optional<Phase> phase_of(std::string_view state) {
    const auto found =
        std::find_if(kPhases.begin(), kPhases.end(), [&](const auto& one) { return one.first == state; });
    return found != kPhases.end() ? std::optional(found->second) : std::nullopt;
}

/// What is under way.
struct UnderWay {
    std::vector<domain::PendingHtlc> htlcs;
    Msat ours;
    Msat theirs;
};

UnderWay under_way(ClnValues& values, const Cursor& list) {
    constexpr std::array<std::pair<std::string_view, bool>, 2> kDirections = {{{"in", true}, {"out", false}}};
    UnderWay all;
    if (list.is_absent()) {
        return all; // of a channel that has not carried anything yet
    }
    for (const Cursor& item : values.items(list, domain::kNodeHtlcsMax)) {
        domain::PendingHtlc htlc;
        const Cursor direction = item.at("direction");
        htlc.incoming = values.required(values.word(direction, kDirections), direction);
        htlc.amount = values.required(values.amount(item.at("amount_msat")), item.at("amount_msat"));
        const Cursor expiry = item.at("expiry");
        htlc.expires_at_block = static_cast<std::uint32_t>(values.required(values.whole(expiry, 0, kU32Max), expiry));
        if (values.faulty()) {
            return {}; // sums of what cannot be could overflow
        }
        Msat& sum = htlc.incoming ? all.theirs : all.ours;
        sum += htlc.amount;
        if (sum > to_msat(kAllBitcoin)) {
            values.refuse(item.at("amount_msat"));
            return {};
        }
        all.htlcs.push_back(htlc);
    }
    return all;
}

/// Both sides' money without what is under way: to_us_msat still holds what we have offered, and the rest what the
/// peer has.
struct Sides {
    UnderWay under_way;
    Sat capacity;
    Msat local;
    Msat remote;
};

Sides sides_of(ClnValues& values, const Cursor& channel) {
    Sides sides;
    const Cursor total = channel.at("total_msat");
    const Cursor to_us = channel.at("to_us_msat");
    sides.capacity = values.required(values.whole_sats(total), total);
    const Msat ours = values.required(values.amount(to_us), to_us);
    sides.under_way = under_way(values, channel.at("htlcs"));
    if (values.faulty()) {
        return sides;
    }
    if (ours > to_msat(sides.capacity)) {
        values.refuse(to_us);
        return sides;
    }
    sides.local = ours - sides.under_way.ours;
    sides.remote = to_msat(sides.capacity) - ours - sides.under_way.theirs;
    if (sides.local < Msat{0} || sides.remote < Msat{0}) {
        values.refuse(channel.at("htlcs"));
    }
    return sides;
}

Msat at_most(ClnValues& values, const Cursor& value, Msat most) {
    const Msat told = values.required(values.amount(value), value);
    if (told > most) {
        values.refuse(value);
    }
    return told;
}

/// Since v24.02 below `updates`, before and still beside it.
std::optional<domain::ChannelFee> fee_of(ClnValues& values, const Cursor& channel) {
    Cursor said = channel.at("updates").at("local");
    if (said.is_absent()) {
        said = channel;
    }
    const Cursor rate = said.at("fee_proportional_millionths");
    const std::optional<Msat> base = values.amount(said.at("fee_base_msat"));
    const std::optional<std::int64_t> ppm = values.whole(rate, 0, kU32Max);
    if (!base || !ppm) {
        return std::nullopt;
    }
    return domain::ChannelFee{.base = *base, .rate = Ppm{*ppm}, .inbound_base = {}, .inbound_rate = {}};
}

/// The real id; of a channel without confirmation the alias that we gave it.
std::optional<domain::ShortChannelId> id_of(ClnValues& values, const Cursor& channel) {
    const std::optional<domain::ShortChannelId> real = values.channel(channel.at("short_channel_id"));
    return real ? real : values.channel(channel.at("alias").at("local"));
}

/// The alias that we gave a channel is how others may ask us to forward over it.
void put_name(ClnValues& values, const Cursor& channel, ClnNames& names) {
    const std::optional<domain::ShortChannelId> real = values.channel(channel.at("short_channel_id"));
    const std::optional<domain::ShortChannelId> alias = values.channel(channel.at("alias").at("local"));
    if (real && alias) {
        names.emplace(*alias, *real);
    }
}

NodeChannel open_channel(ClnValues& values, const Cursor& channel) {
    NodeChannel open;
    Sides sides = sides_of(values, channel);
    const Msat whole = to_msat(sides.capacity);
    open.id = values.required(id_of(values, channel), channel.at("short_channel_id"));
    open.funding_outpoint = values.outpoint(channel.at("funding_txid"), channel.at("funding_outnum"));
    open.peer = values.required(values.key(channel.at("peer_id")), channel.at("peer_id"));
    open.capacity = sides.capacity;
    open.is_public = !values.required(values.yes_or_no(channel.at("private")), channel.at("private"));
    const bool is_connected =
        values.required(values.yes_or_no(channel.at("peer_connected")), channel.at("peer_connected"));
    open.is_active = is_connected && values.yes_or_no(channel.at("reestablished")).value_or(true);
    open.opened_by_us = values.word(channel.at("opener"), kWhose);
    open.local = sides.local;
    open.remote = sides.remote;
    open.local_reserve = at_most(values, channel.at("our_reserve_msat"), whole);
    open.remote_reserve = at_most(values, channel.at("their_reserve_msat"), whole);
    open.can_send = at_most(values, channel.at("spendable_msat"), sides.local);
    open.can_receive = at_most(values, channel.at("receivable_msat"), sides.remote);
    open.htlcs = std::move(sides.under_way.htlcs);
    open.fee = fee_of(values, channel);
    return open;
}

PendingChannel pending_channel(ClnValues& values, const Cursor& channel, PendingKind kind) {
    PendingChannel pending;
    const Sides sides = sides_of(values, channel);
    pending.kind = kind;
    pending.funding_outpoint = values.outpoint(channel.at("funding_txid"), channel.at("funding_outnum"));
    pending.peer = values.required(values.key(channel.at("peer_id")), channel.at("peer_id"));
    pending.capacity = sides.capacity;
    pending.ours = to_sat_floor(sides.local);
    if (kind != PendingKind::opening) {
        const ClnEnding ending = read_cln_ending(values, channel);
        pending.blocks_left = ending.blocks_left;
        pending.closing_txid = ending.closing_txid;
    }
    return pending;
}

domain::NodeClosing closing_of(ClnValues& values, const Cursor& channel) {
    domain::NodeClosing closing;
    closing.id = id_of(values, channel).value_or(domain::ShortChannelId{}); // of one that was never confirmed
    closing.funding_outpoint = values.outpoint(channel.at("funding_txid"), channel.at("funding_outnum"));
    closing.peer = values.key(channel.at("peer_id"));
    closing.capacity = values.required(values.whole_sats(channel.at("total_msat")), channel.at("total_msat"));
    closing.closed_by_us = values.word(channel.at("closer"), kWhose);
    return closing;
}

domain::NodeClosing ended_channel(ClnValues& values, const Cursor& channel, const ClnEnding& ending) {
    domain::NodeClosing closing = closing_of(values, channel);
    closing.ours = at_most(values, channel.at("to_us_msat"), to_msat(closing.capacity));
    closing.kind = ending.kind;
    if (!closing.closed_by_us && ending.kind == domain::CloseKind::force_by_peer) {
        closing.closed_by_us = false;
    }
    return closing;
}

class Reader {
public:
    void take(const Cursor& channel) {
        const Cursor state = channel.at("state");
        const std::string_view word = values_.required(values_.text(state), state);
        const std::optional<Phase> phase = phase_of(word);
        if (values_.faulty()) {
            return;
        }
        if (!phase) {
            told_.unknown = {"own_node.cln_unknown_state",
                             {{"path", state.path()}, {"text", clean_text(word.substr(0, kStateShown)).text}}};
            return;
        }
        put_name(values_, channel, told_.names);
        put_unlocked(channel, *phase);
        take(channel, *phase);
    }

    Result<ClnChannels> verdict() {
        std::sort(told_.open.begin(), told_.open.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
        return values_.verdict(std::move(told_));
    }

    [[nodiscard]] bool faulty() const { return values_.faulty(); }
    [[nodiscard]] ClnValues& values() { return values_; }

private:
    void put_unlocked(const Cursor& channel, Phase phase) {
        constexpr std::size_t kInflightMax = 1000;
        const auto put = [this](const Cursor& txid) {
            if (const std::optional<std::string> id = values_.txid(txid)) {
                told_.unlocked.insert(*id);
            }
        };
        if (phase == Phase::opening) {
            put(channel.at("funding_txid"));
        }
        const Cursor inflight = channel.at("inflight"); // since v22.11: of splices, and of openings with a higher fee
        if (!inflight.is_absent()) {
            for (const Cursor& one : values_.items(inflight, kInflightMax)) {
                put(one.at("funding_txid"));
            }
        }
    }

    void take(const Cursor& channel, Phase phase) {
        switch (phase) {
        case Phase::not_yet:
            return;
        case Phase::opening:
            return take_pending(channel, PendingKind::opening);
        case Phase::open:
            return take_open(channel);
        case Phase::closing:
            return take_pending(channel, PendingKind::closing);
        case Phase::unilateral:
            return take_pending(channel, PendingKind::force_closing);
        case Phase::spent:
            return take_spent(channel);
        }
    }

    void take_open(const Cursor& channel) {
        NodeChannel open = open_channel(values_, channel);
        once(channel, open.funding_outpoint);
        if (!values_.faulty() && !ids_.insert(open.id).second) {
            values_.refuse(channel.at("short_channel_id"));
        }
        domain::NodeBalances& sums = told_.balances;
        for (const domain::PendingHtlc& htlc : open.htlcs) {
            (htlc.incoming ? sums.unsettled_remote : sums.unsettled_local) += htlc.amount;
        }
        sums.local += open.local;
        sums.remote += open.remote;
        add_up(channel, open.capacity);
        told_.open.push_back(std::move(open));
    }

    void take_pending(const Cursor& channel, PendingKind kind) {
        PendingChannel pending = pending_channel(values_, channel, kind);
        once(channel, pending.funding_outpoint);
        add_up(channel, pending.capacity);
        told_.pending.push_back(std::move(pending));
    }

    /// What was closed together is in the wallet as soon as that confirms; of all else the outputs must be fetched.
    void take_spent(const Cursor& channel) {
        const ClnEnding ending = read_cln_ending(values_, channel);
        if (!ending.is_paid_out) {
            return take_pending(channel, PendingKind::force_closing);
        }
        domain::NodeClosing closing = ended_channel(values_, channel, ending);
        once(channel, closing.funding_outpoint);
        told_.ended.push_back(std::move(closing));
    }

    void add_up(const Cursor& channel, Sat capacity) {
        capacity_ += capacity;
        if (capacity_ > kAllBitcoin) {
            values_.refuse(channel.at("total_msat"));
        }
    }

    void once(const Cursor& channel, const std::string& outpoint) {
        if (!values_.faulty() && !outpoints_.insert(outpoint).second) {
            values_.refuse(channel.at("funding_txid"));
        }
    }

    ClnValues values_;
    ClnChannels told_;
    Sat capacity_;
    std::set<domain::ShortChannelId> ids_;
    std::set<std::string> outpoints_;
};

/// As far as the cause tells: "user", "remote" and "unknown" may have ended either way.
domain::CloseKind kind_by(std::string_view cause) {
    if (cause == "onchain") {
        return domain::CloseKind::force_by_peer; // seen on the chain, and nobody here had begun it
    }
    if (cause == "protocol" || cause == "local") {
        return domain::CloseKind::force_by_us;
    }
    return domain::CloseKind::other;
}

struct Closed {
    domain::NodeClosing closing;
    std::int64_t seen_at = 0; ///< when the peer was last there; 0: before v24.02
};

Closed closed_channel(ClnValues& values, const Cursor& channel) {
    Closed closed{closing_of(values, channel)};
    domain::NodeClosing& closing = closed.closing;
    const Cursor seen = channel.at("last_stable_connection");
    const Cursor cause = channel.at("close_cause");
    closing.ours = at_most(values, channel.at("final_to_us_msat"), to_msat(closing.capacity));
    closing.kind = kind_by(values.required(values.text(cause), cause));
    if (!closing.closed_by_us && closing.kind == domain::CloseKind::force_by_peer) {
        closing.closed_by_us = false;
    }
    closed.seen_at = values.whole(seen, 0, std::numeric_limits<std::int64_t>::max()).value_or(0);
    return closed;
}

} // namespace

Result<ClnChannels> read_cln_channels(std::string_view body) {
    const Result<json::Document> document = parse_cln_answer(body);
    if (!document) {
        return fail(document.error());
    }
    Reader reader;
    for (const Cursor& channel : reader.values().items(document->root().at("channels"), domain::kNodeChannelsMax)) {
        reader.take(channel);
        if (reader.faulty()) {
            break;
        }
    }
    return reader.verdict();
}

Result<ClnClosed> read_cln_closings(std::string_view body) {
    constexpr std::size_t kClosedMax = 200'000;
    const Result<json::Document> document = parse_cln_answer(body);
    if (!document) {
        return fail(document.error());
    }
    ClnValues values;
    ClnClosed told;
    std::vector<Closed> all;
    std::set<std::string> outpoints;
    for (const Cursor& channel : values.items(document->root().at("closedchannels"), kClosedMax)) {
        all.push_back(closed_channel(values, channel));
        put_name(values, channel, told.names);
        if (!values.faulty() && !outpoints.insert(all.back().closing.funding_outpoint).second) {
            values.refuse(channel.at("funding_txid"));
        }
        if (values.faulty()) {
            break;
        }
    }
    std::reverse(all.begin(), all.end()); // the node lists them as they were opened
    std::stable_sort(all.begin(), all.end(), [](const Closed& a, const Closed& b) { return a.seen_at > b.seen_at; });
    for (Closed& one : all) {
        told.closings.push_back(std::move(one.closing));
    }
    return values.verdict(std::move(told));
}

} // namespace mcp::adapters
