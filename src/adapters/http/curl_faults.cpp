#include "adapters/http/curl_faults.hpp"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <openssl/x509_vfy.h>

namespace mcp::adapters {
namespace {

std::int64_t seconds_of(Timer::Span span) {
    return std::max<std::int64_t>(std::chrono::ceil<std::chrono::seconds>(span).count(), 1);
}

long info(CURL* easy, CURLINFO what) {
    long value = 0;
    curl_easy_getinfo(easy, what, &value);
    return value;
}

bool has_connected(CURL* easy) {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy, CURLINFO_PRETRANSFER_TIME_T, &microseconds);
    return microseconds > 0;
}

/// A stream that stood still ends before its time is over.
bool has_stalled(CURL* easy, const ports::HttpRequest& request) {
    curl_off_t microseconds = 0;
    curl_easy_getinfo(easy, CURLINFO_TOTAL_TIME_T, &microseconds);
    return request.on_body && std::chrono::microseconds{microseconds} < request.time_max * 9 / 10;
}

Error timeout(CURL* easy, const ports::HttpRequest& request) {
    if (has_connected(easy) && has_stalled(easy, request)) {
        return {.kind = ErrorKind::timeout,
                .what = {"fetch.stalled", {{"seconds", std::int64_t{kStreamSecondsSlowMost}}}}};
    }
    if (has_connected(easy)) {
        return too_slow(request);
    }
    const Timer::Span span = std::min(request.connect_time_max, request.time_max);
    return {.kind = ErrorKind::timeout, .what = {"fetch.connect_timeout", {{"seconds", seconds_of(span)}}}};
}

Error not_connected(CURL* easy, const ports::HttpRequest& request) {
    if (!request.proxy.empty()) {
        return {.kind = ErrorKind::unavailable, .what = {"fetch.no_proxy", {}}};
    }
    const bool is_refused = info(easy, CURLINFO_OS_ERRNO) == ECONNREFUSED;
    return {.kind = ErrorKind::unavailable, .what = {is_refused ? "fetch.refused" : "fetch.unreachable", {}}};
}

/// Without a certificate that was given, libcurl compares the name itself, once the handshake has found the chain good;
/// its verdict is then still at "unspecified", where it began, or at "good".
std::string_view certificate_fault(CURL* easy, const ports::HttpRequest& request) {
    switch (info(easy, CURLINFO_SSL_VERIFYRESULT)) {
    case X509_V_OK:
    case X509_V_ERR_UNSPECIFIED:
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
        return "fetch.certificate_name";
    case X509_V_ERR_CERT_HAS_EXPIRED:
        return "fetch.certificate_expired";
    case X509_V_ERR_CERT_NOT_YET_VALID:
        return "fetch.certificate_early";
    default:
        return request.trusted_certificate ? "fetch.certificate_other" : "fetch.certificate_unknown";
    }
}

} // namespace

Error too_slow(const ports::HttpRequest& request) {
    return {.kind = ErrorKind::timeout, .what = {"fetch.timeout", {{"seconds", seconds_of(request.time_max)}}}};
}

Error called_off() {
    return {.kind = ErrorKind::cancelled, .what = {"fetch.called_off", {}}};
}

Error curl_fault(CURLcode code, CURL* easy, const ports::HttpRequest& request) {
    switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
        return timeout(easy, request);
    case CURLE_COULDNT_RESOLVE_HOST:
        return {.kind = ErrorKind::unavailable, .what = {"fetch.no_host", {}}};
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_PROXY:
        return not_connected(easy, request);
    case CURLE_PROXY:
        return {.kind = ErrorKind::unavailable, .what = {"fetch.proxy_failed", {}}};
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2_STREAM:
        return {.kind = ErrorKind::unavailable, .what = {"fetch.cut_off", {}}};
    case CURLE_WEIRD_SERVER_REPLY:
    case CURLE_UNSUPPORTED_PROTOCOL: // HTTP/0.9 would be any bytes; the URL's own scheme was looked at before
    case CURLE_HTTP2:
        return {.kind = ErrorKind::bad_upstream, .what = {"fetch.not_http", {}}};
    case CURLE_BAD_CONTENT_ENCODING:
        return {.kind = ErrorKind::bad_upstream, .what = {"fetch.broken_packing", {}}};
    case CURLE_SSL_CONNECT_ERROR:
        return {.kind = ErrorKind::bad_upstream, .what = {"fetch.no_tls", {}}};
    case CURLE_PEER_FAILED_VERIFICATION:
        return {.kind = ErrorKind::bad_upstream, .what = {certificate_fault(easy, request), {}}};
    case CURLE_SSL_CACERT_BADFILE:
        return {.kind = ErrorKind::invalid_input, .what = {"fetch.certificate_no_pem", {}}};
    case CURLE_URL_MALFORMAT:
        return {.kind = ErrorKind::invalid_input, .what = {"fetch.bad_url", {}}};
    default:
        return {.kind = ErrorKind::unavailable, .what = {"fetch.failed", {{"code", static_cast<std::int64_t>(code)}}}};
    }
}

} // namespace mcp::adapters
