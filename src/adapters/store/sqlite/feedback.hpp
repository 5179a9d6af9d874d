#pragma once
#include "adapters/store/sqlite/connection.hpp"
#include "ports/store.hpp"

#include <vector>

/// The table of feedback. What is said of these functions stands in ports/store.hpp.
namespace mcp::adapters::sqlite {

[[nodiscard]] Result<void> put_feedback(Connection& connection, const ports::Feedback& feedback);
[[nodiscard]] std::vector<int> feedback_scores(Connection& connection, Time since);

} // namespace mcp::adapters::sqlite
