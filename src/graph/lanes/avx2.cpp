#include "graph/lanes/fee_kernel.hpp"
#include "graph/lanes/hop_kernel.hpp"

#if defined(__x86_64__)
namespace mcp::graph::lanes {

static_assert(kVectorBytes == 32, "CMakeLists.txt must compile this file with its own instruction set");

const Kernels kAvx2Kernels{.hop_batch = hop_batch, .fee_batch = fee_batch};

} // namespace mcp::graph::lanes
#endif
