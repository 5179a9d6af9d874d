// Any bytes as a graph file, begun from texts of `lncli describegraph`. What is read must keep the laws that the rest
// of the house builds on, and must not depend on where the text was cut.
#include "tests/support/graph_laws.hpp"

#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    mcp::test::demand_a_lawful_graph({reinterpret_cast<const char*>(data), size});
    return 0;
}
