#pragma once
#include "domain/report.hpp"

#include <string_view>

namespace mcp::adapters {

// The words that stand for enumerated values in documents (CONTRACT section 3); the same in every language.
[[nodiscard]] std::string_view word(domain::HealthStatus status);
[[nodiscard]] std::string_view word(domain::Severity severity);
[[nodiscard]] std::string_view word(domain::Priority priority);
[[nodiscard]] std::string_view word(domain::Category category);
[[nodiscard]] std::string_view word(domain::ChangeKind kind);
[[nodiscard]] std::string_view word(domain::AlertState state);
[[nodiscard]] std::string_view word(domain::SourceStatus status);
[[nodiscard]] std::string_view word(domain::DisabledBy by);
[[nodiscard]] std::string_view word(domain::FeeLevel level);
[[nodiscard]] std::string_view word(domain::ClosingReason reason);
[[nodiscard]] std::string_view word(domain::ClosedBy by);
[[nodiscard]] std::string_view word(domain::NodeKind kind);
[[nodiscard]] std::string_view word(domain::NodeDoubt doubt);
[[nodiscard]] std::string_view word(domain::NodePart part);
[[nodiscard]] std::string_view word(domain::PendingKind kind);

} // namespace mcp::adapters
