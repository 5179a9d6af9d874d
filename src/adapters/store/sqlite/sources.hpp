#pragma once
#include "adapters/store/sqlite/connection.hpp"
#include "ports/store.hpp"

#include <string_view>
#include <vector>

/// The tables of what sources answered, and of how they are to be treated. See ports/store.hpp.
namespace mcp::adapters::sqlite {

[[nodiscard]] Result<void> keep_answer(Connection& connection, const ports::KeptAnswer& answer, bool by_day);
[[nodiscard]] std::vector<ports::KeptAnswer> answers(Connection& connection, std::string_view subject);
[[nodiscard]] std::vector<ports::KeptAnswer> answers_of_days(Connection& connection, std::string_view source,
                                                             std::string_view question, Day from, Day before);
[[nodiscard]] std::vector<domain::PubKey> nodes_to_ask(Connection& connection, std::string_view source,
                                                       std::string_view question, Time asked_before, std::size_t limit);

[[nodiscard]] std::vector<ports::SourceManners> manners(Connection& connection);
[[nodiscard]] Result<void> keep_manners(Connection& connection, const ports::SourceManners& manners);

} // namespace mcp::adapters::sqlite
