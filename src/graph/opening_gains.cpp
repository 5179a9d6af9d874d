#include "graph/opening_gains.hpp"

#include "graph/in_chunks.hpp"

#include <algorithm>
#include <array>
#include <functional>

namespace mcp::graph {
namespace {

// The names below are those of arrivals: payments from a fixed source, over a new arc from a peer to the node, to all
// targets. Departures are the same seen backwards: a fixed target, an arc from the node to a peer, all sources.

/// The targets that can be reached from the node, and how.
struct Beyond {
    std::vector<Vertex> target;
    std::vector<std::int64_t> distance;
    std::vector<double> paths;

    Beyond(Vertex node, const PathCounts& from_node) {
        for (Vertex t = 0; t < from_node.distance.size(); ++t) {
            if (t != node && from_node.distance[t] != kUnreached) {
                target.push_back(t);
                distance.push_back(from_node.distance[t]);
                paths.push_back(from_node.paths[t]);
            }
        }
    }
};

/// Adds up the gains of all arcs, one source after the other.
class GainsBySource {
public:
    GainsBySource(Vertex node, const Beyond& beyond, std::span<const NewArc> arcs)
        : node_(node), beyond_(beyond), arcs_(arcs), slack_(beyond.target.size()), gains_(arcs.size(), 0.0) {}

    /// @param line from the source to every vertex
    void add(const PathCounts& line) {
        rivals_.clear();
        find_rivals(line, measure_slack(line));
        if (!rivals_.empty()) {
            hand_out(line);
        }
    }

    const std::vector<double>& gains() const { return gains_; }

private:
    /// An arc that wins at least one target from this source.
    struct Rival {
        std::int64_t distance; ///< from the source over the arc to the node
        double paths;
        std::size_t arc;
    };

    /// A way to the node shorter than a target's slack takes over the whole target, one as long gets a share of it.
    /// A target whose paths pass through the node already is not to be won: its slack is below every distance, as is
    /// that of the source itself.
    /// @return the largest slack
    std::int64_t measure_slack(const PathCounts& line) {
        const std::int64_t to_node = line.distance[node_];
        std::int64_t largest = kWon;
        for (std::size_t i = 0; i < slack_.size(); ++i) {
            const std::int64_t today = line.distance[beyond_.target[i]];
            slack_[i] = today == kUnreached ? kUnreached : today - beyond_.distance[i];
            if (slack_[i] == to_node && open_share(line, i) <= 0) {
                slack_[i] = kWon;
            }
            largest = std::max(largest, slack_[i]);
        }
        return largest;
    }

    /// How much of target i, whose slack is measured, does not pass through the node today.
    double open_share(const PathCounts& line, std::size_t i) const {
        const bool passes = slack_[i] != kUnreached && slack_[i] == line.distance[node_];
        return passes ? 1 - line.paths[node_] * beyond_.paths[i] / line.paths[beyond_.target[i]] : 1;
    }

    void find_rivals(const PathCounts& line, std::int64_t largest_slack) {
        for (std::size_t i = 0; i < arcs_.size(); ++i) {
            const std::int64_t to_peer = line.distance[arcs_[i].peer];
            if (to_peer != kUnreached && to_peer + arcs_[i].weight <= largest_slack) {
                rivals_.push_back({to_peer + arcs_[i].weight, line.paths[arcs_[i].peer], i});
            }
        }
        std::sort(rivals_.begin(), rivals_.end(),
                  [](const Rival& a, const Rival& b) { return a.distance < b.distance; });
    }

    void hand_out(const PathCounts& line) {
        won_by_first_.assign(rivals_.size() + 1, 0.0);
        for (std::size_t i = 0; i < slack_.size(); ++i) {
            if (slack_[i] >= rivals_.front().distance) {
                const double open = open_share(line, i);
                const auto tie =
                    std::lower_bound(rivals_.begin(), rivals_.end(), slack_[i],
                                     [](const Rival& r, std::int64_t slack) { return r.distance < slack; });
                won_by_first_[static_cast<std::size_t>(tie - rivals_.begin())] += open;
                for (auto rival = tie; rival != rivals_.end() && rival->distance == slack_[i]; ++rival) {
                    const double added = rival->paths * beyond_.paths[i];
                    gains_[rival->arc] += open * added / (line.paths[beyond_.target[i]] + added);
                }
            }
        }
        double won = 0;
        for (std::size_t k = rivals_.size(); k > 0; --k) {
            won += won_by_first_[k];
            gains_[rivals_[k - 1].arc] += won;
        }
    }

    static constexpr std::int64_t kWon = 0; ///< below the distance of every rival

    Vertex node_;
    const Beyond& beyond_;
    std::span<const NewArc> arcs_;
    std::vector<std::int64_t> slack_;  ///< by target
    std::vector<Rival> rivals_;        ///< by growing distance
    std::vector<double> won_by_first_; ///< [k]: the open shares that the k nearest rivals each take over, and no other
    std::vector<double> gains_;        ///< by arc
};

} // namespace

std::vector<double> opening_gains(const PathTable& table, Leg leg, Vertex node, std::span<const NewArc> arcs,
                                  unsigned threads, const Stop& stop) {
    const auto line = [leg](PathReader& reader, Vertex v) -> const PathCounts& {
        return leg == Leg::arrival ? reader.from(v) : reader.into(v);
    };
    PathReader own(table);
    const Beyond beyond(node, line(own, node));
    std::array<std::vector<double>, kChunks> parts;
    in_chunks(table.vertices(), threads, [&](std::uint32_t chunk, std::uint32_t begin, std::uint32_t end) {
        PathReader reader(table);
        GainsBySource gains(node, beyond, arcs);
        for (std::uint32_t i = begin; i < end && !stopped(stop); ++i) {
            const Vertex source = table.by_column()[i];
            if (source != node) {
                gains.add(line(reader, source));
            }
        }
        parts[chunk] = gains.gains();
    });
    std::vector<double> total(arcs.size(), 0.0);
    for (const std::vector<double>& part : parts) {
        std::transform(total.begin(), total.end(), part.begin(), total.begin(), std::plus<>());
    }
    return total;
}

} // namespace mcp::graph
