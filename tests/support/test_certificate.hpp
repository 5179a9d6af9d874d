#pragma once
#include <cstdint>
#include <memory>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdexcept>
#include <string>

namespace mcp::test {

/// A certificate that a server signs itself, as LND does, or that an authority signs, made anew for a test.
struct TestCertificate {
    std::string pem;
    std::string key_pem;
};

struct TestCertificateOptions {
    std::string names = "IP:127.0.0.1,DNS:localhost"; ///< as OpenSSL writes alternative names
    std::int64_t valid_from = -3600;                  ///< seconds from now
    std::int64_t valid_until = 3600;
    bool is_authority = false;
    const TestCertificate* issuer = nullptr; ///< the authority that signs it; none: it signs itself
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

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using X509Of = std::unique_ptr<X509, decltype(&X509_free)>;
using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;

inline X509Of certificate_of(const std::string& pem) {
    const Bio bytes(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
    X509Of read(PEM_read_bio_X509(bytes.get(), nullptr, nullptr, nullptr), &X509_free);
    require(read != nullptr);
    return read;
}

inline Key key_of(const std::string& pem) {
    const Bio bytes(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free);
    Key read(PEM_read_bio_PrivateKey(bytes.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
    require(read != nullptr);
    return read;
}

inline void extend(X509* certificate, int what, const std::string& text) {
    const std::unique_ptr<X509_EXTENSION, decltype(&X509_EXTENSION_free)> extension(
        X509V3_EXT_conf_nid(nullptr, nullptr, what, text.c_str()), &X509_EXTENSION_free);
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1);
}

} // namespace certificate_details

inline TestCertificate make_certificate(const TestCertificateOptions& options = {}) {
    using certificate_details::Key;
    using certificate_details::require;
    using certificate_details::X509Of;
    const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const X509Of made(X509_new(), &X509_free);
    require(key && made);
    X509_set_version(made.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(made.get()), options.valid_from);
    X509_gmtime_adj(X509_getm_notAfter(made.get()), options.valid_until);
    X509_set_pubkey(made.get(), key.get());
    X509_NAME* name = X509_get_subject_name(made.get());
    const char* called = options.is_authority ? "an authority" : "a test";
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(called), -1, -1, 0);
    certificate_details::extend(made.get(), NID_subject_alt_name, options.names);
    if (options.is_authority) {
        certificate_details::extend(made.get(), NID_basic_constraints, "critical,CA:TRUE");
    }
    if (options.issuer != nullptr) {
        const X509Of issuer = certificate_details::certificate_of(options.issuer->pem);
        const Key issuer_key = certificate_details::key_of(options.issuer->key_pem);
        X509_set_issuer_name(made.get(), X509_get_subject_name(issuer.get()));
        require(X509_sign(made.get(), issuer_key.get(), EVP_sha256()) > 0);
    } else {
        X509_set_issuer_name(made.get(), name);
        require(X509_sign(made.get(), key.get(), EVP_sha256()) > 0);
    }

    const std::unique_ptr<BIO, decltype(&BIO_free)> pem(BIO_new(BIO_s_mem()), &BIO_free);
    const std::unique_ptr<BIO, decltype(&BIO_free)> key_pem(BIO_new(BIO_s_mem()), &BIO_free);
    require(PEM_write_bio_X509(pem.get(), made.get()) == 1);
    require(PEM_write_bio_PrivateKey(key_pem.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1);
    return {certificate_details::text_of(pem.get()), certificate_details::text_of(key_pem.get())};
}

} // namespace mcp::test
