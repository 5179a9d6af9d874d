#include "base/units.hpp"

#include <stdexcept>

namespace mcp {
namespace detail {

std::int64_t checked_add(std::int64_t a, std::int64_t b) {
    std::int64_t sum = 0;
    if (__builtin_add_overflow(a, b, &sum)) {
        throw std::overflow_error("amount overflows 64 bits");
    }
    return sum;
}

std::int64_t checked_subtract(std::int64_t a, std::int64_t b) {
    std::int64_t difference = 0;
    if (__builtin_sub_overflow(a, b, &difference)) {
        throw std::overflow_error("amount overflows 64 bits");
    }
    return difference;
}

} // namespace detail

Msat to_msat(Sat amount) {
    std::int64_t product = 0;
    if (__builtin_mul_overflow(amount.value, std::int64_t{1000}, &product)) {
        throw std::overflow_error("amount overflows 64 bits of msat");
    }
    return Msat{product};
}

Sat to_sat_floor(Msat amount) {
    const std::int64_t quotient = amount.value / 1000;
    return Sat{amount.value % 1000 < 0 ? quotient - 1 : quotient};
}

Msat forwarding_fee(Msat amount, Msat base, Ppm rate) {
    __extension__ using Wide = __int128; // 2.1e18 msat at 4.3e9 ppm needs 94 bits
    const Wide proportional = static_cast<Wide>(amount.value) * rate.value / 1'000'000;
    return Msat{detail::checked_add(base.value, static_cast<std::int64_t>(proportional))};
}

} // namespace mcp
