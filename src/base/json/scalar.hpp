#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace mcp::json {

struct Null {};

/// A value of JSON that is neither object nor array. Whole numbers beyond 64 bits, and numbers with a point or an
/// exponent, are doubles. Strings are views: valid only while the event or document that gave them is.
using Scalar = std::variant<Null, bool, std::int64_t, std::uint64_t, double, std::string_view>;

/// Whole numbers as other people write them: 64-bit ones often come as strings ("18446744073709551615"), some as 1e3.
/// @return nothing unless `scalar` is a whole number in that range, written as a number or as a string of digits
[[nodiscard]] std::optional<std::uint64_t> whole_u64(const Scalar& scalar);
[[nodiscard]] std::optional<std::int64_t> whole_i64(const Scalar& scalar);

} // namespace mcp::json
