#include "adapters/nodes/cln_values.hpp"

#include "adapters/sources/told_values.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <limits>

namespace mcp::adapters {
namespace {

using json::Cursor;

constexpr std::uint64_t kAnswerMax = 64 << 20; // the questions themselves ask for less
constexpr std::size_t kTxidDigits = 64;
constexpr std::int64_t kSecondsMax = 1LL << 40; // the year 36,812

bool is_digit(char one) {
    return one >= '0' && one <= '9';
}

bool is_hex_digit(char one) {
    return is_digit(one) || (one >= 'a' && one <= 'f');
}

/// "123" or "123msat".
std::optional<std::int64_t> msat_in(std::string_view text) {
    constexpr std::string_view kSuffix = "msat";
    if (text.ends_with(kSuffix)) {
        text.remove_suffix(kSuffix.size());
    }
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc{} && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

/// "1764028799", "1764028799.25", and as some that pass JSON on write it "1.76402879925E9".
std::optional<std::int64_t> seconds_in(std::string_view text) {
    constexpr std::size_t kExponentMax = 12;
    const std::size_t mark = std::min(text.find_first_of("eE"), text.size());
    const std::string_view mantissa = text.substr(0, mark);
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    std::string digits(mantissa.substr(0, point));
    digits += mantissa.substr(std::min(point + 1, mantissa.size()));
    std::size_t exponent = 0;
    const char* const end = text.data() + text.size();
    const bool has_exponent = mark < text.size();
    const auto read = std::from_chars(text.data() + std::min(mark + 1, text.size()), end, exponent);
    const bool is_exponent = !has_exponent || (read.ec == std::errc{} && read.ptr == end && exponent <= kExponentMax);
    const bool is_decimal = point > 0 && mantissa.back() != '.' && std::all_of(digits.begin(), digits.end(), is_digit);
    if (!is_exponent || !is_decimal) {
        return std::nullopt;
    }
    digits.resize(point + (has_exponent ? exponent : 0), '0'); // the whole part; the rest is cut off
    std::int64_t number = 0;
    const std::errc fault = std::from_chars(digits.data(), digits.data() + digits.size(), number).ec;
    return fault == std::errc{} && number <= kSecondsMax ? std::optional(number) : std::nullopt;
}

} // namespace

Result<json::Document> parse_cln_answer(std::string_view body) {
    return parse_answer(body, kAnswerMax);
}

std::optional<Msat> ClnValues::amount(const Cursor& value) {
    if (value.is_absent()) {
        return std::nullopt;
    }
    const Result<std::string_view> words = value.as_string();
    const Result<std::int64_t> number = value.as_i64();
    const std::optional<std::int64_t> told = words ? msat_in(*words) : number ? std::optional(*number) : std::nullopt;
    if (!told || *told < 0 || *told > to_msat(kAllBitcoin).value) {
        refuse(value);
        return std::nullopt;
    }
    return Msat{*told};
}

std::optional<Sat> ClnValues::whole_sats(const Cursor& value) {
    const std::optional<Msat> told = amount(value);
    const std::optional<Sat> sats = told ? std::optional(to_sat_floor(*told)) : std::nullopt;
    if (sats && to_msat(*sats) != *told) {
        refuse(value);
        return std::nullopt;
    }
    return sats;
}

std::optional<domain::ShortChannelId> ClnValues::channel(const Cursor& value) {
    const std::optional<std::string_view> told = text(value);
    const std::optional<domain::ShortChannelId> id = told ? domain::ShortChannelId::parse(*told) : std::nullopt;
    if (told && !id) {
        refuse(value);
    }
    return id;
}

std::optional<std::string> ClnValues::txid(const Cursor& value) {
    const std::optional<std::string_view> told = text(value);
    if (told && (told->size() != kTxidDigits || !std::all_of(told->begin(), told->end(), is_hex_digit))) {
        refuse(value);
        return std::nullopt;
    }
    return told ? std::optional(std::string(*told)) : std::nullopt;
}

std::string ClnValues::outpoint(const Cursor& transaction, const Cursor& index) {
    constexpr std::int64_t kIndexMax = std::numeric_limits<std::uint32_t>::max();
    const std::string id = required(txid(transaction), transaction);
    return fmt::format("{}:{}", id, required(whole(index, 0, kIndexMax), index));
}

std::optional<std::int64_t> ClnValues::seconds(const Cursor& value) {
    const std::optional<std::string_view> told = text(value);
    const std::optional<std::int64_t> time = told && !told->empty() ? seconds_in(*told) : std::nullopt;
    if (told && !time) {
        refuse(value);
    }
    return time;
}

namespace {

bool is_space(char one) {
    return one == ' ' || one == '\t' || one == '\n' || one == '\r';
}

bool is_of_number(char one) {
    return is_digit(one) || one == '.' || one == '-' || one == '+' || one == 'e' || one == 'E';
}

/// The place behind the text that begins with the quotation mark at `begin`.
std::size_t end_of_text(std::string_view json, std::size_t begin) {
    std::size_t at = begin + 1;
    while (at < json.size() && json[at] != '"') {
        at += json[at] == '\\' ? 2 : 1;
    }
    return std::min(at + 1, json.size());
}

/// Where the number of the member begins whose name ends at `at`; the same place when none follows.
std::size_t number_behind(std::string_view json, std::size_t at) {
    const auto skip_space = [json](std::size_t place) {
        while (place < json.size() && is_space(json[place])) {
            ++place;
        }
        return place;
    };
    const std::size_t colon = skip_space(at);
    if (colon == json.size() || json[colon] != ':') {
        return at;
    }
    const std::size_t number = skip_space(colon + 1);
    return number < json.size() && is_digit(json[number]) ? number : at;
}

} // namespace

std::string quote_times(std::string_view json) {
    std::string quoted;
    quoted.reserve(json.size() + json.size() / 50);
    std::size_t copied = 0;
    for (std::size_t at = json.find('"'); at < json.size(); at = json.find('"', at)) {
        const std::size_t begin = at;
        at = end_of_text(json, at);
        const std::string_view name = json.substr(begin, at - begin);
        if (name != "\"received_time\"" && name != "\"resolved_time\"") {
            continue;
        }
        const std::size_t number = number_behind(json, at);
        if (number == at) {
            continue;
        }
        const std::string_view rest = json.substr(number);
        const auto end = std::find_if_not(rest.begin(), rest.end(), is_of_number);
        at = number + static_cast<std::size_t>(end - rest.begin());
        quoted.append(json.substr(copied, number - copied));
        quoted.append("\"").append(json.substr(number, at - number)).append("\"");
        copied = at;
    }
    return quoted.append(json.substr(copied));
}

} // namespace mcp::adapters
