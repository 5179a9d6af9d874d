#include "analysis/alerts/all.hpp"
#include "analysis/own/risks.hpp"
#include "analysis/wording.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

/// The one that pays out next, as far as the node tells it; nothing when it tells of none.
std::optional<std::int64_t> next_payout(const std::vector<const domain::PendingChannel*>& closing) {
    std::optional<std::int64_t> next;
    for (const domain::PendingChannel* channel : closing) {
        if (channel->blocks_left && (!next || *channel->blocks_left < *next)) {
            next = *channel->blocks_left;
        }
    }
    return next;
}

std::vector<Message> when(const std::optional<std::int64_t>& blocks) {
    if (!blocks) {
        return {{"alert.force_close_pending.untold", {}}};
    }
    if (*blocks <= 0) {
        return {{"alert.force_close_pending.ripe", {}}};
    }
    return {{"alert.force_close_pending.blocks", {{"blocks", *blocks}}}};
}

} // namespace

// Coins that are locked, and a channel that somebody ended the hard way.
std::optional<Finding> force_close_pending(const RuleInput& in) {
    if (in.today.own() == nullptr) {
        return std::nullopt;
    }
    const std::vector<const domain::PendingChannel*> closing = force_closing(*in.today.own());
    if (closing.empty()) {
        return std::nullopt;
    }
    Sat ours;
    std::vector<PeerAmount> peers;
    for (const domain::PendingChannel* channel : closing) {
        ours += channel->ours;
        peers.push_back({channel->peer, channel->ours});
    }
    if (ours == Sat{0}) { // all is back already, or nothing was ours
        return Finding{.severity = domain::Severity::info,
                       .title = {"alert.force_close_pending.title_nothing",
                                 {{"count", static_cast<std::int64_t>(closing.size())}}},
                       .description = {"alert.force_close_pending.description_nothing",
                                       {{"peers", name_peers(in.today.view, peers)},
                                        {"count", static_cast<std::int64_t>(closing.size())}}},
                       .requires_action = false};
    }
    return Finding{.severity = domain::Severity::warning,
                   .title = {"alert.force_close_pending.title",
                             {{"count", static_cast<std::int64_t>(closing.size())}, {"amount", ours}}},
                   .description = {"alert.force_close_pending.description",
                                   {{"peers", name_peers(in.today.view, peers)}, {"when", when(next_payout(closing))}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
