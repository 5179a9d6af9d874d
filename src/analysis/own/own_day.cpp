#include "analysis/own/own_day.hpp"

#include "analysis/absences.hpp"

#include <algorithm>
#include <string_view>
#include <tuple>
#include <unordered_set>

namespace mcp::analysis {
namespace {

using domain::NodeChannel;
using domain::NodePart;
using domain::OwnNode;

/// No more than the policy of that side takes at once, where it says so.
Msat limited(Msat amount, const std::optional<domain::Policy>& policy) {
    return policy && policy->max_htlc ? std::min(amount, *policy->max_htlc) : amount;
}

} // namespace

std::optional<double> OwnPeer::fill() const {
    const Msat both = local + remote;
    if (both == Msat{0}) {
        return std::nullopt;
    }
    return static_cast<double>(local.value) / static_cast<double>(both.value);
}

std::optional<double> Sides::own_share() const {
    return both > Msat{0} ? std::optional(static_cast<double>(local.value) / static_cast<double>(both.value))
                          : std::nullopt;
}

std::optional<double> Sides::peers_share() const {
    return Sides{.local = both - local, .both = both}.own_share();
}

Sides sides_of(const OwnDay& own) {
    Sides sides;
    for (const OwnPeer& peer : own.peers()) {
        sides.local += peer.local;
        sides.both += peer.local + peer.remote;
    }
    return sides;
}

bool tells_the_moment(const OwnNode& node) {
    return node.doubts.empty() && std::none_of(node.gaps.begin(), node.gaps.end(), [](const domain::NodeGap& gap) {
               return gap.part == NodePart::channels;
           });
}

OwnDay::OwnDay(const NodeView& view, const OwnNode& node, const OwnNode* yesterday, const OwnNode* week_ago)
    : node_(&node), yesterday_(yesterday), week_ago_(week_ago), date_(view.day().date), usual_forward_(kTypicalPayment),
      height_(
          std::max<std::int64_t>(node.block_height, view.day().network.positional_ids ? 0 : view.day().newest_block)) {
    join(view);
    sum_week();
    sum_peers();
}

void OwnDay::join(const NodeView& view) {
    std::unordered_map<std::uint64_t, const NodeChannel*> by_id;
    std::unordered_map<std::string_view, const NodeChannel*> by_outpoint;
    for (const NodeChannel& channel : node_->channels) {
        by_id.try_emplace(channel.id.value, &channel);
        if (!channel.funding_outpoint.empty()) {
            by_outpoint.try_emplace(channel.funding_outpoint, &channel);
        }
    }
    for (const OwnChannel& own : view.channels()) {
        const domain::PubKey& peer = view.peer(own.peer).key;
        const NodeChannel* found = nullptr;
        if (const auto same = by_id.find(own.channel->id.value);
            same != by_id.end() && !view.day().network.positional_ids) {
            found = same->second;
        } else if (const auto output = by_outpoint.find(own.channel->funding_outpoint); output != by_outpoint.end()) {
            found = output->second;
        }
        if (found != nullptr && found->peer == peer && !in_graph_.contains(found)) {
            told_.emplace(own.channel, found);
            in_graph_.emplace(found, &own);
        }
    }
}

void OwnDay::sum_week() {
    OwnWeek week;
    for (int ago = domain::kFlowDays; ago >= 1; --ago) {
        const domain::NodeDayFlow* day = flow_on(date_ - std::chrono::days{ago});
        if (day == nullptr) {
            return;
        }
        week.days.push_back(day);
    }
    week.totals = totals_of(week.days);
    week.channels = flows_by_channel(week.days);
    if (const std::optional<Msat> p90 = p90_forward(week.days)) {
        usual_forward_ = *p90;
        usual_forward_is_own_ = true;
    }
    week_ = std::move(week);
}

void OwnDay::add(OwnPeer& peer, const NodeChannel& channel) const {
    peer.channels.push_back(&channel);
    peer.capacity += channel.capacity;
    peer.local += channel.local;
    peer.remote += channel.remote;
    if (channel.is_active) {
        const OwnChannel* graph = in_graph(channel);
        Msat send = channel.can_send;
        Msat receive = channel.can_receive;
        if (graph != nullptr) {
            send = limited(send, graph->own_policy());
            receive = limited(receive, graph->peer_policy());
        }
        peer.is_active = true;
        peer.can_send = std::max(peer.can_send, send);
        peer.can_receive = std::max(peer.can_receive, receive);
        peer.sends_usual = peer.sends_usual || send >= asked_of(channel);
        peer.receives_usual = peer.receives_usual || receive >= asked_of(channel);
    }
    if (week_) {
        if (const auto flow = week_->channels.find(channel.id); flow != week_->channels.end()) {
            peer.forwards_in += flow->second.forwards_in;
            peer.forwards_out += flow->second.forwards_out;
        }
    }
}

Msat OwnDay::asked_of(const NodeChannel& channel) const {
    constexpr int kPartOfAChannel = 3;
    const Msat part{to_msat(channel.capacity).value / kPartOfAChannel};
    return usual_forward_is_own_ ? usual_forward_ : std::min(usual_forward_, part);
}

void OwnDay::sum_peers() {
    std::unordered_map<domain::PubKey, std::size_t, domain::PubKeyHash> position;
    std::unordered_set<std::uint64_t> counted;
    for (const NodeChannel& channel : node_->channels) {
        if (!channel.is_public || !counted.insert(channel.id.value).second) {
            continue;
        }
        const auto [found, is_new] = position.try_emplace(channel.peer, peers_.size());
        if (is_new) {
            peers_.push_back({.key = channel.peer,
                              .channels = {},
                              .capacity = {},
                              .local = {},
                              .remote = {},
                              .can_send = {},
                              .can_receive = {}});
        }
        add(peers_[found->second], channel);
    }
    std::sort(peers_.begin(), peers_.end(), [](const OwnPeer& a, const OwnPeer& b) {
        return std::tuple(b.capacity, a.key) < std::tuple(a.capacity, b.key);
    });
    for (std::size_t i = 0; i < peers_.size(); ++i) {
        place_of_peer_[peers_[i].key] = i;
    }
}

const NodeChannel* OwnDay::told(const OwnChannel& channel) const {
    const auto found = told_.find(channel.channel);
    return found == told_.end() ? nullptr : found->second;
}

const OwnChannel* OwnDay::in_graph(const NodeChannel& channel) const {
    const auto found = in_graph_.find(&channel);
    return found == in_graph_.end() ? nullptr : found->second;
}

const OwnPeer* OwnDay::peer(const domain::PubKey& key) const {
    const auto found = place_of_peer_.find(key);
    return found == place_of_peer_.end() ? nullptr : &peers_[found->second];
}

const domain::NodeDayFlow* OwnDay::flow_on(Day day) const {
    const auto found = std::find_if(node_->days.begin(), node_->days.end(),
                                    [&](const domain::NodeDayFlow& f) { return f.day == day; });
    return found == node_->days.end() ? nullptr : &*found;
}

const domain::NodeGap* OwnDay::gap_of(NodePart part) const {
    const auto found =
        std::find_if(node_->gaps.begin(), node_->gaps.end(), [&](const domain::NodeGap& g) { return g.part == part; });
    return found == node_->gaps.end() ? nullptr : &*found;
}

domain::Absence OwnDay::why_without(NodePart part) const {
    const domain::NodeGap* gap = gap_of(part);
    return gap == nullptr ? node_tells_not() : node_could_not_tell(gap->why);
}

domain::Absence OwnDay::why_no_moment() const {
    return tells_channels() ? node_in_doubt() : why_without(NodePart::channels);
}

domain::Absence OwnDay::why_no_flow() const {
    return gap_of(NodePart::forwards) != nullptr || node_->days.empty() ? why_without(NodePart::forwards)
                                                                        : not_all_days_told();
}

} // namespace mcp::analysis
