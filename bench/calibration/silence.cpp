#include "bench/calibration/silence.hpp"

#include "graph/market.hpp"

#include <algorithm>
#include <unordered_map>

namespace mcp::calibration {
namespace {

using analysis::NodeDay;
using analysis::NodeView;
using analysis::OwnChannel;
using domain::Channel;

bool enabled_both_ways(const Channel& channel) {
    return channel.policy[0] && channel.policy[1] && !channel.policy[0]->disabled && !channel.policy[1]->disabled;
}

bool heard_lately(const NodeView& view, const std::optional<domain::Policy>& policy) {
    return policy && policy->updated && *view.day().network.as_of - *policy->updated <= graph::kSilentAfter;
}

void count(AgeClass& age, const Channel& channel, const Channel* next_day) {
    ++age.channels;
    age.enabled += enabled_both_ways(channel) ? 1 : 0;
    age.gone += next_day == nullptr ? 1 : 0;
    age.heard_again += next_day != nullptr && next_day->updated > channel.updated ? 1 : 0;
}

} // namespace

std::vector<AgeClass> silence_by_age(const Recording& recording, std::size_t day) {
    std::unordered_map<std::uint64_t, const Channel*> next_day;
    for (const Channel& channel : recording.day(day + 1).network.channels) {
        next_day.emplace(channel.id.value, &channel);
    }
    std::vector<AgeClass> ages{{0, 1}, {1, 7}, {7, 14}, {14, 21}, {21, 30}, {30, 60}, {60, 90}, {90, 100'000}};
    const domain::Network& network = recording.day(day).network;
    for (const Channel& channel : network.channels) {
        if (!channel.updated) {
            continue;
        }
        const auto days = std::chrono::floor<std::chrono::days>(*network.as_of - *channel.updated).count();
        const auto found = next_day.find(channel.id.value);
        for (AgeClass& age : ages) {
            if (days >= age.from_days && days < age.to_days) {
                count(age, channel, found == next_day.end() ? nullptr : found->second);
            }
        }
    }
    return ages;
}

std::vector<UsableShares> usable_shares_of_largest(const Recording& recording, std::size_t day, std::size_t nodes) {
    std::vector<const NodeDay*> largest;
    for (const NodeDays& node : recording.nodes()) {
        if (large_enough(node, day)) {
            largest.push_back(node[day].get());
        }
    }
    std::sort(largest.begin(), largest.end(),
              [](const NodeDay* a, const NodeDay* b) { return a->view.capacity_sats() > b->view.capacity_sats(); });
    largest.resize(std::min(nodes, largest.size()));
    std::vector<UsableShares> shares;
    for (const NodeDay* node : largest) {
        const NodeView& view = node->view;
        const auto one = capacity_share(view, [&](const OwnChannel& channel) {
            return graph::is_available(*channel.channel, view.day().network.as_of);
        });
        shares.push_back({view.peer(view.node()).alias, enabled_share(*node).value_or(0), one.value_or(0),
                          share_heard_from_both(*node).value_or(0)});
    }
    return shares;
}

std::optional<double> enabled_share(const NodeDay& day) {
    return capacity_share(day.view, NodeView::enabled_both_ways);
}

std::optional<double> share_heard_from_both(const NodeDay& day) {
    if (!day.view.dated()) {
        return std::nullopt;
    }
    return capacity_share(day.view, [&](const OwnChannel& channel) {
        return NodeView::enabled_both_ways(channel) && heard_lately(day.view, channel.own_policy()) &&
               heard_lately(day.view, channel.peer_policy());
    });
}

} // namespace mcp::calibration
