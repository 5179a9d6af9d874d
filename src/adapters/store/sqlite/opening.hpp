#pragma once
#include "adapters/store/sqlite/connection.hpp"
#include "adapters/store/sqlite/migrations.hpp"

#include <memory>
#include <string>

namespace mcp::adapters::sqlite {

/// What a connection is for.
enum class Use { writing, reading, watching };

/// The store's connection, set for its use: what is answered is on disk, references hold, removed bytes are
/// overwritten.
/// @pre the file exists and has its layout
[[nodiscard]] Result<std::unique_ptr<Connection>> connect(const std::string& file, Use use, Access access);

/// Makes the layout where the file is empty, and brings an older one up to date.
/// @param is_safe false: nothing waits for the disk (tests)
[[nodiscard]] Result<Migrated> migrate_file(const std::string& file, bool is_safe = true);

/// Writes are acknowledged without having reached the disk: for tests.
void make_unsafe(Connection& connection);
void limit_pages(Connection& connection, int pages_max); ///< of the file, 4 KiB each

} // namespace mcp::adapters::sqlite
