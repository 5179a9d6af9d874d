#pragma once
#include "ports/http_client.hpp"

#include <string_view>

namespace mcp::flow {

/// What an answer, or none, says about the source itself.
enum class Verdict {
    well,    ///< it works, whatever it says
    passing, ///< it fails, and may not the next time: worth another try
    lasting, ///< it fails, and another try would only be a burden
    nothing  ///< it says nothing: we gave up, or asked what cannot be asked
};

[[nodiscard]] Verdict verdict_on(const ports::HttpRequest& request, const Result<ports::HttpResponse>& answer);

/// The answer as metrics count it.
[[nodiscard]] std::string_view outcome_of(const ports::HttpRequest& request, const Result<ports::HttpResponse>& answer);

} // namespace mcp::flow
