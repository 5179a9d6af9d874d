#pragma once
#include "analysis/day_facts.hpp"
#include "analysis/thresholds.hpp"
#include "domain/channel.hpp"

#include <optional>
#include <vector>

namespace mcp::analysis {

/// One channel seen from the node's own end.
struct OwnChannel {
    const domain::Channel* channel;
    domain::Side own;
    domain::NodeId peer;
    std::optional<int> age_days; ///< absent where ids are positions

    [[nodiscard]] const std::optional<domain::Policy>& own_policy() const { return channel->policy_of(own); }
    [[nodiscard]] const std::optional<domain::Policy>& peer_policy() const { return channel->policy_of(other(own)); }
    [[nodiscard]] double capacity_sats() const {
        return channel->capacity ? static_cast<double>(channel->capacity->value) : 0;
    }
};

/// All channels to one peer together: figures by peer come first, by channel second.
struct Relation {
    domain::NodeId peer;
    std::vector<const OwnChannel*> channels;
    double capacity_sats = 0;
};

/// What one day's graph says about one node: the input of score, alerts and recommendations.
/// Points into `day`, which must outlive it.
class NodeView {
public:
    NodeView(const DayFacts& day, domain::NodeId node);
    NodeView(NodeView&&) = default;
    NodeView(const NodeView&) = delete; // relations point into channels

    [[nodiscard]] const DayFacts& day() const { return *day_; }
    [[nodiscard]] domain::NodeId node() const { return node_; }
    [[nodiscard]] const std::vector<OwnChannel>& channels() const { return channels_; } ///< largest first, then by id
    [[nodiscard]] const std::vector<Relation>& relations() const { return relations_; } ///< largest first, then by key
    [[nodiscard]] double capacity_sats() const { return day_->capacity_sats[node_]; }   ///< known capacity
    /// The whole capacity; nothing when the graph does not tell that of some channel: a sum with gaps is no total.
    [[nodiscard]] std::optional<Sat> total_capacity() const;
    [[nodiscard]] bool dated() const { return day_->network.dates_updates(); } ///< whether ages of updates are known
    [[nodiscard]] const domain::Node& peer(domain::NodeId id) const { return day_->network.nodes[id]; }

    /// Newer of both updates older than 14 days at the graph's own date. Nothing where the graph or the channel has no
    /// dates.
    [[nodiscard]] std::optional<bool> silent(const OwnChannel& channel) const;
    /// Both directions announced and enabled.
    [[nodiscard]] static bool enabled_both_ways(const OwnChannel& channel);
    /// Days from an update to the graph's own date.
    [[nodiscard]] std::optional<int> days_since(const std::optional<Time>& update) const;

private:
    const DayFacts* day_;
    domain::NodeId node_;
    std::vector<OwnChannel> channels_;
    std::vector<Relation> relations_;
};

/// Share of the node's known capacity in channels that satisfy `is`; nothing when no capacity is known.
template <typename Predicate>
[[nodiscard]] std::optional<double> capacity_share(const NodeView& view, Predicate is) {
    if (!(view.capacity_sats() > 0)) {
        return std::nullopt;
    }
    double sats = 0;
    for (const OwnChannel& channel : view.channels()) {
        sats += is(channel) ? channel.capacity_sats() : 0;
    }
    return sats / view.capacity_sats();
}

} // namespace mcp::analysis
