#include "adapters/security/hmac_key.hpp"

#include <new>
#include <openssl/core_names.h>
#include <openssl/params.h>
#include <stdexcept>

namespace mcp::adapters {
namespace {

constexpr std::size_t kMacBytes = 32;

} // namespace

HmacKey::HmacKey(std::string_view secret) {
    if (secret.size() < kHmacSecretBytesMin) {
        throw std::invalid_argument("a token secret of fewer than 32 bytes");
    }
    const EvpMac hmac(EVP_MAC_fetch(nullptr, "HMAC", nullptr));
    begun_.reset(EVP_MAC_CTX_new(hmac.get()));
    char digest[] = "SHA256";
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
                                 OSSL_PARAM_construct_end()};
    if (begun_ == nullptr || EVP_MAC_init(begun_.get(), bytes_of(secret), secret.size(), params) != 1) {
        throw std::runtime_error("OpenSSL cannot compute HMAC-SHA256");
    }
}

std::string HmacKey::sign(std::string_view text) const {
    const EvpMacContext mac(EVP_MAC_CTX_dup(begun_.get()));
    std::string signature(kMacBytes, '\0');
    std::size_t written = 0;
    if (mac == nullptr || EVP_MAC_update(mac.get(), bytes_of(text), text.size()) != 1 ||
        EVP_MAC_final(mac.get(), reinterpret_cast<unsigned char*>(signature.data()), &written, signature.size()) != 1) {
        throw std::bad_alloc();
    }
    return signature;
}

bool HmacKey::fits(std::string_view text, std::string_view signature) const {
    const std::string right = sign(text);
    return signature.size() == right.size() && CRYPTO_memcmp(signature.data(), right.data(), right.size()) == 0;
}

} // namespace mcp::adapters
