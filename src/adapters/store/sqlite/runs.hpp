#pragma once
#include "adapters/store/sqlite/connection.hpp"
#include "ports/store.hpp"

#include <optional>
#include <string_view>
#include <vector>

/// The tables of runs and of the ends of their jobs. What is said of these functions stands in ports/store.hpp.
namespace mcp::adapters::sqlite {

[[nodiscard]] ports::Claim claim(Connection& connection, const ports::Run& run);
[[nodiscard]] std::optional<ports::Run> find_run(Connection& connection, std::string_view id);
[[nodiscard]] std::vector<ports::Run> runs_going_on(Connection& connection);
[[nodiscard]] std::optional<ports::Run> last_scheduled_run(Connection& connection);
[[nodiscard]] Result<void> end_run(Connection& connection, std::string_view id, ports::RunState state, Time now,
                                   std::string_view failure);
[[nodiscard]] std::vector<domain::User> owed_users(Connection& connection, std::string_view run_id,
                                                   std::string_view after, std::size_t limit);
[[nodiscard]] std::int64_t count_owed_users(Connection& connection, std::string_view run_id);

} // namespace mcp::adapters::sqlite
