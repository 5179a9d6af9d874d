#include "adapters/security/jwks.hpp"

#include "adapters/security/base64url.hpp"
#include "base/json/document.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <optional>
#include <string>

namespace mcp::adapters {
namespace {

using json::Cursor;

constexpr std::size_t kNumberBytesMax = 2048; // the modulus of an RSA key of 16384 bits

/// A member that may be left out but is a text when it is there.
Result<std::string> optional_text(const Cursor& jwk, std::string_view name) {
    const Cursor member = jwk.at(name);
    if (member.is_absent()) {
        return std::string();
    }
    return member.as_string().map([](std::string_view text) { return std::string(text); });
}

/// The bytes of a member in base64url.
Result<std::string> bytes_at(const Cursor& jwk, std::string_view name) {
    const Cursor member = jwk.at(name);
    const Result<std::string_view> text = member.as_string();
    if (!text) {
        return fail(text.error());
    }
    std::optional<std::string> bytes = from_base64url(*text);
    if (!bytes || bytes->empty() || bytes->size() > kNumberBytesMax) {
        return fail(ErrorKind::invalid_input, {"key.member", {{"member", std::string(name)}}});
    }
    return *std::move(bytes);
}

BigNumber number_of(const std::string& bytes) {
    return BigNumber(BN_bin2bn(bytes_of(bytes), static_cast<int>(bytes.size()), nullptr));
}

/// @return nothing when OpenSSL takes them for no key
EvpKey key_from(const char* type, OSSL_PARAM_BLD* build) {
    const Params params(OSSL_PARAM_BLD_to_param(build));
    const EvpKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY* key = nullptr;
    if (params == nullptr || context == nullptr || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params.get()) != 1) {
        key = nullptr;
    }
    ERR_clear_error();
    return EvpKey(key);
}

Result<EvpKey> rsa_key(const Cursor& jwk) {
    const Result<std::string> modulus = bytes_at(jwk, "n");
    const Result<std::string> exponent = modulus ? bytes_at(jwk, "e") : fail(modulus.error());
    if (!exponent) {
        return fail(exponent.error());
    }
    const BigNumber n = number_of(*modulus);
    const BigNumber e = number_of(*exponent);
    const ParamBuild build(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(build.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    return key_from("RSA", build.get());
}

Result<void> demand_curve(const Cursor& jwk, std::string_view wanted) {
    const Result<std::string_view> curve = jwk.at("crv").as_string();
    if (!curve) {
        return fail(curve.error());
    }
    if (*curve != wanted) {
        return fail(ErrorKind::invalid_input, {"key.curve", {{"curve", std::string(*curve)}}});
    }
    return {};
}

/// A number of exactly 32 bytes, as a coordinate and an Ed25519 key are.
Result<std::string> bytes32_at(const Cursor& jwk, std::string_view name) {
    Result<std::string> bytes = bytes_at(jwk, name);
    if (bytes && bytes->size() != 32) {
        return fail(ErrorKind::invalid_input, {"key.member", {{"member", std::string(name)}}});
    }
    return bytes;
}

Result<EvpKey> ec_key(const Cursor& jwk) {
    const Result<void> curve = demand_curve(jwk, "P-256");
    const Result<std::string> x = curve ? bytes32_at(jwk, "x") : fail(curve.error());
    const Result<std::string> y = x ? bytes32_at(jwk, "y") : fail(x.error());
    if (!y) {
        return fail(y.error());
    }
    const std::string point = "\x04" + *x + *y; // uncompressed
    const ParamBuild build(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(build.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0);
    OSSL_PARAM_BLD_push_octet_string(build.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size());
    return key_from("EC", build.get());
}

Result<EvpKey> ed25519_key(const Cursor& jwk) {
    const Result<void> curve = demand_curve(jwk, "Ed25519");
    const Result<std::string> x = curve ? bytes32_at(jwk, "x") : fail(curve.error());
    if (!x) {
        return fail(x.error());
    }
    return EvpKey(EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, bytes_of(*x), x->size()));
}

Result<EvpKey> key_material(const Cursor& jwk, std::string_view type) {
    if (type == "oct") {
        return fail(ErrorKind::invalid_input, {"key.oct", {}});
    }
    if (!jwk.at("d").is_absent()) {
        return fail(ErrorKind::invalid_input, {"key.private_jwk", {}});
    }
    if (type == "RSA") {
        return rsa_key(jwk);
    }
    if (type == "EC") {
        return ec_key(jwk);
    }
    if (type == "OKP") {
        return ed25519_key(jwk);
    }
    return fail(ErrorKind::invalid_input, {"key.type", {{"type", std::string(type)}}});
}

/// Whether the key says that it is for something else than checking signatures.
Result<bool> is_for_other_use(const Cursor& jwk) {
    const Result<std::string> use = optional_text(jwk, "use");
    if (!use) {
        return fail(use.error());
    }
    if (!use->empty() && *use != "sig") {
        return true;
    }
    if (jwk.at("key_ops").is_absent()) {
        return false;
    }
    const Result<std::vector<Cursor>> operations = jwk.at("key_ops").items();
    if (!operations) {
        return fail(operations.error());
    }
    return std::none_of(operations->begin(), operations->end(), [](const Cursor& operation) {
        return operation.as_string().value_or(std::string_view()) == "verify";
    });
}

/// @return nothing for a key that checks no signatures
Result<std::optional<PublicKey>> key_of(const Cursor& jwk) {
    const Result<std::string_view> type = jwk.at("kty").as_string();
    if (!type) {
        return fail(type.error());
    }
    const Result<bool> other_use = *type == "oct" ? Result<bool>(false) : is_for_other_use(jwk);
    if (!other_use) {
        return fail(other_use.error());
    }
    if (*other_use) {
        return std::nullopt;
    }
    Result<EvpKey> material = key_material(jwk, *type);
    Result<std::string> id = material ? optional_text(jwk, "kid") : fail(material.error());
    const Result<std::string> algorithm = id ? optional_text(jwk, "alg") : fail(id.error());
    if (!algorithm) {
        return fail(algorithm.error());
    }
    if (*material == nullptr) {
        return fail(ErrorKind::invalid_input, {"key.unsound", {}});
    }
    Result<PublicKey> key = PublicKey::from(*std::move(material), *std::move(id));
    if (!key) {
        return fail(std::move(key.error()));
    }
    if (!algorithm->empty() && *algorithm != name_of(key->algorithm())) {
        return fail(ErrorKind::invalid_input, {"key.algorithm",
                                               {{"algorithm", clean_text(*algorithm).text},
                                                {"possible", std::string(name_of(key->algorithm()))}}});
    }
    return *std::move(key);
}

/// "keys[2] ('blue')"
Message place_of(const Cursor& jwk) {
    const Result<std::string_view> id = jwk.at("kid").as_string();
    return id ? Message{"key.at_named", {{"path", jwk.path()}, {"id", clean_text(*id).text}}}
              : Message{"key.at", {{"path", jwk.path()}}};
}

} // namespace

Result<std::vector<PublicKey>> keys_from_jwks(std::string_view text) {
    const Result<json::Document> document = json::Document::parse(text, {.depth = 16});
    const Result<std::vector<Cursor>> jwks = document ? document->root().at("keys").items() : fail(document.error());
    if (!jwks) {
        return fail(jwks.error());
    }
    if (jwks->size() > kJwksKeysMax) {
        return fail(ErrorKind::invalid_input, {"key.too_many", {{"limit", static_cast<std::int64_t>(kJwksKeysMax)}}});
    }
    std::vector<PublicKey> keys;
    for (const Cursor& jwk : *jwks) {
        Result<std::optional<PublicKey>> key = key_of(jwk);
        if (!key) {
            return fail(std::move(key.error()).in(place_of(jwk)));
        }
        if (!*key) {
            continue;
        }
        const std::string& id = (*key)->id();
        if (!id.empty() && std::any_of(keys.begin(), keys.end(), [&](const auto& known) { return known.id() == id; })) {
            return fail(Error{.kind = ErrorKind::invalid_input, .what = {"key.id_twice", {}}}.in(place_of(jwk)));
        }
        keys.push_back(**std::move(key));
    }
    return keys;
}

} // namespace mcp::adapters
