#pragma once
#include "graph/lanes/add_batch.hpp"
#include "graph/lanes/vector.hpp"

// Betweenness of a weighted graph, a batch of sources at once. Distances are whole numbers held in doubles, so sums and
// comparisons are exact (the engine sees to it that they stay below 2^53). The lanes disagree on the order of the
// vertices by distance, so one order is taken for all (see sort_rows); rows that some lane finds out of order are
// marked dirty and done again until none is. Every row is a function of its neighbours' rows alone, summed in the order
// of the arcs, so the result does not depend on the order of the work.
namespace mcp::graph::lanes {
namespace {

/// Rows that must be looked at (again), by position.
class DirtyRows {
public:
    DirtyRows(std::uint64_t* words, std::uint32_t rows) : words_(words), count_(rows / 64 + 1) {}

    void mark(std::uint32_t position) { words_[position / 64] |= std::uint64_t{1} << position % 64; }

    /// Visits dirty rows by growing position, pass after pass, until the visits make no more.
    template <typename Visit>
    void drain_ascending(Visit visit) {
        for (bool clean = false; !clean;) {
            clean = true;
            for (std::uint32_t word = 0; word < count_; ++word) {
                while (words_[word] != 0) {
                    clean = false;
                    visit(take(word, static_cast<std::uint32_t>(__builtin_ctzll(words_[word]))));
                }
            }
        }
    }

    template <typename Visit>
    void drain_descending(Visit visit) {
        for (bool clean = false; !clean;) {
            clean = true;
            for (std::uint32_t word = count_; word-- > 0;) {
                while (words_[word] != 0) {
                    clean = false;
                    visit(take(word, 63 - static_cast<std::uint32_t>(__builtin_clzll(words_[word]))));
                }
            }
        }
    }

private:
    std::uint32_t take(std::uint32_t word, std::uint32_t bit) {
        words_[word] &= ~(std::uint64_t{1} << bit);
        return word * 64 + bit;
    }

    std::uint64_t* words_;
    std::uint32_t count_;
};

class FeeBatch {
public:
    FeeBatch(const Batch& batch, FeeScratch& scratch)
        : batch_(batch), at_(scratch), dirty_(scratch.dirty, batch.vertices) {}

    void run(Totals& totals) {
        find_distances();
        sort_rows();
        count_paths();
        sum_dependencies();
        for (int lane = 0; lane < batch_.count; ++lane) {
            at_.dependency[batch_.sources[lane]].lane[lane] = 0; // a source lies inside none of its own paths
        }
        add_batch(batch_, at_.paths, at_.dependency, totals);
    }

private:
    void find_distances() {
        for (std::uint32_t v = 0; v < batch_.vertices; ++v) {
            store(at_.distance[v], everywhere(kInfinity));
        }
        for (int lane = 0; lane < batch_.count; ++lane) {
            at_.distance[batch_.sources[lane]].lane[lane] = 0;
            dirty_.mark(at_.position[batch_.sources[lane]]);
        }
        dirty_.drain_ascending([&](std::uint32_t position) { relax_arcs_of(at_.ranking[position].vertex); });
    }

    void relax_arcs_of(std::uint32_t v) {
        const Lanes distance = load(at_.distance[v]);
        for (std::uint32_t k = batch_.out.first[v]; k < batch_.out.first[v + 1]; ++k) {
            const std::uint32_t next = batch_.out.other_end[k];
            const Lanes known = load(at_.distance[next]);
            const Lanes found = distance + everywhere(batch_.out.weight[k]);
            if (any(found < known)) {
                store(at_.distance[next], smaller(found, known));
                dirty_.mark(at_.position[next]);
            }
        }
    }

    /// Orders the rows by how early any lane comes to them. Each lane counts from its own mean distance, so that a
    /// source whose first hop is dear does not put all its rows behind those of the others.
    void sort_rows() {
        const Lanes mean = mean_distance();
        const Lanes farthest = everywhere(kUnreachedForSorting);
        for (std::uint32_t v = 0; v < batch_.vertices; ++v) {
            at_.ranking[v] = {least(smaller(load(at_.distance[v]), farthest) - mean), v};
        }
        at_.sort_ranking(at_, batch_.vertices);
    }

    [[nodiscard]] Lanes mean_distance() const {
        Lanes total{};
        Lanes reached{};
        for (std::uint32_t v = 0; v < batch_.vertices; ++v) {
            const Lanes distance = load(at_.distance[v]);
            const Mask is_reached = distance != everywhere(kInfinity);
            total = total + keep(is_reached, distance);
            reached = reached + keep(is_reached, everywhere(1));
        }
        return keep(reached != Lanes{}, total / reached);
    }

    void count_paths() {
        for (std::uint32_t v = 0; v < batch_.vertices; ++v) {
            store(at_.paths[v], Lanes{});
        }
        for (int lane = 0; lane < batch_.count; ++lane) {
            at_.paths[batch_.sources[lane]].lane[lane] = 1;
        }
        for (std::uint32_t position = 0; position < batch_.vertices; ++position) {
            const Pulled paths = paths_into(at_.ranking[position].vertex);
            store(at_.paths[at_.ranking[position].vertex], paths.lanes);
            if (paths.out_of_order) {
                dirty_.mark(position);
            }
        }
        dirty_.drain_ascending([&](std::uint32_t position) {
            const std::uint32_t v = at_.ranking[position].vertex;
            const Lanes paths = paths_into(v).lanes;
            if (any(paths != load(at_.paths[v]))) {
                store(at_.paths[v], paths);
                mark_next_on_paths(v);
            }
        });
    }

    void sum_dependencies() {
        for (std::uint32_t position = batch_.vertices; position-- > 0;) {
            const std::uint32_t v = at_.ranking[position].vertex;
            const Pulled shares = shares_behind(v);
            set_dependency(v, shares.lanes);
            if (shares.out_of_order) {
                dirty_.mark(position);
            }
        }
        dirty_.drain_descending([&](std::uint32_t position) {
            const std::uint32_t v = at_.ranking[position].vertex;
            const Lanes before = load(at_.share[v]);
            set_dependency(v, shares_behind(v).lanes);
            if (any(before != load(at_.share[v]))) {
                mark_previous_on_paths(v);
            }
        });
    }

    /// What a row pulls from its neighbours, and whether one of them comes only later in the order.
    struct Pulled {
        Lanes lanes;
        bool out_of_order;
    };

    /// Path counts of v: the sum over the arcs into v that lie on a shortest path; a source has the one path from
    /// itself.
    [[nodiscard]] Pulled paths_into(std::uint32_t v) const {
        const Lanes distance = comparable_distance(v);
        const std::uint32_t position = at_.position[v];
        Pulled pulled{keep(distance == Lanes{}, everywhere(1)), false};
        for (std::uint32_t k = batch_.in.first[v]; k < batch_.in.first[v + 1]; ++k) {
            const std::uint32_t previous = batch_.in.other_end[k];
            const Mask tight = load(at_.distance[previous]) + everywhere(batch_.in.weight[k]) == distance;
            pulled.lanes = pulled.lanes + keep(tight, load(at_.paths[previous]));
            pulled.out_of_order |= static_cast<int>(at_.position[previous] > position) & static_cast<int>(any(tight));
        }
        return pulled;
    }

    /// Sum of the shares of all that follows v on shortest paths.
    [[nodiscard]] Pulled shares_behind(std::uint32_t v) const {
        const Lanes distance = comparable_distance(v);
        const std::uint32_t position = at_.position[v];
        Pulled pulled{Lanes{}, false};
        for (std::uint32_t k = batch_.out.first[v]; k < batch_.out.first[v + 1]; ++k) {
            const std::uint32_t next = batch_.out.other_end[k];
            const Mask tight = distance + everywhere(batch_.out.weight[k]) == load(at_.distance[next]);
            pulled.lanes = pulled.lanes + keep(tight, load(at_.share[next]));
            pulled.out_of_order |= static_cast<int>(at_.position[next] < position) & static_cast<int>(any(tight));
        }
        return pulled;
    }

    void set_dependency(std::uint32_t v, const Lanes& shares) {
        const Lanes paths = load(at_.paths[v]);
        const Lanes dependency = paths * shares;
        store(at_.dependency[v], dependency);
        store(at_.share[v], keep(paths != Lanes{}, (everywhere(batch_.target_weight[v]) + dependency) / paths));
    }

    void mark_next_on_paths(std::uint32_t v) {
        const Lanes distance = comparable_distance(v);
        for (std::uint32_t k = batch_.out.first[v]; k < batch_.out.first[v + 1]; ++k) {
            const std::uint32_t next = batch_.out.other_end[k];
            if (any(distance + everywhere(batch_.out.weight[k]) == load(at_.distance[next]))) {
                dirty_.mark(at_.position[next]);
            }
        }
    }

    void mark_previous_on_paths(std::uint32_t v) {
        const Lanes distance = comparable_distance(v);
        for (std::uint32_t k = batch_.in.first[v]; k < batch_.in.first[v + 1]; ++k) {
            const std::uint32_t previous = batch_.in.other_end[k];
            if (any(load(at_.distance[previous]) + everywhere(batch_.in.weight[k]) == distance)) {
                dirty_.mark(at_.position[previous]);
            }
        }
    }

    /// Distances of v, of use in comparisons: unreached lanes hold what no other row's distance can be equal to.
    [[nodiscard]] Lanes comparable_distance(std::uint32_t v) const {
        const Lanes distance = load(at_.distance[v]);
        return choose(distance == everywhere(kInfinity), everywhere(-kInfinity), distance);
    }

    static constexpr double kUnreachedForSorting = 1e16; ///< past all distances

    const Batch& batch_;
    FeeScratch& at_;
    DirtyRows dirty_;
};

void fee_batch(const Batch& batch, FeeScratch& scratch, Totals& totals) {
    FeeBatch(batch, scratch).run(totals);
}

} // namespace
} // namespace mcp::graph::lanes
