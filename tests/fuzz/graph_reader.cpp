// Any bytes as a describegraph text. What is read must keep the laws that the rest of the house builds on, and must not
// depend on where the text was cut.
#include "adapters/sources/gossip_file.hpp"
#include "base/text.hpp"
#include "language/language.hpp"

#include <cstdint>
#include <cstdlib>
#include <set>

namespace {

using mcp::domain::Network;

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void check_laws(const Network& network) {
    demand(!network.channels.empty());
    std::set<std::uint64_t> ids;
    for (const mcp::domain::Channel& channel : network.channels) {
        demand(ids.insert(channel.id.value).second);
        demand(channel.node[0] < network.nodes.size() && channel.node[1] < network.nodes.size());
        demand(network.nodes[channel.node[0]].key < network.nodes[channel.node[1]].key);
        demand(!channel.capacity || (channel.capacity->value > 0 && *channel.capacity <= mcp::kAllBitcoin));
        demand(!channel.updated || *channel.updated <= *network.as_of);
    }
    for (const mcp::domain::Node& node : network.nodes) {
        demand(!mcp::clean_text(node.alias).changed);
        demand(network.find(node.key).has_value());
    }
}

mcp::Result<Network> read_in_pieces(std::string_view text, std::size_t piece) {
    mcp::adapters::GraphParser parser;
    for (std::size_t from = 0; from < text.size(); from += piece) {
        if (mcp::Result<void> read = parser.write(text.substr(from, piece)); !read) {
            return mcp::fail(std::move(read.error()));
        }
    }
    return parser.finish();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const mcp::Result<Network> network = mcp::adapters::parse_graph(text);
    const mcp::Result<Network> again = read_in_pieces(text, 1 + size % 7);
    demand(network.has_value() == again.has_value());
    if (!network) {
        demand(!mcp::language::render(network.error(), mcp::language::Language::fr).empty());
        return 0;
    }
    check_laws(*network);
    demand(network->nodes.size() == again->nodes.size() && network->channels.size() == again->channels.size());
    demand(network->as_of == again->as_of && network->notes.first_broken == again->notes.first_broken);
    return 0;
}
