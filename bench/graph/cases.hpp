#pragma once
#include "bench/graph/bench.hpp"

namespace mcp::bench {

void betweenness_case(const Input& input);

} // namespace mcp::bench
