#pragma once
#include "adapters/store/sqlite/connection.hpp"
#include "ports/store.hpp"

#include <optional>
#include <string_view>
#include <vector>

/// Links to users' own nodes and what they brought. What is said of these functions stands in ports/store.hpp.
namespace mcp::adapters::sqlite {

[[nodiscard]] std::optional<domain::NodeLink> find_link(Connection& connection, std::string_view user_id);
[[nodiscard]] std::optional<domain::NodeLink> link_of_agent(Connection& connection, std::string_view agent_key);
[[nodiscard]] std::vector<domain::NodeLink> links_after(Connection& connection, std::string_view user_id,
                                                        std::size_t limit, bool enabled_only);
[[nodiscard]] Result<void> put_link(Connection& connection, const domain::NodeLink& link);
[[nodiscard]] bool remove_link(Connection& connection, std::string_view user_id);
void note_link_try(Connection& connection, const ports::LinkTry& tried);

[[nodiscard]] Result<void> keep_statement(Connection& connection, const ports::Statement& statement);
[[nodiscard]] std::vector<ports::Statement> statements(Connection& connection, std::string_view user_id, Day from,
                                                       Day before);
[[nodiscard]] std::vector<ports::StatementHead> statement_heads(Connection& connection, std::string_view user_id,
                                                                Day from, Day before);
void add_watched(Connection& connection, const std::vector<ports::WatchedSpan>& spans);
[[nodiscard]] std::optional<domain::NodeWatched> watched(Connection& connection, std::string_view user_id, Day day);

} // namespace mcp::adapters::sqlite
