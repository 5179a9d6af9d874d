#pragma once
#include "adapters/store/sqlite/sqlite_store.hpp"
#include "tests/support/temporary_folder.hpp"

#include <memory>
#include <stdexcept>

namespace mcp::sim {

/// The embedded store, its work done in one order every time; not synced to the disk, for speed.
inline std::unique_ptr<ports::Store> open_store_in(const test::TemporaryFolder& folder) {
    auto store = adapters::SqliteStore::open(folder.path("data"), adapters::StoreMode::create_and_migrate,
                                             {.serves = true, .threads = false, .is_safe = false});
    if (!store) {
        throw std::runtime_error("the store cannot be opened");
    }
    return std::move(*store);
}

} // namespace mcp::sim
