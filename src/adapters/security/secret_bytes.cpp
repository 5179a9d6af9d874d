#include "adapters/security/secret_bytes.hpp"

#include <new>
#include <sodium.h>
#include <stdexcept>
#include <utility>

namespace mcp::adapters {

void begin_sodium() {
    if (sodium_init() < 0) {
        throw std::runtime_error("libsodium finds no source of chance");
    }
}

SecretBytes::SecretBytes(std::size_t size) : bytes_(nullptr), size_(size) {
    begin_sodium();
    bytes_ = static_cast<unsigned char*>(sodium_malloc(size));
    if (bytes_ == nullptr) {
        throw std::bad_alloc();
    }
    sodium_memzero(bytes_, size_);
}

SecretBytes::~SecretBytes() {
    sodium_free(bytes_); // overwrites them, and takes a null pointer
}

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : bytes_(std::exchange(other.bytes_, nullptr)), size_(std::exchange(other.size_, 0)) {}

} // namespace mcp::adapters
