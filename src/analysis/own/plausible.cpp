#include "analysis/own/plausible.hpp"

namespace mcp::analysis {
namespace {

using domain::OwnNode;
using std::chrono::days;
using std::chrono::seconds;

bool between_0_and(std::int64_t value, std::int64_t most) {
    return value >= 0 && value <= most;
}

bool is_possible(Time time) {
    return time >= domain::kNodeTimeMin && time <= domain::kNodeTimeMax;
}

bool is_possible(const std::optional<Time>& time) {
    return !time || is_possible(*time);
}

/// Adds amounts up; false from the first on that cannot be, or with which the sum is above all bitcoin.
class Purse {
public:
    bool takes(Msat amount) { return add(amount.value, 1); }
    bool takes(Sat amount) { return add(amount.value, 1000); }

private:
    bool add(std::int64_t amount, std::int64_t msat_each) {
        const std::int64_t most = to_msat(kAllBitcoin).value;
        if (!between_0_and(amount, most / msat_each) || amount * msat_each > most - sum_) {
            return false;
        }
        sum_ += amount * msat_each;
        return true;
    }

    std::int64_t sum_ = 0; // msat
};

class Counter {
public:
    bool takes(std::int64_t count) {
        if (!between_0_and(count, domain::kNodeCountMax - sum_)) {
            return false;
        }
        sum_ += count;
        return true;
    }

private:
    std::int64_t sum_ = 0;
};

bool channels_are_possible(const OwnNode& node) {
    Purse capacity, local, remote, can_send, can_receive, local_reserve, remote_reserve, under_way;
    for (const domain::NodeChannel& c : node.channels) {
        bool all = capacity.takes(c.capacity) && local.takes(c.local) && remote.takes(c.remote) &&
                   can_send.takes(c.can_send) && can_receive.takes(c.can_receive) &&
                   local_reserve.takes(c.local_reserve) && remote_reserve.takes(c.remote_reserve);
        for (const domain::PendingHtlc& htlc : c.htlcs) {
            all = all && under_way.takes(htlc.amount);
        }
        if (!all) {
            return false;
        }
    }
    return true;
}

bool sums_are_possible(const OwnNode& node) {
    Purse own, unsettled, wallet, pending, pending_ours, closed, closed_ours;
    bool all = true;
    if (node.balances) {
        all = own.takes(node.balances->local) && own.takes(node.balances->remote) &&
              unsettled.takes(node.balances->unsettled_local) && unsettled.takes(node.balances->unsettled_remote);
    }
    if (node.wallet) {
        all = all && wallet.takes(node.wallet->confirmed) && wallet.takes(node.wallet->unconfirmed) &&
              wallet.takes(node.wallet->anchor_reserve.value_or(Sat{0}));
    }
    if (node.pending) {
        for (const domain::PendingChannel& channel : *node.pending) {
            all = all && pending.takes(channel.capacity) && pending_ours.takes(channel.ours);
        }
    }
    if (node.closings) {
        for (const domain::NodeClosing& closing : *node.closings) {
            all = all && closed.takes(closing.capacity) && closed_ours.takes(closing.ours);
        }
    }
    return all;
}

bool flows_are_possible(const OwnNode& node) {
    Purse in, out, chain;
    Counter forwards, sizes, failures, transactions;
    bool all = true;
    for (const domain::NodeDayFlow& day : node.days) {
        for (const domain::ForwardSum& sum : day.forwards) {
            all = all && in.takes(sum.amount_in) && out.takes(sum.amount_out) && forwards.takes(sum.count) &&
                  sum.amount_out <= sum.amount_in;
        }
        for (const domain::SizeCount& size : day.sizes) {
            all = all && Purse().takes(size.amount) && sizes.takes(size.count);
        }
        for (const domain::FailureSum& failed : day.failures.value_or(std::vector<domain::FailureSum>{})) {
            all = all && failures.takes(failed.here) && failures.takes(failed.beyond);
        }
        if (day.chain) {
            all = all && transactions.takes(day.chain->transactions) && chain.takes(day.chain->fees);
        }
    }
    return all;
}

bool times_are_possible(const OwnNode& node) {
    bool all = is_possible(node.read_at) && is_possible(node.credential_expires);
    if (node.watched) {
        const auto& [watched, reached] = *node.watched;
        all = all && reached >= seconds{0} && reached <= watched && watched <= days{1};
    }
    for (const domain::NodeChannel& c : node.channels) {
        for (const std::optional<seconds>& span : {c.watched, c.online}) {
            all = all && (!span || (*span >= seconds{0} && *span <= domain::kNodeWatchedMax));
        }
    }
    for (const domain::NodePeer& peer : node.peers.value_or(std::vector<domain::NodePeer>{})) {
        all = all && between_0_and(peer.flaps.value_or(0), domain::kNodeCountMax) && is_possible(peer.last_flap);
    }
    return all;
}

} // namespace

std::optional<Message> impossible_in(const OwnNode& node) {
    if (!channels_are_possible(node)) {
        return Message{"absent.node_impossible_channels", {}};
    }
    if (!sums_are_possible(node)) {
        return Message{"absent.node_impossible_sums", {}};
    }
    if (!flows_are_possible(node)) {
        return Message{"absent.node_impossible_flows", {}};
    }
    return times_are_possible(node) ? std::nullopt : std::optional(Message{"absent.node_impossible_times", {}});
}

} // namespace mcp::analysis
