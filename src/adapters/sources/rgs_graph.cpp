#include "adapters/sources/rgs_graph.hpp"

#include "adapters/sources/graph_records.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <limits>
#include <utility>

namespace mcp::adapters {
namespace {

constexpr std::int64_t kDay = 86'400;
constexpr std::int64_t kToldBefore = 7 * kDay; ///< rust-lightning dates what a snapshot tells a week back ...
constexpr std::int64_t kKeptFor = 14 * kDay;   ///< ... and drops what is older than two
constexpr std::uint32_t kBrokenNode = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t kAllBitcoinMsat = static_cast<std::uint64_t>(kAllBitcoin.value) * 1000;

Error invalid(Message what) {
    return {.kind = ErrorKind::invalid_input, .what = std::move(what)};
}

Error too_many(std::int64_t limit) {
    return invalid({"graph.rgs_too_many", {{"limit", limit}}});
}

std::optional<Time> date_of(std::uint32_t seconds) {
    return seconds == 0 ? std::nullopt : std::optional(Time(std::chrono::seconds(seconds)));
}

std::optional<Msat> limit_of(std::uint64_t max_htlc) {
    const bool is_limit = max_htlc > 0 && max_htlc <= kAllBitcoinMsat; // 2^64-1 says that there is none
    return is_limit ? std::optional(Msat{static_cast<std::int64_t>(max_htlc)}) : std::nullopt;
}

domain::Policy policy_of(const RgsDefaults& defaults) {
    return {.base_fee = Msat{defaults.base_fee},
            .fee_rate = Ppm{defaults.fee_rate},
            .inbound_base_fee = Msat{0},
            .inbound_fee_rate = Ppm{0},
            .min_htlc = Msat{static_cast<std::int64_t>(std::min(defaults.min_htlc, kAllBitcoinMsat + 1))},
            .max_htlc = limit_of(defaults.max_htlc),
            .updated = std::nullopt,
            .cltv_delta = defaults.cltv_delta,
            .disabled = false};
}

void change(domain::Policy& policy, const RgsUpdate& update) {
    policy.disabled = update.disabled;
    policy.cltv_delta = update.cltv_delta.value_or(policy.cltv_delta);
    policy.base_fee = update.base_fee ? Msat{*update.base_fee} : policy.base_fee;
    policy.fee_rate = update.fee_rate ? Ppm{*update.fee_rate} : policy.fee_rate;
    policy.max_htlc = update.max_htlc ? limit_of(*update.max_htlc) : policy.max_htlc;
    if (update.min_htlc) {
        policy.min_htlc = Msat{static_cast<std::int64_t>(std::min(*update.min_htlc, kAllBitcoinMsat + 1))};
    }
}

bool can_be(const domain::Policy& policy) {
    return policy.min_htlc <= to_msat(kAllBitcoin);
}

/// @return false when the sum is more than 64 bits
bool step_by(std::uint64_t& id, std::uint64_t step) {
    const bool fits = step <= std::numeric_limits<std::uint64_t>::max() - id;
    id += step;
    return fits;
}

} // namespace

Result<void> RgsGraph::begin(const RgsHead& head) {
    if (head_ && head_->chain != head.chain) {
        return fail(invalid({"graph.rgs_other_chain", {}}));
    }
    if (head_ && head.latest_seen < head_->latest_seen) {
        return fail(invalid({"graph.rgs_wrong_order", {}}));
    }
    head_ = head;
    told_ = std::max<std::int64_t>(head.latest_seen - kToldBefore, 0);
    tells_addresses_ = tells_addresses_ && head.version >= 2;
    listed_.clear();
    announcements_ = updates_ = id_ = 0;
    return {};
}

Result<void> RgsGraph::add(const RgsNode& node) {
    if (listed_.size() == kNodesMax) {
        return fail(too_many(kNodesMax));
    }
    if (!node.key) {
        note_broken(notes_.broken_nodes, "nodes", listed_.size());
        listed_.push_back(kBrokenNode);
        return {};
    }
    const auto [found, is_new] = place_of_key_.emplace(*node.key, static_cast<std::uint32_t>(nodes_.size()));
    if (is_new) {
        if (nodes_.size() == kNodesMax) {
            return fail(too_many(kNodesMax));
        }
        domain::Node fresh;
        fresh.key = *node.key;
        nodes_.push_back(std::move(fresh));
    }
    listed_.push_back(found->second);
    if (node.tells_addresses) {
        domain::Node& known = nodes_[found->second];
        known.has_clearnet = node.addresses.has_clearnet;
        known.has_tor = node.addresses.has_tor;
        known.address = node.addresses.address;
    }
    return {};
}

Result<void> RgsGraph::add(const RgsAnnouncement& announcement) {
    const auto [first, second] = announcement.node;
    if (!step_by(id_, announcement.id_step) || first >= listed_.size() || second >= listed_.size()) {
        return fail(invalid({"graph.rgs_damaged", {}}));
    }
    const std::uint32_t ends[] = {listed_[first], listed_[second]};
    const std::uint64_t sats = announcement.funding_sats.value_or(0);
    ++announcements_;
    if (ends[0] == kBrokenNode || ends[1] == kBrokenNode || sats > static_cast<std::uint64_t>(kAllBitcoin.value)) {
        note_broken(notes_.broken_channels, "announcements", announcements_ - 1);
        left_out_.insert(id_);
        return {};
    }
    if (ends[0] == ends[1]) {
        ++notes_.self_loops;
        left_out_.insert(id_);
        return {};
    }
    return add_channel(id_, ends, sats > 0 ? std::optional(Sat{static_cast<std::int64_t>(sats)}) : std::nullopt);
}

Result<void> RgsGraph::add_channel(std::uint64_t id, const std::uint32_t (&node)[2], std::optional<Sat> funding) {
    const auto [found, is_new] = place_of_id_.emplace(id, static_cast<std::uint32_t>(channels_.size()));
    if (!is_new) {
        Channel& known = channels_[found->second];
        if (known.node[0] != node[0] || known.node[1] != node[1]) {
            note_broken(notes_.broken_channels, "announcements", announcements_ - 1);
        } else if (!known.capacity) {
            known.capacity = funding;
        }
        return {};
    }
    if (channels_.size() == kChannelsMax) {
        return fail(too_many(kChannelsMax));
    }
    channels_.push_back(
        {.id = id, .node = {node[0], node[1]}, .capacity = funding, .announced = told_, .direction = {}});
    return {};
}

Result<void> RgsGraph::add(const RgsUpdate& update, const RgsDefaults& defaults) {
    if (updates_++ == 0) {
        id_ = 0;
    }
    if (!step_by(id_, update.id_step)) {
        return fail(invalid({"graph.rgs_damaged", {}}));
    }
    const auto found = place_of_id_.find(id_);
    if (update.is_extra || (found == place_of_id_.end() && left_out_.contains(id_))) {
        return {};
    }
    if (found == place_of_id_.end()) {
        ++notes_.stray_updates;
        return {};
    }
    apply(update, defaults, channels_[found->second]);
    return {};
}

void RgsGraph::apply(const RgsUpdate& update, const RgsDefaults& defaults, Channel& channel) {
    std::optional<Direction>& direction = channel.direction[update.direction];
    if (!direction && update.is_incremental) {
        ++notes_.stray_updates;
        return;
    }
    if (direction && direction->told >= told_) {
        return; // as rust-lightning: of two that are equally old the first one counts
    }
    domain::Policy policy = update.is_incremental ? direction->policy : policy_of(defaults);
    change(policy, update);
    if (can_be(policy)) {
        direction = {policy, told_};
        return;
    }
    note_broken(notes_.broken_policies, "updates", updates_ - 1);
    direction = std::nullopt;
}

void RgsGraph::note_broken(std::uint64_t& count, const char* list, std::uint64_t index) {
    ++count;
    if (notes_.first_broken.empty()) {
        notes_.first_broken = fmt::format("{}[{}]", list, index);
    }
}

std::optional<Time> RgsGraph::latest_seen() const {
    return head_ ? date_of(head_->latest_seen) : std::nullopt;
}

bool RgsGraph::is_recent(const std::optional<Direction>& direction) const {
    return direction && direction->told + kKeptFor >= head_->latest_seen;
}

bool RgsGraph::is_left(const Channel& channel) const {
    return (is_recent(channel.direction[0]) && is_recent(channel.direction[1])) ||
           channel.announced + kKeptFor >= head_->latest_seen;
}

Result<domain::Network> RgsGraph::network() const {
    std::vector<ChannelRecord> records;
    std::vector<char> has_channel(nodes_.size(), 0);
    for (const Channel& channel : channels_) {
        if (!is_left(channel)) {
            continue;
        }
        const int first = nodes_[channel.node[0]].key < nodes_[channel.node[1]].key ? 0 : 1;
        ChannelRecord record{{}, {nodes_[channel.node[first]].key, nodes_[channel.node[1 - first]].key}};
        record.channel.id.value = channel.id;
        record.channel.capacity = channel.capacity;
        for (const int side : {0, 1}) {
            has_channel[channel.node[side]] = 1;
            const std::optional<Direction>& told = channel.direction[side == 0 ? first : 1 - first];
            record.channel.policy[side] = is_recent(told) ? std::optional(told->policy) : std::nullopt;
        }
        records.push_back(std::move(record));
    }
    if (records.empty()) {
        return fail(why_empty());
    }
    std::vector<domain::Node> nodes;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        if (has_channel[i] != 0) {
            nodes.push_back(nodes_[i]);
        }
    }
    domain::Network network = make_network(std::move(nodes), std::move(records), notes_);
    network.as_of = latest_seen();
    network.tells = {.addresses = tells_addresses_, .update_dates = false, .inbound_fees = false};
    return network;
}

Error RgsGraph::why_empty() const {
    const std::uint64_t broken = notes_.broken_channels;
    if (broken > 0) {
        return invalid(
            {"graph.all_broken", {{"count", static_cast<std::int64_t>(broken)}, {"path", notes_.first_broken}}});
    }
    return invalid({"graph.rgs_no_channels", {}});
}

} // namespace mcp::adapters
