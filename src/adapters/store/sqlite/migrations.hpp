#pragma once
#include "adapters/store/sqlite/connection.hpp"
#include "base/error.hpp"

#include <span>
#include <string>
#include <string_view>

namespace mcp::adapters::sqlite {

/// One step of the layout of tables.
struct Migration {
    int version; ///< the layout that it leads to: 1, 2, ...
    /// The oldest layout whose programs can still read and write the result; its own version when nothing older can.
    /// A step that adds a table, an index or a column with a default breaks nobody.
    int minimum_reader;
    std::string_view program; ///< the first version of mcp-api that knows this layout
    std::string_view sql;
};

/// THE TABLE of migrations, in the order of their versions.
[[nodiscard]] std::span<const Migration> migrations();

/// What a database says of its own layout.
struct Layout {
    int version = 0; ///< 0: nothing in it yet
    int minimum_reader = 0;
    std::string readable_by; ///< the first mcp-api that can read it
};

/// @return an error for the database of another program, and for a damaged one
[[nodiscard]] Result<Layout> read_layout(Connection& connection);

/// Refuses what this program cannot read: a layout that is too new (the error says which version reads it), and one
/// that is older than ours, which must be migrated first.
[[nodiscard]] Result<Layout> check_layout(Connection& connection,
                                          std::span<const Migration> known = sqlite::migrations());

/// Refuses only what is too new.
[[nodiscard]] Result<void> refuse_too_new(const Layout& layout, const std::string& file,
                                          std::span<const Migration> known = sqlite::migrations());

struct Migrated {
    int from = 0; ///< 0: the store was made just now
    int to = 0;
};

/// Brings the layout up to the newest step of the table, all steps in one transaction: a crash leaves it as it was.
/// A newer layout that this program can read stays as it is.
[[nodiscard]] Result<Migrated> migrate(Connection& connection, std::span<const Migration> known = sqlite::migrations());

} // namespace mcp::adapters::sqlite
