#include "adapters/sources/rgs_bytes.hpp"

namespace mcp::adapters {

std::span<const std::uint8_t> RgsBytes::take(std::size_t count) {
    is_short_ = is_short_ || (!is_wrong_ && count > bytes_.size() - used_);
    if (!is_good()) {
        return {};
    }
    const auto* begin = reinterpret_cast<const std::uint8_t*>(bytes_.data()) + used_;
    used_ += count;
    return {begin, count};
}

std::uint64_t RgsBytes::number(std::size_t size) {
    std::uint64_t value = 0;
    for (const std::uint8_t byte : take(size)) {
        value = value << 8 | byte;
    }
    return value;
}

std::uint64_t RgsBytes::big_size() {
    const std::uint8_t first = u8();
    if (first < 0xFD) {
        return first;
    }
    const std::size_t size = std::size_t{2} << (first - 0xFDU);
    const std::uint64_t least = first == 0xFD ? 0xFD : std::uint64_t{1} << (4 * size);
    const std::uint64_t value = number(size);
    if (is_good() && value < least) {
        call_wrong();
    }
    return value;
}

} // namespace mcp::adapters
