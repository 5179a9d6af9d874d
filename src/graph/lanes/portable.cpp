#include "graph/lanes/fee_kernel.hpp"
#include "graph/lanes/hop_kernel.hpp"

namespace mcp::graph::lanes {

const Kernels kPortableKernels{.hop_batch = hop_batch, .fee_batch = fee_batch};

} // namespace mcp::graph::lanes
