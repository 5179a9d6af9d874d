#include "analysis/own/risks.hpp"

#include <algorithm>
#include <tuple>
#include <unordered_map>

namespace mcp::analysis {
namespace {

constexpr Sat kReserveForEach{10'000}; // as LND keeps back for channels with anchors
constexpr Sat kReserveAtMost{100'000};

} // namespace

std::vector<ExpiringHtlc> expiring_htlcs(const OwnDay& own, std::int64_t within) {
    std::vector<ExpiringHtlc> found;
    for (const domain::NodeChannel& channel : own.node().channels) {
        for (const domain::PendingHtlc& htlc : channel.htlcs) {
            const std::int64_t left = std::int64_t{htlc.expires_at_block} - own.height();
            if (left <= within) {
                found.push_back({&channel, &htlc, left});
            }
        }
    }
    std::sort(found.begin(), found.end(), [](const ExpiringHtlc& a, const ExpiringHtlc& b) {
        return std::tuple(a.blocks_left, b.htlc->amount, a.channel->id) <
               std::tuple(b.blocks_left, a.htlc->amount, b.channel->id);
    });
    return found;
}

std::optional<bool> was_there_yesterday(const OwnDay& own, const ExpiringHtlc& one) {
    if (own.yesterday() == nullptr) {
        return std::nullopt;
    }
    for (const domain::NodeChannel& channel : own.yesterday()->channels) {
        if (channel.id == one.channel->id) {
            return std::find(channel.htlcs.begin(), channel.htlcs.end(), *one.htlc) != channel.htlcs.end();
        }
    }
    return false;
}

domain::Severity severity_of(const OwnDay& own, const ExpiringHtlc& one) {
    using domain::Severity;
    if (one.blocks_left > kExpirySoon) {
        return Severity::info;
    }
    const bool hangs = !one.channel->is_active || was_there_yesterday(own, one).value_or(false);
    if (one.blocks_left > kExpiryCritical) {
        return hangs ? Severity::warning : Severity::info;
    }
    return hangs ? Severity::critical : Severity::warning;
}

bool node_knows_better(const NodeView& view, const OwnDay* own, const OwnChannel& channel) {
    if (own == nullptr || !own->tells_channels()) {
        return false;
    }
    if (const domain::NodeChannel* told = own->told(channel)) {
        return told->is_active;
    }
    // Neither an id nor an output to look it up by: not found says nothing.
    return !view.day().network.positional_ids || !channel.channel->funding_outpoint.empty();
}

std::optional<AnchorReserve> anchor_reserve(const OwnDay& own) {
    const auto& wallet = own.node().wallet;
    if (!wallet) {
        return std::nullopt;
    }
    if (wallet->anchor_reserve) {
        return AnchorReserve{.needed = *wallet->anchor_reserve, .there = wallet->confirmed, .node_says = true};
    }
    if (!own.tells_channels()) {
        return std::nullopt;
    }
    const auto channels = static_cast<std::int64_t>(own.node().channels.size());
    return AnchorReserve{.needed = std::min(kReserveAtMost, Sat{kReserveForEach.value * channels}),
                         .there = wallet->confirmed};
}

std::optional<Time> credential_end(const OwnDay& own) {
    const std::optional<Time>& ends = own.node().credential_expires;
    return ends && *ends - own.node().read_at <= kCredentialSoon ? ends : std::nullopt;
}

std::vector<FlappingPeer> flapping_peers(const OwnDay& own) {
    std::vector<FlappingPeer> found;
    if (own.week_ago() == nullptr || !own.week_ago()->peers || !own.node().peers) {
        return found;
    }
    std::unordered_map<domain::PubKey, std::int64_t, domain::PubKeyHash> then;
    for (const domain::NodePeer& peer : *own.week_ago()->peers) {
        if (peer.flaps) {
            then.emplace(peer.key, *peer.flaps);
        }
    }
    std::unordered_map<domain::PubKey, Sat, domain::PubKeyHash> capacity;
    for (const domain::NodeChannel& channel : own.node().channels) {
        capacity[channel.peer] += channel.capacity;
    }
    for (const domain::NodePeer& peer : *own.node().peers) {
        const auto before = then.find(peer.key);
        const auto held = capacity.find(peer.key);
        if (peer.flaps && before != then.end() && held != capacity.end() && *peer.flaps - before->second > kManyFlaps) {
            found.push_back({.key = peer.key, .flaps = *peer.flaps - before->second, .capacity = held->second});
        }
    }
    std::sort(found.begin(), found.end(), [](const FlappingPeer& a, const FlappingPeer& b) {
        return std::tuple(b.flaps, a.key) < std::tuple(a.flaps, b.key);
    });
    return found;
}

std::vector<const domain::PendingChannel*> force_closing(const OwnDay& own) {
    std::vector<const domain::PendingChannel*> found;
    if (own.node().pending) {
        for (const domain::PendingChannel& channel : *own.node().pending) {
            if (channel.kind == domain::PendingKind::force_closing) {
                found.push_back(&channel);
            }
        }
    }
    std::stable_sort(found.begin(), found.end(), [](const auto* a, const auto* b) { return a->ours > b->ours; });
    return found;
}

} // namespace mcp::analysis
