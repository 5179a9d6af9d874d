#include "base/iso_time.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <system_error>

namespace mcp {
namespace {

/// The number that `digits` digits at the start of `text` write, which are then taken off it together with `after`.
std::optional<int> take_number(std::string_view& text, std::size_t digits, std::string_view after) {
    int number = 0;
    const char* const end = text.data() + std::min(digits, text.size());
    const auto [read_to, fault] = std::from_chars(text.data(), end, number);
    const bool is_whole = text.size() >= digits && fault == std::errc{} && read_to == end && text.front() != '-';
    if (!is_whole || text.substr(digits, after.size()) != after) {
        return std::nullopt;
    }
    text.remove_prefix(digits + after.size());
    return number;
}

/// Whether all that is left is a fraction of a second, if any, and the zone UTC.
bool ends_in_utc(std::string_view text) {
    if (!text.empty() && text.front() == '.') {
        const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
        if (end == 1) {
            return false;
        }
        text.remove_prefix(end);
    }
    return text == "Z" || text == "+00:00";
}

} // namespace

std::string iso_time(Time time) {
    const Day day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(time - day);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                       clock.minutes().count(), clock.seconds().count());
}

std::optional<Time> parse_iso_time(std::string_view text) {
    const std::optional<int> year = take_number(text, 4, "-");
    const std::optional<int> month = year ? take_number(text, 2, "-") : year;
    const std::optional<int> day = month ? take_number(text, 2, "T") : month;
    const std::optional<int> hour = day ? take_number(text, 2, ":") : day;
    const std::optional<int> minute = hour ? take_number(text, 2, ":") : hour;
    const std::optional<int> second = minute ? take_number(text, 2, "") : minute;
    if (!second || !ends_in_utc(text)) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) {
        return std::nullopt;
    }
    return Day(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) + std::chrono::seconds(*second);
}

} // namespace mcp
