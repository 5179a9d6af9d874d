#include "language/numbers.hpp"

#include <array>
#include <cmath>
#include <fmt/format.h>

namespace mcp::language {
namespace {

constexpr std::string_view kNoBreakSpace = "\u00A0";
constexpr std::string_view kThinNoBreakSpace = "\u202F";

constexpr std::array<std::string_view, 12> kMonthsEn = {"January",   "February", "March",    "April",
                                                        "May",       "June",     "July",     "August",
                                                        "September", "October",  "November", "December"};
constexpr std::array<std::string_view, 12> kMonthsFr = {"janvier",   "février", "mars",     "avril",
                                                        "mai",       "juin",    "juillet",  "août",
                                                        "septembre", "octobre", "novembre", "décembre"};

std::string group_thousands(std::string_view digits, Language language) {
    std::string grouped;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i != 0 && (digits.size() - i) % 3 == 0) {
            grouped += language == Language::en ? "," : kThinNoBreakSpace;
        }
        grouped += digits[i];
    }
    return grouped;
}

} // namespace

std::string format_integer(std::int64_t value, Language language) {
    const std::string text = fmt::format("{}", value);
    const std::string_view digits = value < 0 ? std::string_view(text).substr(1) : std::string_view(text);
    return (value < 0 ? "-" : "") + group_thousands(digits, language);
}

std::string format_decimal(double value, int decimals, Language language) {
    const std::string text = fmt::format("{:.{}f}", std::abs(value), decimals);
    const std::size_t point = std::min(text.find('.'), text.size());
    std::string shown = group_thousands(std::string_view(text).substr(0, point), language);
    if (point < text.size()) {
        shown += language == Language::en ? '.' : ',';
        shown += text.substr(point + 1);
    }
    const bool is_zero = text.find_first_not_of("0.") == std::string::npos; // no "-0.0"
    return value < 0 && !is_zero ? "-" + shown : shown;
}

std::string format_share(double share, int decimals, Language language) {
    const std::string number = format_decimal(100 * share, decimals, language);
    return language == Language::en ? number + "%" : fmt::format("{}{}%", number, kNoBreakSpace);
}

std::string format_day(Day day, Language language) {
    const std::chrono::year_month_day date(day);
    const auto& months = language == Language::en ? kMonthsEn : kMonthsFr;
    return fmt::format("{} {} {}", static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()));
}

std::string format_time(Time time, Language language) {
    const Day day = std::chrono::floor<std::chrono::days>(time);
    const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(time - day).count();
    return fmt::format("{}{}{:02}:{:02} UTC", format_day(day, language), language == Language::en ? ", " : " à ",
                       minutes / 60, minutes % 60);
}

} // namespace mcp::language
