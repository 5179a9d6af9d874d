#pragma once
#include <cstddef>

namespace mcp::adapters {

/// A key in memory of its own: kept out of core dumps and, where the system allows it, of swap; overwritten at the end.
class SecretBytes {
public:
    /// All 0. Throws std::bad_alloc where the system has no such memory.
    explicit SecretBytes(std::size_t size);
    ~SecretBytes();
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&&) = delete;

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] unsigned char* data() { return bytes_; }
    [[nodiscard]] const unsigned char* data() const { return bytes_; }

private:
    unsigned char* bytes_;
    std::size_t size_;
};

/// Makes libsodium ready; to be called before anything of it, as often as one likes. Throws std::runtime_error where it
/// finds no source of chance.
void begin_sodium();

} // namespace mcp::adapters
