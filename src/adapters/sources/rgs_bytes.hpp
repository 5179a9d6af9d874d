#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace mcp::adapters {

/// Takes big-endian numbers off the front of bytes of which more may come. What is not there yet is told apart from
/// what can never be right; after either of them every further answer is 0 or empty.
class RgsBytes {
public:
    explicit RgsBytes(std::string_view bytes) : bytes_(bytes) {}

    [[nodiscard]] std::uint8_t u8() { return static_cast<std::uint8_t>(number(1)); }
    [[nodiscard]] std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
    [[nodiscard]] std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
    [[nodiscard]] std::uint64_t u64() { return number(8); }
    /// 1, 3, 5 or 9 bytes (BOLT 1); one that takes more bytes than its number needs is wrong.
    [[nodiscard]] std::uint64_t big_size();
    [[nodiscard]] std::span<const std::uint8_t> take(std::size_t count);
    /// A count of 16 bits, and that many bytes.
    [[nodiscard]] std::span<const std::uint8_t> sized() { return take(u16()); }

    [[nodiscard]] bool is_good() const { return !is_short_ && !is_wrong_; }
    [[nodiscard]] bool is_short() const { return is_short_; }
    [[nodiscard]] bool is_wrong() const { return is_wrong_; }
    [[nodiscard]] std::size_t used() const { return used_; }
    void call_wrong() { is_wrong_ = !is_short_; }

private:
    [[nodiscard]] std::uint64_t number(std::size_t size);

    std::string_view bytes_;
    std::size_t used_ = 0;
    bool is_short_ = false;
    bool is_wrong_ = false;
};

} // namespace mcp::adapters
