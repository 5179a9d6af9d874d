#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mcp::adapters {

/// Reads the two forms that a macaroon is made of, its own packets and protobuf. Both are built from varints and from
/// bytes after their length.
class MacaroonBytes {
public:
    explicit MacaroonBytes(std::string_view bytes) : left_(bytes) {}

    [[nodiscard]] bool at_end() const { return left_.empty(); }

    /// @return nothing at the end, above 2^31 - 1 and for a number that could be written shorter, as nobody writes it
    [[nodiscard]] std::optional<std::uint32_t> number();
    /// The next `count` bytes.
    [[nodiscard]] std::optional<std::string_view> bytes(std::size_t count);
    /// As many bytes as a number before them says.
    [[nodiscard]] std::optional<std::string_view> counted_bytes();

private:
    std::string_view left_;
};

} // namespace mcp::adapters
