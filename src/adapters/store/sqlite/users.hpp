#pragma once
#include "adapters/store/sqlite/connection.hpp"
#include "domain/user.hpp"
#include "ports/store.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The table of users. What is said of these functions stands in ports/store.hpp.
namespace mcp::adapters::sqlite {

/// "SELECT the columns of a user FROM users ": what read_user() and read_users() read.
[[nodiscard]] const std::string& select_users();
[[nodiscard]] domain::User read_user(Rows& row);
[[nodiscard]] std::vector<domain::User> read_users(Rows rows);

[[nodiscard]] std::optional<domain::User> find_user(Connection& connection, std::string_view id);
[[nodiscard]] Result<void> put_user(Connection& connection, const domain::User& user);
[[nodiscard]] Result<void> set_daily_report(Connection& connection, std::string_view id, bool enabled, Time now);
[[nodiscard]] bool remove_user(Connection& connection, std::string_view id);
[[nodiscard]] std::vector<domain::User> users_after(Connection& connection, std::string_view id, std::size_t limit);
[[nodiscard]] ports::UserCounts count_users(Connection& connection);

} // namespace mcp::adapters::sqlite
