#include "adapters/http/pinned_certificate.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <new>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <optional>
#include <utility>
#include <vector>

namespace mcp::adapters {
namespace {

constexpr std::size_t kDigestBytes = 32;
using Digest = std::array<unsigned char, kDigestBytes>;

/// Lives as long as OpenSSL's context: a connection outlives the transfer that opened it.
struct Trusted {
    std::vector<Digest> certificates;
    std::string host;
};

std::optional<Digest> digest_of(const X509* certificate) {
    Digest digest{};
    unsigned int size = 0;
    if (X509_digest(certificate, EVP_sha256(), digest.data(), &size) != 1 || size != digest.size()) {
        return std::nullopt;
    }
    return digest;
}

std::vector<Digest> digests_in(const std::string& pem) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> bytes(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())),
                                                          &BIO_free);
    std::vector<Digest> digests;
    while (bytes) {
        const std::unique_ptr<X509, decltype(&X509_free)> one(PEM_read_bio_X509(bytes.get(), nullptr, nullptr, nullptr),
                                                              &X509_free);
        const std::optional<Digest> digest = one ? digest_of(one.get()) : std::nullopt;
        if (!digest) {
            break;
        }
        digests.push_back(*digest);
    }
    ERR_clear_error(); // that there are no more is no fault of the handshake
    return digests;
}

bool require_host(X509_VERIFY_PARAM* param, const std::string& host) {
    const std::string bare = host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
    if (X509_VERIFY_PARAM_set1_ip_asc(param, bare.c_str()) == 1) {
        return true;
    }
    ERR_clear_error();
    X509_VERIFY_PARAM_set_hostflags(param, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return X509_VERIFY_PARAM_set1_host(param, host.data(), host.size()) == 1;
}

int is_trusted(X509_STORE_CTX* shown, void* context) noexcept {
    const auto& trusted = *static_cast<const Trusted*>(context);
    const X509* leaf = X509_STORE_CTX_get0_cert(shown);
    const std::optional<Digest> digest = leaf != nullptr ? digest_of(leaf) : std::nullopt;
    const auto& known = trusted.certificates;
    if (digest && std::find(known.begin(), known.end(), *digest) != known.end()) {
        X509_STORE_CTX_set_error(shown, X509_V_OK);
        return 1;
    }
    if (!require_host(X509_STORE_CTX_get0_param(shown), trusted.host)) {
        X509_STORE_CTX_set_error(shown, X509_V_ERR_OUT_OF_MEM);
        return 0;
    }
    const int verdict = X509_verify_cert(shown);
    ERR_clear_error(); // a signature that does not fit would hide from libcurl that it is the certificate that failed
    return verdict > 0 ? 1 : 0;
}

void forget(void* /*context*/, void* trusted, CRYPTO_EX_DATA* /*all*/, int /*place*/, long /*number*/,
            void* /*pointer*/) {
    delete static_cast<Trusted*>(trusted);
}

/// Where OpenSSL keeps it with a context of its own.
int place_of_trusted() {
    static const int place = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, &forget);
    return place;
}

template <typename Value>
void set(CURL* easy, CURLoption option, Value value) {
    if (curl_easy_setopt(easy, option, value) != CURLE_OK) {
        throw std::bad_alloc(); // libcurl knows the option: it is built with OpenSSL
    }
}

} // namespace

PinnedCertificate::PinnedCertificate(std::string pem, std::string host)
    : pem_(std::move(pem)), host_(std::move(host)) {}

void PinnedCertificate::set_on(CURL* easy) {
    curl_blob blob{.data = pem_.data(), .len = pem_.size(), .flags = CURL_BLOB_COPY};
    set(easy, CURLOPT_CAINFO_BLOB, &blob);                        // also tells libcurl which connections are alike
    set(easy, CURLOPT_CAINFO, static_cast<const char*>(nullptr)); // the system's, which would be trusted beside it
    set(easy, CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    set(easy, CURLOPT_SSL_VERIFYHOST, 0L); // by is_trusted(): libcurl would ask even the very certificate for the name
    set(easy, CURLOPT_SSL_CTX_FUNCTION, &PinnedCertificate::prepare);
    set(easy, CURLOPT_SSL_CTX_DATA, static_cast<void*>(this));
}

/// libcurl has made its context by now, with the certificate as its only authority.
CURLcode PinnedCertificate::prepare(CURL* /*easy*/, void* tls_context, void* pinned) {
    const auto& own = *static_cast<const PinnedCertificate*>(pinned);
    auto* context = static_cast<SSL_CTX*>(tls_context);
    try {
        auto trusted = std::make_unique<Trusted>(Trusted{digests_in(own.pem_), own.host_});
        if (SSL_CTX_set_ex_data(context, place_of_trusted(), trusted.get()) != 1) {
            return CURLE_OUT_OF_MEMORY;
        }
        SSL_CTX_set_cert_verify_callback(context, &is_trusted, trusted.release());
    } catch (const std::exception&) { // must not fly through libcurl
        return CURLE_OUT_OF_MEMORY;
    }
    return CURLE_OK;
}

} // namespace mcp::adapters
