#include "graph/core_betweenness.hpp"

#include <algorithm>
#include <atomic>
#include <numeric>
#include <thread>

namespace mcp::graph {
namespace {

using lanes::Batch;
using lanes::FeeScratch;
using lanes::HopScratch;
using lanes::kLanes;
using lanes::Row;

/// The sources are cut into this many strips. Each strip is summed on its own and the sums are added in order, so that
/// the result does not depend on which thread took which strip. Enough strips to keep many threads busy, few enough to
/// hold a sum for each.
constexpr std::size_t kStrips = 32;

/// Sources with the same cheapest neighbours side by side: their distances are alike, so in one batch they share most
/// of the work.
std::vector<Vertex> similar_side_by_side(const CsrGraph& graph) {
    std::vector<std::vector<Vertex>> neighbours(graph.vertices());
    std::vector<std::uint32_t> arcs;
    for (Vertex v = 0; v < graph.vertices(); ++v) {
        arcs.resize(graph.first[v + 1] - graph.first[v]);
        std::iota(arcs.begin(), arcs.end(), graph.first[v]);
        std::ranges::stable_sort(arcs, {}, [&](std::uint32_t k) { return graph.weight[k]; });
        for (const std::uint32_t k : arcs) {
            neighbours[v].push_back(graph.target[k]);
        }
    }
    std::vector<Vertex> order(graph.vertices());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, {}, [&](Vertex v) -> const std::vector<Vertex>& { return neighbours[v]; });
    return order;
}

/// An arc list as the kernels want it.
class ArcList {
public:
    explicit ArcList(const CsrGraph& graph) : graph_(graph), weight_(graph.weight.begin(), graph.weight.end()) {}
    [[nodiscard]] lanes::Arcs view() const { return {graph_.first.data(), graph_.target.data(), weight_.data()}; }

private:
    CsrGraph graph_;
    std::vector<double> weight_;
};

void sort_ranking(FeeScratch& scratch, std::uint32_t vertices) {
    std::sort(scratch.ranking, scratch.ranking + vertices,
              [](const lanes::Ranked& a, const lanes::Ranked& b) { return a.rank < b.rank; });
    for (std::uint32_t position = 0; position < vertices; ++position) {
        scratch.position[scratch.ranking[position].vertex] = position;
    }
}

/// The memory one thread works in.
class HopMemory {
public:
    explicit HopMemory(std::size_t vertices)
        : rows_((4 + kLanes) * vertices), indices_((3 + kLanes) * vertices + 3), flags_(2 * vertices) {
        Row* row = rows_.data();
        scratch_.frontier = row;
        scratch_.inbox = row + vertices;
        scratch_.paths = row + 2 * vertices;
        scratch_.dependency = row + 3 * vertices;
        scratch_.visit_paths = row + 4 * vertices;
        std::uint32_t* index = indices_.data();
        scratch_.open = index;
        scratch_.touched = index + vertices;
        scratch_.level_begin = index + 2 * vertices + 1;
        scratch_.visit = index + 3 * vertices + 3;
        scratch_.is_closed = flags_.data();
        scratch_.is_touched = flags_.data() + vertices;
    }

    void run(const lanes::Kernels& kernels, const Batch& batch, lanes::Totals& totals) {
        kernels.hop_batch(batch, scratch_, totals);
    }

private:
    std::vector<Row> rows_;
    std::vector<std::uint32_t> indices_;
    std::vector<std::uint8_t> flags_;
    HopScratch scratch_{};
};

class FeeMemory {
public:
    explicit FeeMemory(std::size_t vertices)
        : rows_(4 * vertices), ranking_(vertices), position_(vertices), dirty_(vertices / 64 + 1) {
        for (Vertex v = 0; v < vertices; ++v) {
            ranking_[v] = {0, v};
            position_[v] = v;
        }
        Row* row = rows_.data();
        scratch_ = {.distance = row,
                    .paths = row + vertices,
                    .dependency = row + 2 * vertices,
                    .share = row + 3 * vertices,
                    .ranking = ranking_.data(),
                    .position = position_.data(),
                    .dirty = dirty_.data(),
                    .sort_ranking = sort_ranking};
    }

    void run(const lanes::Kernels& kernels, const Batch& batch, lanes::Totals& totals) {
        kernels.fee_batch(batch, scratch_, totals);
    }

private:
    std::vector<Row> rows_;
    std::vector<lanes::Ranked> ranking_;
    std::vector<std::uint32_t> position_;
    std::vector<std::uint64_t> dirty_;
    FeeScratch scratch_{};
};

struct StripSums {
    std::vector<double> betweenness;
    std::vector<double> sources_before;
};

void add(std::vector<double>& sum, const std::vector<double>& part) {
    for (std::size_t i = 0; i < sum.size(); ++i) {
        sum[i] += part[i];
    }
}

/// Searches from all sources, strip by strip.
template <typename Memory>
class Search {
public:
    Search(const PendantTrees& trees, const lanes::Kernels& kernels)
        : trees_(trees), kernels_(kernels), out_(trees.core()), in_(trees.core().reversed()),
          sources_(similar_side_by_side(trees.core())), strips_(kStrips), targets_after_(sources_.size()) {}

    CoreFigures run(unsigned threads) {
        std::vector<std::jthread> helpers;
        for (unsigned helper = 1; helper < threads; ++helper) {
            helpers.emplace_back([this] { work(); });
        }
        work();
        helpers.clear(); // joins
        return gather();
    }

private:
    void work() {
        Memory memory(sources_.size());
        for (std::size_t strip = next_strip_++; strip < kStrips; strip = next_strip_++) {
            search_strip(strip, memory);
        }
    }

    void search_strip(std::size_t strip, Memory& memory) {
        StripSums& sums = strips_[strip];
        sums.betweenness.assign(sources_.size(), 0);
        sums.sources_before.assign(sources_.size(), 0);
        lanes::Totals totals{sums.betweenness.data(), sums.sources_before.data(), targets_after_.data()};
        const std::size_t batches = (sources_.size() + kLanes - 1) / kLanes;
        for (std::size_t batch = batches * strip / kStrips; batch < batches * (strip + 1) / kStrips; ++batch) {
            memory.run(kernels_, batch_at(batch * kLanes), totals);
        }
    }

    [[nodiscard]] Batch batch_at(std::size_t begin) const {
        return {.vertices = trees_.core().vertices(),
                .out = out_.view(),
                .in = in_.view(),
                .source_weight = trees_.source_weight().data(),
                .target_weight = trees_.target_weight().data(),
                .sources = sources_.data() + begin,
                .count = static_cast<int>(std::min<std::size_t>(kLanes, sources_.size() - begin))};
    }

    CoreFigures gather() {
        CoreFigures figures{std::vector<double>(sources_.size()), std::vector<double>(sources_.size()),
                            std::move(targets_after_)};
        for (const StripSums& strip : strips_) {
            add(figures.betweenness, strip.betweenness);
            add(figures.sources_before, strip.sources_before);
        }
        return figures;
    }

    const PendantTrees& trees_;
    const lanes::Kernels& kernels_;
    const ArcList out_;
    const ArcList in_;
    const std::vector<Vertex> sources_;
    std::vector<StripSums> strips_;
    std::vector<double> targets_after_;
    std::atomic<std::size_t> next_strip_ = 0;
};

bool is_hop_graph(const CsrGraph& graph) {
    const CsrGraph reversed = graph.reversed();
    return std::ranges::all_of(graph.weight, [](std::int64_t weight) { return weight == 1; }) &&
           reversed.first == graph.first && reversed.target == graph.target;
}

} // namespace

CoreFigures core_figures(const PendantTrees& trees, unsigned threads, LanePath path) {
    const lanes::Kernels& kernels = kernels_of(path);
    return is_hop_graph(trees.core()) ? Search<HopMemory>(trees, kernels).run(threads)
                                      : Search<FeeMemory>(trees, kernels).run(threads);
}

} // namespace mcp::graph
