#include "app/node/sealed_links.hpp"

#include <string>
#include <vector>

namespace mcp::app {
namespace {

constexpr std::size_t kBatch = 500;

} // namespace

Task<Result<SealedLinks>> try_sealed_links(ports::Store& store, const ports::Vault& vault) {
    SealedLinks found;
    std::string after;
    while (true) {
        Result<std::vector<domain::NodeLink>> links = co_await store.links_after(after, kBatch, false);
        if (!links) {
            co_return fail(std::move(links.error()));
        }
        for (const domain::NodeLink& link : *links) {
            after = link.user_id;
            if (link.sealed.empty()) { // an agent's
                continue;
            }
            const bool is_open = vault.open(link.user_id, link.sealed).has_value();
            found.opened += is_open ? 1 : 0;
            found.closed += is_open ? 0 : 1;
            found.outdated += is_open && vault.is_outdated(link.sealed) ? 1 : 0;
        }
        if (links->size() < kBatch) {
            co_return found;
        }
    }
}

} // namespace mcp::app
