#pragma once
#include "domain/figure.hpp"
#include "domain/report.hpp"

#include <span>
#include <string>
#include <string_view>

namespace mcp::analysis {

/// What a source is called in a sentence: a proper name, the same in every language.
[[nodiscard]] std::string display_name(std::string_view source);

/// The state of the source called `name` among `states`; not_configured when it is not there.
[[nodiscard]] domain::SourceState state_of(std::span<const domain::SourceState> states, std::string_view name);

/// Why a source gave nothing, derived from its state: not configured, unavailable with its error, stale with the error
/// of what it did not answer, or that what it answered does not tell this.
[[nodiscard]] domain::Absence why_untold(const domain::SourceState& state);

/// Of a source that answered: it does not tell this.
[[nodiscard]] domain::Absence tells_not(std::string_view source);

} // namespace mcp::analysis
