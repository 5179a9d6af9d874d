#include "base/json/scalar.hpp"

#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>
#include <type_traits>

namespace mcp::json {
namespace {

template <typename Whole>
std::optional<Whole> from_text(std::string_view text) {
    Whole value{};
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (fault != std::errc{} || end != text.data() + text.size()) {
        return std::nullopt;
    }
    return value;
}

/// A double is taken for a whole number only where it can be no other one's rounding.
template <typename Whole>
std::optional<Whole> from_double(double number) {
    constexpr double kExact = 9007199254740992.0; // 2^53
    if (number != std::floor(number) || std::abs(number) > kExact) {
        return std::nullopt;
    }
    if (std::is_unsigned_v<Whole> && number < 0) {
        return std::nullopt;
    }
    return static_cast<Whole>(number);
}

} // namespace

std::optional<std::uint64_t> whole_u64(const Scalar& scalar) {
    if (const auto* text = std::get_if<std::string_view>(&scalar)) {
        return from_text<std::uint64_t>(*text);
    }
    if (const auto* number = std::get_if<std::int64_t>(&scalar)) {
        return *number < 0 ? std::nullopt : std::optional(static_cast<std::uint64_t>(*number));
    }
    if (const auto* number = std::get_if<std::uint64_t>(&scalar)) {
        return *number;
    }
    const auto* number = std::get_if<double>(&scalar);
    return number != nullptr ? from_double<std::uint64_t>(*number) : std::nullopt;
}

std::optional<std::int64_t> whole_i64(const Scalar& scalar) {
    if (const auto* text = std::get_if<std::string_view>(&scalar)) {
        return from_text<std::int64_t>(*text);
    }
    if (const auto* number = std::get_if<std::int64_t>(&scalar)) {
        return *number;
    }
    if (const auto* number = std::get_if<std::uint64_t>(&scalar)) {
        constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        return *number > kMost ? std::nullopt : std::optional(static_cast<std::int64_t>(*number));
    }
    const auto* number = std::get_if<double>(&scalar);
    return number != nullptr ? from_double<std::int64_t>(*number) : std::nullopt;
}

} // namespace mcp::json
