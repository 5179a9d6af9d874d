#pragma once
#include "adapters/security/zbase32.hpp"
#include "domain/pub_key.hpp"

#include <array>
#include <memory>
#include <secp256k1.h>
#include <secp256k1_recovery.h>
#include <sodium.h>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mcp::test {

/// The identity key of a Lightning node, which signs as `lncli signmessage` and `lightning-cli signmessage` do.
class NodeKey {
public:
    /// @param seed each gives another key, always the same
    explicit NodeKey(std::string_view seed) {
        crypto_hash_sha256(secret_.data(), reinterpret_cast<const unsigned char*>(seed.data()), seed.size());
        secp256k1_pubkey point;
        if (secp256k1_ec_pubkey_create(context_.get(), &point, secret_.data()) != 1) {
            throw std::invalid_argument("a seed that gives no key");
        }
        std::size_t size = public_key_.bytes.size();
        secp256k1_ec_pubkey_serialize(context_.get(), public_key_.bytes.data(), &size, &point, SECP256K1_EC_COMPRESSED);
    }

    [[nodiscard]] const domain::PubKey& public_key() const { return public_key_; }

    /// 65 bytes: 31 + recovery id, r, s.
    [[nodiscard]] std::string sign_raw(std::string_view text) const {
        const std::string prefixed = "Lightning Signed Message:" + std::string(text);
        std::array<unsigned char, 32> hash{};
        crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(prefixed.data()), prefixed.size());
        crypto_hash_sha256(hash.data(), hash.data(), hash.size());
        secp256k1_ecdsa_recoverable_signature signature;
        secp256k1_ecdsa_sign_recoverable(context_.get(), &signature, hash.data(), secret_.data(), nullptr, nullptr);
        std::array<unsigned char, 64> compact{};
        int id = 0;
        secp256k1_ecdsa_recoverable_signature_serialize_compact(context_.get(), compact.data(), &id, &signature);
        return static_cast<char>(31 + id) + std::string(compact.begin(), compact.end());
    }

    [[nodiscard]] std::string sign(std::string_view text) const { return adapters::zbase32(sign_raw(text)); }

private:
    struct Free {
        void operator()(secp256k1_context* context) const { secp256k1_context_destroy(context); }
    };
    std::unique_ptr<secp256k1_context, Free> context_{secp256k1_context_create(SECP256K1_CONTEXT_SIGN)};
    std::array<unsigned char, 32> secret_{};
    domain::PubKey public_key_;
};

} // namespace mcp::test
