#include "graph/lanes/lane_path.hpp"

namespace mcp::graph {

std::vector<LanePath> lane_paths_here() {
    std::vector<LanePath> paths;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) {
        paths.push_back(LanePath::avx512);
    }
    if (__builtin_cpu_supports("avx2")) {
        paths.push_back(LanePath::avx2);
    }
#endif
    paths.push_back(LanePath::portable);
    return paths;
}

LanePath fastest_lane_path() {
    return lane_paths_here().front();
}

std::string_view name_of(LanePath path) {
    switch (path) {
    case LanePath::portable:
        return "portable";
    case LanePath::avx2:
        return "AVX2";
    case LanePath::avx512:
        return "AVX-512";
    }
    __builtin_unreachable();
}

const lanes::Kernels& kernels_of(LanePath path) {
    switch (path) {
#if defined(__x86_64__)
    case LanePath::avx512:
        return lanes::kAvx512Kernels;
    case LanePath::avx2:
        return lanes::kAvx2Kernels;
#else
    case LanePath::avx512:
    case LanePath::avx2:
#endif
    case LanePath::portable:
        break;
    }
    return lanes::kPortableKernels;
}

} // namespace mcp::graph
