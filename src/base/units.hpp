#pragma once
#include <compare>
#include <cstdint>
#include <optional>

namespace mcp {

/// A whole number with a unit. Sums and differences are checked: overflow throws std::overflow_error, because amounts
/// are bounded where they enter (no more than all bitcoin), so that an overflow later is a programmer's error.
template <typename Tag>
struct Quantity {
    std::int64_t value = 0;

    auto operator<=>(const Quantity&) const = default;
    Quantity& operator+=(Quantity other);
    Quantity& operator-=(Quantity other);
    friend Quantity operator+(Quantity a, Quantity b) { return a += b; }
    friend Quantity operator-(Quantity a, Quantity b) { return a -= b; }
};

namespace detail {
[[nodiscard]] std::int64_t checked_add(std::int64_t a, std::int64_t b);
[[nodiscard]] std::int64_t checked_subtract(std::int64_t a, std::int64_t b);
} // namespace detail

template <typename Tag>
Quantity<Tag>& Quantity<Tag>::operator+=(Quantity other) {
    value = detail::checked_add(value, other.value);
    return *this;
}

template <typename Tag>
Quantity<Tag>& Quantity<Tag>::operator-=(Quantity other) {
    value = detail::checked_subtract(value, other.value);
    return *this;
}

using Sat = Quantity<struct SatTag>;   ///< satoshi
using Msat = Quantity<struct MsatTag>; ///< thousandths of a satoshi
using Ppm = Quantity<struct PpmTag>;   ///< parts per million: a fee rate

/// All bitcoin there will ever be: no honest amount is larger.
inline constexpr Sat kAllBitcoin{2'100'000'000'000'000};

/// @return the same amount in msat; throws std::overflow_error above 9.2e15 sat (four times all bitcoin).
[[nodiscard]] Msat to_msat(Sat amount);

/// @return whole satoshi, rounded down (towards minus infinity).
[[nodiscard]] Sat to_sat_floor(Msat amount);

/// Fee that BOLT 7 lets a policy charge: base + floor(amount * rate / 10^6), without inbound fees.
/// @pre 0 <= amount <= all bitcoin, rate and base are u32 on the wire, so the result always fits.
[[nodiscard]] Msat forwarding_fee(Msat amount, Msat base, Ppm rate);

} // namespace mcp
