#include "adapters/security/public_key.hpp"

#include <cstdint>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <optional>

namespace mcp::adapters {
namespace {

constexpr int kRsaBitsMin = 2048;
constexpr int kRsaBitsMax = 8192; // what a token costs to check grows with the square
constexpr int kCoordinateBytes = 32;

/// With an exponent of 1 everybody could sign.
bool has_usable_exponent(const EVP_PKEY* key) {
    BIGNUM* number = nullptr;
    if (EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_E, &number) != 1) {
        return false;
    }
    const BigNumber exponent(number);
    return BN_is_odd(exponent.get()) == 1 && BN_is_one(exponent.get()) == 0 && BN_num_bits(exponent.get()) <= 64;
}

std::optional<Message> fault_of_rsa(const EVP_PKEY* key) {
    const int bits = EVP_PKEY_get_bits(key);
    if (bits < kRsaBitsMin || bits > kRsaBitsMax) {
        return Message{
            "key.rsa_size",
            {{"bits", std::int64_t{bits}}, {"min", std::int64_t{kRsaBitsMin}}, {"max", std::int64_t{kRsaBitsMax}}}};
    }
    return has_usable_exponent(key) ? std::nullopt : std::optional(Message{"key.rsa_exponent", {}});
}

std::optional<Message> fault_of_curve(const EVP_PKEY* key) {
    char group[64] = {};
    std::size_t length = 0;
    const bool named =
        EVP_PKEY_get_utf8_string_param(key, OSSL_PKEY_PARAM_GROUP_NAME, group, sizeof group, &length) == 1;
    const std::string_view name(group, named ? length : 0);
    return name == "prime256v1" ? std::nullopt
                                : std::optional(Message{"key.curve", {{"curve", named ? std::string(name) : "?"}}});
}

bool is_sound(EVP_PKEY* key) {
    const EvpKeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    return context != nullptr && EVP_PKEY_public_check(context.get()) == 1;
}

/// The signature in DER, which OpenSSL asks for. @return nothing unless it is two numbers above 0
std::optional<std::string> ecdsa_in_der(std::string_view signature) {
    if (signature.size() != std::size_t{2 * kCoordinateBytes}) {
        return std::nullopt;
    }
    BigNumber r(BN_bin2bn(bytes_of(signature), kCoordinateBytes, nullptr));
    BigNumber s(BN_bin2bn(bytes_of(signature) + kCoordinateBytes, kCoordinateBytes, nullptr));
    const EcdsaSignature pair(ECDSA_SIG_new());
    if (r == nullptr || s == nullptr || pair == nullptr || BN_is_zero(r.get()) == 1 || BN_is_zero(s.get()) == 1) {
        return std::nullopt;
    }
    ECDSA_SIG_set0(pair.get(), r.release(), s.release());
    unsigned char* bytes = nullptr;
    const int length = i2d_ECDSA_SIG(pair.get(), &bytes);
    if (length <= 0) {
        return std::nullopt;
    }
    std::string der(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
    OPENSSL_free(bytes);
    return der;
}

bool digest_fits(EVP_PKEY* key, Algorithm algorithm, std::string_view text, std::string_view signature) {
    const EvpDigestContext context(EVP_MD_CTX_new());
    const char* digest = algorithm == Algorithm::eddsa ? nullptr : "SHA256"; // Ed25519 brings its own
    const bool fits =
        context != nullptr &&
        EVP_DigestVerifyInit_ex(context.get(), nullptr, digest, nullptr, nullptr, key, nullptr) == 1 &&
        EVP_DigestVerify(context.get(), bytes_of(signature), signature.size(), bytes_of(text), text.size()) == 1;
    ERR_clear_error();
    return fits;
}

} // namespace

Result<PublicKey> PublicKey::from(EvpKey key, std::string id) {
    std::optional<Message> fault;
    Algorithm algorithm = Algorithm::rs256;
    switch (EVP_PKEY_get_base_id(key.get())) {
    case EVP_PKEY_RSA:
        fault = fault_of_rsa(key.get());
        break;
    case EVP_PKEY_EC:
        algorithm = Algorithm::es256;
        fault = fault_of_curve(key.get());
        break;
    case EVP_PKEY_ED25519:
        algorithm = Algorithm::eddsa;
        break;
    default: {
        const char* type = EVP_PKEY_get0_type_name(key.get());
        fault = Message{"key.type", {{"type", std::string(type != nullptr ? type : "?")}}};
    }
    }
    if (!fault && !is_sound(key.get())) {
        fault = Message{"key.unsound", {}};
    }
    ERR_clear_error();
    if (fault) {
        return fail(ErrorKind::invalid_input, *std::move(fault));
    }
    return PublicKey(std::move(key), algorithm, std::move(id));
}

bool PublicKey::fits(std::string_view text, std::string_view signature) const {
    if (algorithm_ != Algorithm::es256) {
        return digest_fits(key_.get(), algorithm_, text, signature);
    }
    const std::optional<std::string> der = ecdsa_in_der(signature);
    return der && digest_fits(key_.get(), algorithm_, text, *der);
}

} // namespace mcp::adapters
