#pragma once
#include "graph/lanes/kernels.hpp"

#include <string_view>
#include <vector>

namespace mcp::graph {

/// The instruction sets the engine's kernels are built for. All give the same bits; they differ in speed alone.
enum class LanePath { portable, avx2, avx512 };

/// The paths that this CPU (and its operating system) can run, fastest first; the portable one is always the last of
/// them.
[[nodiscard]] std::vector<LanePath> lane_paths_here();
[[nodiscard]] LanePath fastest_lane_path();
[[nodiscard]] std::string_view name_of(LanePath path);

/// @pre `path` is one of lane_paths_here()
[[nodiscard]] const lanes::Kernels& kernels_of(LanePath path);

} // namespace mcp::graph
