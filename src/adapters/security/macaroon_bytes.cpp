#include "adapters/security/macaroon_bytes.hpp"

namespace mcp::adapters {

std::optional<std::uint32_t> MacaroonBytes::number() {
    constexpr std::size_t kBytesMax = 5;
    constexpr std::uint64_t kNumberMax = (1U << 31) - 1;
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < kBytesMax && i < left_.size(); ++i) {
        const auto byte = static_cast<std::uint8_t>(left_[i]);
        value |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
        if (byte < 0x80) {
            const bool is_shortest = i == 0 || byte != 0;
            left_.remove_prefix(i + 1);
            return is_shortest && value <= kNumberMax ? std::optional(static_cast<std::uint32_t>(value)) : std::nullopt;
        }
    }
    return std::nullopt;
}

std::optional<std::string_view> MacaroonBytes::bytes(std::size_t count) {
    if (count > left_.size()) {
        return std::nullopt;
    }
    const std::string_view taken = left_.substr(0, count);
    left_.remove_prefix(count);
    return taken;
}

std::optional<std::string_view> MacaroonBytes::counted_bytes() {
    const std::optional<std::uint32_t> count = number();
    return count ? bytes(*count) : std::nullopt;
}

} // namespace mcp::adapters
