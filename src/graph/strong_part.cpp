#include "graph/strong_part.hpp"

#include <algorithm>

namespace mcp::graph {
namespace {

constexpr std::uint32_t kNone = ~std::uint32_t{0};

class StrongParts {
public:
    explicit StrongParts(const CsrGraph& graph)
        : graph_(graph), entered_(graph.vertices(), kNone), low_(graph.vertices(), kNone),
          part_(graph.vertices(), kNone) {
        for (Vertex root = 0; root < graph.vertices(); ++root) {
            if (entered_[root] == kNone) {
                explore(root);
            }
        }
    }

    [[nodiscard]] std::vector<bool> largest() const {
        const auto largest = std::max_element(size_.begin(), size_.end());
        std::vector<bool> is_in(part_.size());
        for (Vertex v = 0; v < part_.size(); ++v) {
            is_in[v] = size_[part_[v]] == *largest;
        }
        return is_in;
    }

private:
    struct Visit {
        Vertex vertex;
        std::size_t next_arc;
    };

    void explore(Vertex root) {
        std::vector<Visit> way{enter(root)};
        while (!way.empty()) {
            Visit& visit = way.back();
            const std::span<const Vertex> targets = graph_.targets(visit.vertex);
            if (visit.next_arc < targets.size()) {
                const Vertex to = targets[visit.next_arc++];
                if (entered_[to] == kNone) {
                    way.push_back(enter(to));
                } else if (part_[to] == kNone) {
                    reaches(visit.vertex, entered_[to]);
                }
                continue;
            }
            const Vertex done = visit.vertex;
            leave(done);
            way.pop_back();
            if (!way.empty()) {
                reaches(way.back().vertex, low_[done]);
            }
        }
    }

    void reaches(Vertex v, std::uint32_t entered) { low_[v] = std::min(low_[v], entered); }

    Visit enter(Vertex v) {
        entered_[v] = low_[v] = clock_++;
        open_.push_back(v);
        return {v, 0};
    }

    /// A vertex from which no earlier one can be reached closes a part: all that was met since.
    void leave(Vertex v) {
        if (low_[v] != entered_[v]) {
            return;
        }
        size_.push_back(0);
        for (bool last = false; !last; open_.pop_back()) {
            last = open_.back() == v;
            part_[open_.back()] = static_cast<std::uint32_t>(size_.size() - 1);
            ++size_.back();
        }
    }

    const CsrGraph& graph_;
    std::vector<std::uint32_t> entered_; ///< order in which the search met the vertex
    std::vector<std::uint32_t> low_;     ///< earliest vertex of an open part that its subtree reaches
    std::vector<std::uint32_t> part_;
    std::vector<std::uint32_t> size_; ///< of each part
    std::vector<Vertex> open_;        ///< met, and in no part yet
    std::uint32_t clock_ = 0;
};

} // namespace

std::vector<bool> largest_strong_part(const CsrGraph& graph) {
    return StrongParts(graph).largest();
}

} // namespace mcp::graph
