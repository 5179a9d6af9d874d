#pragma once
#include <memory>
#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/crypto.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

namespace mcp::adapters {

/// What OpenSSL hands out, freed by itself.
template <auto free_function>
struct FreeBy {
    template <typename T>
    void operator()(T* object) const {
        free_function(object);
    }
};

using EvpKey = std::unique_ptr<EVP_PKEY, FreeBy<EVP_PKEY_free>>;
using EvpKeyContext = std::unique_ptr<EVP_PKEY_CTX, FreeBy<EVP_PKEY_CTX_free>>;
using EvpDigestContext = std::unique_ptr<EVP_MD_CTX, FreeBy<EVP_MD_CTX_free>>;
using EvpMac = std::unique_ptr<EVP_MAC, FreeBy<EVP_MAC_free>>;
using EvpMacContext = std::unique_ptr<EVP_MAC_CTX, FreeBy<EVP_MAC_CTX_free>>;
using BigNumber = std::unique_ptr<BIGNUM, FreeBy<BN_free>>;
using EcdsaSignature = std::unique_ptr<ECDSA_SIG, FreeBy<ECDSA_SIG_free>>;
using Bio = std::unique_ptr<BIO, FreeBy<BIO_free_all>>;
using ParamBuild = std::unique_ptr<OSSL_PARAM_BLD, FreeBy<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, FreeBy<OSSL_PARAM_free>>;

/// The bytes of a text, as OpenSSL takes them.
template <typename Text>
[[nodiscard]] const unsigned char* bytes_of(const Text& text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

} // namespace mcp::adapters
