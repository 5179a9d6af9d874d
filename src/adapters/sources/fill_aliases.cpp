#include "adapters/sources/fill_aliases.hpp"

namespace mcp::adapters {

void fill_aliases(domain::Network& network, const domain::Network& known) {
    for (domain::Node& node : network.nodes) {
        const std::optional<domain::NodeId> id = known.find(node.key);
        if (!id) {
            continue;
        }
        const domain::Node& older = known.nodes[*id];
        if (node.alias.empty()) {
            node.alias = older.alias;
        }
        if (!network.tells.addresses && node.address.empty()) {
            node.address = older.address;
            node.has_clearnet = older.has_clearnet;
            node.has_tor = older.has_tor;
        }
    }
}

} // namespace mcp::adapters
