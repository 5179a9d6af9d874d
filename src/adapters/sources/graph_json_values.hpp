#pragma once
#include "base/clock.hpp"
#include "base/json/scalar.hpp"
#include "base/units.hpp"
#include "domain/pub_key.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

/// One value of a graph as JSON into the field that it is for. All answer false for a value that the field cannot have.
namespace mcp::adapters {

inline constexpr std::int64_t kU32Max = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::int64_t kI32Max = std::numeric_limits<std::int32_t>::max();
inline constexpr std::int64_t kI32Min = std::numeric_limits<std::int32_t>::min();
inline constexpr std::int64_t kAllBitcoinMsat = kAllBitcoin.value * 1000;

[[nodiscard]] bool take_text(const json::Scalar& value, std::string_view& text);
[[nodiscard]] bool take_key(const json::Scalar& value, std::optional<domain::PubKey>& key);
[[nodiscard]] bool take_flag(const json::Scalar& value, bool& flag);
/// Seconds since 1970; 0 and what the 32 bits of the gossip cannot hold are no dates.
[[nodiscard]] bool take_date(const json::Scalar& value, std::optional<Time>& date);
/// 0, and more than all bitcoin (the 2^64-1 of old nodes), set no limit.
[[nodiscard]] bool take_max_htlc(const json::Scalar& value, std::optional<Msat>& limit);
/// Light clients do not know it and say 0.
[[nodiscard]] bool take_capacity(const json::Scalar& value, std::optional<Sat>& capacity);

/// What Core Lightning calls msat: a number, or before 2023 a text such as "123msat".
[[nodiscard]] json::Scalar without_msat_suffix(const json::Scalar& value);

template <typename Whole>
[[nodiscard]] bool take_within(const json::Scalar& value, std::int64_t least, std::int64_t most, Whole& target) {
    const std::optional<std::int64_t> number = json::whole_i64(value);
    if (!number || *number < least || *number > most) {
        return false;
    }
    target = static_cast<Whole>(*number);
    return true;
}

} // namespace mcp::adapters
