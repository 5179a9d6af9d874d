#pragma once
#include "adapters/security/base64url.hpp"
#include "adapters/security/hmac_key.hpp"
#include "adapters/security/openssl_types.hpp"

#include <algorithm>
#include <cstring>
#include <openssl/core_names.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <stdexcept>
#include <string>
#include <string_view>

namespace mcp::test {

/// A private key, as issuers of tokens have them; the service itself never sees one.
class SigningKey {
public:
    static SigningKey rsa(std::size_t bits) {
        return SigningKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", bits), "RS256");
    }
    static SigningKey ec(const char* curve) {
        return SigningKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve), "ES256");
    }
    static SigningKey ed25519() { return SigningKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), "EdDSA"); }
    static SigningKey of_type(const char* type) { return SigningKey(EVP_PKEY_Q_keygen(nullptr, nullptr, type), ""); }

    [[nodiscard]] const std::string& algorithm() const { return algorithm_; }

    /// As it stands in a token.
    [[nodiscard]] std::string sign(std::string_view text) const {
        const std::string made = sign_plainly(text);
        return algorithm_ == "ES256" ? raw_from_der(made) : made;
    }
    /// As OpenSSL makes it: DER for ECDSA.
    [[nodiscard]] std::string sign_plainly(std::string_view text) const {
        const adapters::EvpDigestContext context(EVP_MD_CTX_new());
        const char* digest = algorithm_ == "EdDSA" ? nullptr : "SHA256";
        std::size_t size = 0;
        EVP_DigestSignInit_ex(context.get(), nullptr, digest, nullptr, nullptr, key_.get(), nullptr);
        EVP_DigestSign(context.get(), nullptr, &size, adapters::bytes_of(text), text.size());
        std::string signature(size, '\0');
        if (EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                           adapters::bytes_of(text), text.size()) != 1) {
            throw std::runtime_error("cannot sign");
        }
        signature.resize(size);
        return signature;
    }

    [[nodiscard]] std::string public_pem() const {
        return written([this](BIO* to) { return PEM_write_bio_PUBKEY(to, key_.get()); });
    }
    [[nodiscard]] std::string private_pem() const {
        return written([this](BIO* to) {
            return PEM_write_bio_PrivateKey(to, key_.get(), nullptr, nullptr, 0, nullptr, nullptr);
        });
    }
    /// The public members of a JWK, without braces: R"("kty":"OKP",...)".
    [[nodiscard]] std::string jwk() const {
        if (algorithm_ == "RS256") {
            return R"("kty":"RSA","n":")" + number(OSSL_PKEY_PARAM_RSA_N, 0) + R"(","e":")" +
                   number(OSSL_PKEY_PARAM_RSA_E, 0) + '"';
        }
        if (algorithm_ == "ES256") {
            return R"("kty":"EC","crv":"P-256","x":")" + number(OSSL_PKEY_PARAM_EC_PUB_X, 32) + R"(","y":")" +
                   number(OSSL_PKEY_PARAM_EC_PUB_Y, 32) + '"';
        }
        std::string raw(32, '\0');
        std::size_t size = raw.size();
        EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(raw.data()), &size);
        return R"("kty":"OKP","crv":"Ed25519","x":")" + adapters::base64url(raw) + '"';
    }

private:
    SigningKey(EVP_PKEY* key, std::string algorithm) : key_(key), algorithm_(std::move(algorithm)) {
        if (key == nullptr) {
            throw std::runtime_error("cannot make a key");
        }
    }

    template <typename Write>
    static std::string written(Write write) {
        const adapters::Bio memory(BIO_new(BIO_s_mem()));
        write(memory.get());
        char* bytes = nullptr;
        const long size = BIO_get_mem_data(memory.get(), &bytes);
        return {bytes, static_cast<std::size_t>(size)};
    }
    static std::string padded(const BIGNUM* number, std::size_t size) {
        std::string bytes(std::max(size, static_cast<std::size_t>(BN_num_bytes(number))), '\0');
        BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
        return bytes;
    }
    [[nodiscard]] std::string number(const char* name, std::size_t size) const {
        BIGNUM* number = nullptr;
        EVP_PKEY_get_bn_param(key_.get(), name, &number);
        const adapters::BigNumber owned(number);
        return adapters::base64url(padded(number, size));
    }
    static std::string raw_from_der(const std::string& der) {
        const unsigned char* at = adapters::bytes_of(der);
        const adapters::EcdsaSignature pair(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(der.size())));
        return padded(ECDSA_SIG_get0_r(pair.get()), 32) + padded(ECDSA_SIG_get0_s(pair.get()), 32);
    }

    adapters::EvpKey key_;
    std::string algorithm_;
};

/// A token of any header and claims, signed by a SigningKey or HmacKey.
template <typename Key>
[[nodiscard]] std::string signed_token(const Key& key, std::string_view header, std::string_view claims) {
    const std::string text = adapters::base64url(header) + "." + adapters::base64url(claims);
    return text + "." + adapters::base64url(key.sign(text));
}

} // namespace mcp::test
