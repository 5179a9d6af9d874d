#pragma once
#include "adapters/store/sqlite/connection.hpp"
#include "ports/store.hpp"

#include <optional>
#include <string_view>

/// The table of challenges. What is said of these functions stands in ports/store.hpp.
namespace mcp::adapters::sqlite {

[[nodiscard]] Result<void> put_challenge(Connection& connection, const ports::Challenge& challenge);
[[nodiscard]] std::optional<ports::Challenge> take_challenge(Connection& connection, std::string_view user_id);

} // namespace mcp::adapters::sqlite
