// Any bytes as Rapid Gossip Sync snapshots, alone and after a whole one: as graph_reader, and dates of single updates
// and inbound fees must stay unknown.
#include "tests/support/graph_laws.hpp"
#include "tests/support/rgs_bytes.hpp"

#include <cstdint>

namespace {

void demand_what_the_format_cannot_tell(const mcp::Result<mcp::domain::Network>& network) {
    if (!network) {
        return;
    }
    mcp::test::demand(!network->dates_updates() && !network->tells.inbound_fees);
    for (const mcp::domain::Channel& channel : network->channels) {
        mcp::test::demand(!channel.updated);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes = "LDK" + std::string(reinterpret_cast<const char*>(data), size);
    mcp::test::demand_a_lawful_graph(bytes);
    demand_what_the_format_cannot_tell(mcp::adapters::parse_graph(bytes));
    const std::string after_a_whole_one = mcp::test::rgs_graph(1, 1) + bytes;
    mcp::test::demand_a_lawful_graph(after_a_whole_one);
    return 0;
}
