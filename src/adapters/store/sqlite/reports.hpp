#pragma once
#include "adapters/store/sqlite/connection.hpp"
#include "ports/store.hpp"

#include <optional>
#include <string_view>
#include <vector>

/// The table of reports with its outbox. What is said of these functions stands in ports/store.hpp.
namespace mcp::adapters::sqlite {

[[nodiscard]] Result<void> finish(Connection& connection, const ports::FinishedReport& finished);
[[nodiscard]] std::optional<Time> created_at(Connection& connection, std::string_view report_id);
[[nodiscard]] std::optional<ports::StoredReport> latest_report(Connection& connection, std::string_view user_id);
[[nodiscard]] std::optional<ports::StoredReport> find_report(Connection& connection, std::string_view report_id);
[[nodiscard]] ports::HistoryPage history(Connection& connection, const ports::HistoryQuery& query);
[[nodiscard]] ports::ReportCounts count_reports(Connection& connection, std::string_view user_id);
[[nodiscard]] ports::GenerationStats generated_on(Connection& connection, Day day);
[[nodiscard]] std::optional<Time> last_success(Connection& connection);

[[nodiscard]] std::vector<ports::StoredReport> owed_assets(Connection& connection, std::string_view after,
                                                           std::size_t limit);
[[nodiscard]] std::int64_t count_owed_assets(Connection& connection);
[[nodiscard]] Result<void> settle_asset(Connection& connection, std::string_view report_id, Time generated_at);

} // namespace mcp::adapters::sqlite
