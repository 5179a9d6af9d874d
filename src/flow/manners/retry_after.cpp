#include "flow/manners/retry_after.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

namespace mcp::flow {
namespace {

using Words = std::vector<std::string_view>;

constexpr std::size_t kBytesMax = 64;
constexpr std::size_t kDigitsMax = 10;

/// Digits, and nothing else.
std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const bool are_digits = !text.empty() && text.size() <= kDigitsMax &&
                            std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!are_digits) {
        return std::nullopt;
    }
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::optional<unsigned> month_of(std::string_view word) {
    constexpr std::array<std::string_view, 12> kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto* const found = std::find(kMonths.begin(), kMonths.end(), word);
    return found == kMonths.end() ? std::nullopt : std::optional(static_cast<unsigned>(found - kMonths.begin()) + 1);
}

Words words_of(std::string_view text) {
    constexpr std::string_view kBetween = " ,-:";
    Words words;
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(kBetween), text.size()));
        if (text.empty()) {
            return words;
        }
        words.push_back(text.substr(0, text.find_first_of(kBetween)));
        text.remove_prefix(words.back().size());
    }
}

std::optional<Time> time_of(std::string_view year_word, std::string_view month_word, std::string_view day_word,
                            const std::array<std::string_view, 3>& clock_words) {
    const auto year = whole_number(year_word);
    const auto month = month_of(month_word);
    const auto day = whole_number(day_word);
    const auto hours = whole_number(clock_words[0]);
    const auto minutes = whole_number(clock_words[1]);
    const auto seconds = whole_number(clock_words[2]);
    const bool is_there = year && month && day && hours && minutes && seconds;
    if (!is_there || *year > 9999 || *day > 31 || *hours > 23 || *minutes > 59 || *seconds > 60) { // 60: a leap second
        return std::nullopt;
    }
    const int century = year_word.size() > 2 ? 0 : (*year < 70 ? 2000 : 1900);
    const std::chrono::year_month_day date(std::chrono::year(static_cast<int>(*year) + century),
                                           std::chrono::month(*month), std::chrono::day(static_cast<unsigned>(*day)));
    if (!date.ok()) {
        return std::nullopt;
    }
    return Day(date) + std::chrono::hours(*hours) + std::chrono::minutes(*minutes) + std::chrono::seconds(*seconds);
}

} // namespace

std::optional<Time> http_date(std::string_view text) {
    if (text.size() > kBytesMax) {
        return std::nullopt;
    }
    const Words words = words_of(text);
    if (words.size() == 8 && words[7] == "GMT") { // Sun, 06 Nov 1994 08:49:37 GMT; Sunday, 06-Nov-94 08:49:37 GMT
        return time_of(words[3], words[2], words[1], {words[4], words[5], words[6]});
    }
    if (words.size() == 7) { // Sun Nov  6 08:49:37 1994
        return time_of(words[6], words[1], words[2], {words[3], words[4], words[5]});
    }
    return std::nullopt;
}

std::optional<Timer::Span> retry_after(std::string_view value, std::optional<std::string_view> date, Time now,
                                       Timer::Span most) {
    const auto bounded = [most](std::chrono::seconds span) {
        const std::chrono::seconds bound = std::chrono::ceil<std::chrono::seconds>(most);
        return std::min<Timer::Span>(std::clamp(span, std::chrono::seconds{0}, bound), most);
    };
    if (const auto seconds = whole_number(value)) {
        return bounded(std::chrono::seconds(*seconds));
    }
    const std::optional<Time> until = http_date(value);
    if (!until) {
        return std::nullopt;
    }
    const std::optional<Time> theirs = date ? http_date(*date) : std::nullopt;
    return bounded(*until - theirs.value_or(now));
}

} // namespace mcp::flow
