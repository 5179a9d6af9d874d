#pragma once
#include "async/timer.hpp"
#include "base/clock.hpp"

#include <optional>
#include <string_view>

namespace mcp::flow {

/// A date as HTTP writes it, in any of the three forms of RFC 9110, 5.6.7. @return nothing when it is none
[[nodiscard]] std::optional<Time> http_date(std::string_view text);

/// How long a source asks to be left alone (RFC 9110, 10.2.3: seconds or a date). Its date is measured against its own
/// clock, where it tells that: clocks differ.
/// @param value of the header `retry-after`   @param date of the header `date`, if any   @param now ours
/// @return 0 or more, at most `most`, however long it wants; nothing when the value means nothing
[[nodiscard]] std::optional<Timer::Span> retry_after(std::string_view value, std::optional<std::string_view> date,
                                                     Time now, Timer::Span most);

} // namespace mcp::flow
