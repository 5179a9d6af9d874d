#pragma once
#include <cstdint>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdexcept>
#include <string>

namespace mcp::test {

/// A certificate that a server signs itself, as LND does, made anew for a test.
struct TestCertificate {
    std::string pem;
    std::string key_pem;
};

struct TestCertificateOptions {
    std::string names = "IP:127.0.0.1,DNS:localhost"; ///< as OpenSSL writes alternative names
    std::int64_t valid_from = -3600;                  ///< seconds from now
    std::int64_t valid_until = 3600;
};

namespace certificate_details {

inline std::string text_of(BIO* bio) {
    char* bytes = nullptr;
    const auto size = static_cast<std::size_t>(BIO_get_mem_data(bio, &bytes));
    return {bytes, size};
}

inline void require(bool holds) {
    if (!holds) {
        throw std::runtime_error("OpenSSL makes no certificate");
    }
}

} // namespace certificate_details

inline TestCertificate make_certificate(const TestCertificateOptions& options = {}) {
    using certificate_details::require;
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const std::unique_ptr<X509, decltype(&X509_free)> made(X509_new(), &X509_free);
    require(key && made);
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), options.valid_from);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), options.valid_until);
    X509_set_pubkey(made.get(), key.get());
    X509_NAME* name = X509_get_subject_name(made.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("a test"), -1, -1, 0);
    X509_set_issuer_name(made.get(), name);
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> names(
        X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, options.names.c_str()), &X509_EXTENSION_free);
    require(names && X509_add_ext(made.get(), names.get(), -1) == 1);
    require(X509_sign(made.get(), key.get(), EVP_sha256()) > 0);

    const std::unique_ptr<BIO, decltype(&BIO_free)> pem(BIO_new(BIO_s_mem()), &BIO_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> key_pem(BIO_new(BIO_s_mem()), &BIO_free);
    require(PEM_write_bio_X509(pem.get(), made.get()) == 1);
    require(PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return {certificate_details::text_of(pem.get()), certificate_details::text_of(key_pem.get())};
}

} // namespace mcp::test
