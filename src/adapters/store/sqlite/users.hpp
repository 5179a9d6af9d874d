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

/// users.node_verified: 0, 1 for a connection, 2 for a signature. Layouts before the third knew a flag, and nothing
/// that set it: their programs read any of these but 0 as set and write it back as 1, which lessens a proof and never
/// makes one.
[[nodiscard]] std::int64_t proof_number(domain::NodeProof proof);

[[nodiscard]] std::optional<domain::User> find_user(Connection& connection, std::string_view id);
[[nodiscard]] Result<void> put_user(Connection& connection, const domain::User& user);
[[nodiscard]] Result<domain::User> set_language(Connection& connection, std::string_view id,
                                                std::optional<domain::Language> language, Time now);
[[nodiscard]] Result<void> set_daily_report(Connection& connection, std::string_view id, bool enabled, Time now);
[[nodiscard]] bool remove_user(Connection& connection, std::string_view id);
[[nodiscard]] std::vector<domain::User> users_after(Connection& connection, std::string_view id, std::size_t limit);
[[nodiscard]] ports::UserCounts count_users(Connection& connection);
[[nodiscard]] Result<std::optional<std::string>> claim_node(Connection& connection, std::string_view user_id,
                                                            const domain::PubKey& node, domain::NodeProof proof,
                                                            Time now);

} // namespace mcp::adapters::sqlite
