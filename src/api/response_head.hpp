#pragma once
#include "api/gate.hpp"
#include "api/response.hpp"
#include "base/clock.hpp"

#include <string>
#include <string_view>

namespace mcp::api {

[[nodiscard]] std::string_view reason_phrase(int status);

/// The time as HTTP writes it ("Sat, 25 Oct 2025 06:00:04 GMT"), made once a second.
class DateText {
public:
    [[nodiscard]] const std::string& at(Time now);

private:
    Time made_for_{};
    std::string text_;
};

/// Puts status line and headers of an answer behind `out`; those that protect a reader stand on every answer.
/// @param date DateText
void append_head(std::string& out, const Response& response, const Exchange& exchange, bool keep_alive,
                 std::string_view date);

} // namespace mcp::api
