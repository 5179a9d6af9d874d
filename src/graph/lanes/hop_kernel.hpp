#pragma once
#include "graph/lanes/add_batch.hpp"
#include "graph/lanes/vector.hpp"

// Betweenness of an unweighted graph, a batch of sources at once: Brandes level by level, each level one sparse
// matrix-vector product with a Row for each entry. A vertex is "visited" once for each level at which some lane reaches
// it first; a visit keeps the path counts of exactly these lanes and 0 in the others, so that no lane mask is ever
// needed afterwards.
namespace mcp::graph::lanes {
namespace {

class HopBatch {
public:
    HopBatch(const Batch& batch, HopScratch& scratch) : batch_(batch), arcs_(batch.out), at_(scratch) {}

    void run(Totals& totals) {
        begin();
        int level = 0;
        while (advance_from(level)) {
            ++level;
        }
        for (; level >= 2; --level) {
            return_from(level);
        }
        add_batch(batch_, at_.paths, at_.dependency, totals);
    }

private:
    struct Visits {
        std::uint32_t begin;
        std::uint32_t end;
    };

    void begin() {
        __builtin_memset(at_.paths, 0, batch_.vertices * sizeof(Row));
        __builtin_memset(at_.dependency, 0, batch_.vertices * sizeof(Row));
        __builtin_memset(at_.is_closed, 0, batch_.vertices);
        for (std::uint32_t v = 0; v < batch_.vertices; ++v) {
            at_.open[v] = v;
        }
        open_count_ = batch_.vertices;
        open_arcs_ = arcs_.first[batch_.vertices];
        at_.level_begin[0] = 0;
        for (int lane = 0; lane < batch_.count; ++lane) {
            const std::uint32_t source = batch_.sources[lane];
            at_.paths[source].lane[lane] = 1;
            add_visit(source, load(at_.paths[source]));
        }
        at_.level_begin[1] = visit_count_;
    }

    /// Counts the paths to all that is one hop past `level`. @return false when nothing new is reached
    bool advance_from(int level) {
        const Visits here = visits_of(level);
        for (std::uint32_t i = here.begin; i < here.end; ++i) {
            at_.frontier[at_.visit[i]] = at_.visit_paths[i];
        }
        if (pushing_pays(arcs_of(here), open_arcs_)) {
            push(here, [&](std::uint32_t v) { return !at_.is_closed[v]; });
            for (std::uint32_t i = 0; i < touched_count_; ++i) {
                arrive(at_.touched[i], take_inbox(at_.touched[i]));
            }
            touched_count_ = 0;
        } else {
            pull_into_open();
        }
        clear_frontier(here);
        at_.level_begin[level + 2] = visit_count_;
        return visit_count_ > here.end;
    }

    void pull_into_open() {
        std::uint32_t still_open = 0;
        for (std::uint32_t i = 0; i < open_count_; ++i) {
            const std::uint32_t v = at_.open[i];
            if (!at_.is_closed[v]) {
                arrive(v, frontier_around(v));
                at_.open[still_open] = v;
                still_open += !at_.is_closed[v];
            }
        }
        open_count_ = still_open;
    }

    /// `paths` lead to v from the level before; they count in the lanes that had not reached v yet.
    void arrive(std::uint32_t v, const Lanes& paths) {
        const Lanes known = load(at_.paths[v]);
        const Lanes fresh = keep(known == Lanes{}, paths);
        if (!any(fresh != Lanes{})) {
            return;
        }
        add_visit(v, fresh);
        const Lanes now_known = known + fresh;
        store(at_.paths[v], now_known);
        if (!any(now_known == Lanes{})) {
            at_.is_closed[v] = 1;
            open_arcs_ -= degree(v);
        }
    }

    /// Hands the dependencies of what was reached at `level` back to the level before.
    void return_from(int level) {
        const Visits here = visits_of(level);
        const Visits before = visits_of(level - 1);
        for (std::uint32_t i = here.begin; i < here.end; ++i) {
            const std::uint32_t v = at_.visit[i];
            const Lanes paths = load(at_.visit_paths[i]);
            const Lanes depending = everywhere(batch_.target_weight[v]) + load(at_.dependency[v]);
            store(at_.frontier[v], keep(paths != Lanes{}, depending / paths));
        }
        const bool by_push = pushing_pays(arcs_of(here), arcs_of(before));
        if (by_push) {
            push(here, [](std::uint32_t) { return true; });
        }
        for (std::uint32_t i = before.begin; i < before.end; ++i) {
            const std::uint32_t v = at_.visit[i];
            const Lanes received = by_push ? load(at_.inbox[v]) : frontier_around(v);
            store(at_.dependency[v], load(at_.dependency[v]) + load(at_.visit_paths[i]) * received);
        }
        for (std::uint32_t i = 0; i < touched_count_; ++i) {
            take_inbox(at_.touched[i]);
        }
        touched_count_ = 0;
        clear_frontier(here);
    }

    /// Pushing an arc reads and writes a row where pulling only reads one.
    static bool pushing_pays(std::uint64_t pushed_arcs, std::uint64_t pulled_arcs) {
        return 2 * pushed_arcs < pulled_arcs;
    }

    template <typename Wanted>
    void push(Visits visits, Wanted wanted) {
        for (std::uint32_t i = visits.begin; i < visits.end; ++i) {
            const std::uint32_t v = at_.visit[i];
            const Lanes sent = load(at_.frontier[v]);
            for (std::uint32_t k = arcs_.first[v]; k < arcs_.first[v + 1]; ++k) {
                const std::uint32_t next = arcs_.other_end[k];
                if (wanted(next)) {
                    store(at_.inbox[next], load(at_.inbox[next]) + sent);
                    at_.touched[touched_count_] = next;
                    touched_count_ += !at_.is_touched[next];
                    at_.is_touched[next] = 1;
                }
            }
        }
    }

    Lanes take_inbox(std::uint32_t v) {
        const Lanes received = load(at_.inbox[v]);
        store(at_.inbox[v], Lanes{});
        at_.is_touched[v] = 0;
        return received;
    }

    /// The sum of the frontier over the neighbours of v; two sums, because each addition waits for the one before.
    [[nodiscard]] Lanes frontier_around(std::uint32_t v) const {
        Lanes even{};
        Lanes odd{};
        std::uint32_t k = arcs_.first[v];
        const std::uint32_t end = arcs_.first[v + 1];
        for (; k + 1 < end; k += 2) {
            even = even + load(at_.frontier[arcs_.other_end[k]]);
            odd = odd + load(at_.frontier[arcs_.other_end[k + 1]]);
        }
        if (k < end) {
            even = even + load(at_.frontier[arcs_.other_end[k]]);
        }
        return even + odd;
    }

    void clear_frontier(Visits visits) {
        for (std::uint32_t i = visits.begin; i < visits.end; ++i) {
            store(at_.frontier[at_.visit[i]], Lanes{});
        }
    }

    void add_visit(std::uint32_t v, const Lanes& paths) {
        at_.visit[visit_count_] = v;
        store(at_.visit_paths[visit_count_], paths);
        ++visit_count_;
    }

    [[nodiscard]] Visits visits_of(int level) const { return {at_.level_begin[level], at_.level_begin[level + 1]}; }
    [[nodiscard]] std::uint32_t degree(std::uint32_t v) const { return arcs_.first[v + 1] - arcs_.first[v]; }

    [[nodiscard]] std::uint64_t arcs_of(Visits visits) const {
        std::uint64_t arcs = 0;
        for (std::uint32_t i = visits.begin; i < visits.end; ++i) {
            arcs += degree(at_.visit[i]);
        }
        return arcs;
    }

    const Batch& batch_;
    const Arcs arcs_;
    HopScratch& at_;
    std::uint32_t visit_count_ = 0;
    std::uint32_t touched_count_ = 0;
    std::uint32_t open_count_ = 0; ///< vertices that some lane has not reached
    std::uint64_t open_arcs_ = 0;  ///< and their arcs
};

void hop_batch(const Batch& batch, HopScratch& scratch, Totals& totals) {
    HopBatch(batch, scratch).run(totals);
}

} // namespace
} // namespace mcp::graph::lanes
