#pragma once
#include <cstdint>

// What passes between the engine and its kernels, the code that works on several sources at once. Each kernel is
// compiled several times, for wider and wider vector units. All here is plain data on purpose: a function of the
// standard library that a kernel instantiated would exist once for every instruction set, the linker would keep any one
// of them, and the rest of the program could then die of an illegal instruction on an older CPU.
namespace mcp::graph::lanes {

inline constexpr int kLanes =
    8; ///< sources of one batch: 64 bytes of doubles, a cache line and the widest vector there is

/// One figure of one vertex, for each source of the batch.
struct alignas(64) Row {
    double lane[kLanes];
};

/// The arcs of v are at [first[v], first[v + 1]); `weight` counts for fee batches only.
struct Arcs {
    const std::uint32_t* first;
    const std::uint32_t* other_end;
    const double* weight;
};

struct Batch {
    std::uint32_t vertices;
    Arcs out;
    Arcs in;                      ///< the same as `out` in a hop graph
    const double* source_weight;  ///< of each vertex: how many sources it stands for
    const double* target_weight;  ///< of each vertex: how many targets it stands for
    const std::uint32_t* sources; ///< distinct
    int count;                    ///< 1 to kLanes
};

/// What a batch adds up; each has one entry for each vertex. A source counts as reaching itself.
struct Totals {
    double* betweenness;    ///< added to
    double* sources_before; ///< added to: source weight of the sources that reach the vertex
    double* targets_after;  ///< set, for the batch's own sources: target weight of what the source reaches
};

/// Memory of a hop batch; `V` is the count of vertices. Marked (0): all zero before and after each batch.
struct HopScratch {
    Row* frontier;              ///< V (0)
    Row* inbox;                 ///< V (0)
    Row* paths;                 ///< V
    Row* dependency;            ///< V
    Row* visit_paths;           ///< V * kLanes
    std::uint32_t* visit;       ///< V * kLanes
    std::uint32_t* level_begin; ///< V + 2
    std::uint32_t* open;        ///< V
    std::uint32_t* touched;     ///< V + 1
    std::uint8_t* is_closed;    ///< V
    std::uint8_t* is_touched;   ///< V (0)
};

struct Ranked {
    double rank;
    std::uint32_t vertex;
};

/// Memory of a fee batch.
struct FeeScratch {
    Row* distance;           ///< V
    Row* paths;              ///< V
    Row* dependency;         ///< V
    Row* share;              ///< V
    Ranked* ranking;         ///< V, every vertex once: near ones first, as the last batch saw them
    std::uint32_t* position; ///< V, where in the ranking a vertex is
    std::uint64_t* dirty;    ///< V / 64 + 1 (0)

    /// Sorts `ranking` by rank and sets `position`.
    void (*sort_ranking)(FeeScratch&, std::uint32_t vertices);
};

/// The kernels of one instruction set.
struct Kernels {
    void (*hop_batch)(const Batch&, HopScratch&, Totals&);
    void (*fee_batch)(const Batch&, FeeScratch&, Totals&);
};

extern const Kernels kPortableKernels;
#if defined(__x86_64__)
extern const Kernels kAvx2Kernels;
extern const Kernels kAvx512Kernels;
#endif

} // namespace mcp::graph::lanes
