#include "adapters/http/curl_transfer.hpp"

#include "adapters/http/curl_faults.hpp"
#include "adapters/http/node_address_rules.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <chrono>
#include <cstring>
#include <exception>
#include <netinet/in.h>
#include <new>
#include <stdexcept>
#include <sys/socket.h>
#include <utility>

namespace mcp::adapters {
namespace {

using ports::HttpRequest;
using ports::HttpResponse;

constexpr long kReadBytes = 64L << 10; // that libcurl takes at once
constexpr std::size_t kUrlBytesMax = 8192;
constexpr std::size_t kRefusalBytesKept = 64UL << 10;

template <typename Value>
void set(CURL* easy, CURLoption option, Value value) {
    if (curl_easy_setopt(easy, option, value) != CURLE_OK) {
        throw std::bad_alloc(); // libcurl knows the option: it is built with all that we use
    }
}

/// libcurl takes 0 for "no limit".
long milliseconds(Timer::Span span) {
    return std::max<long>(std::chrono::ceil<std::chrono::milliseconds>(span).count(), 1);
}

std::string lowered(std::string_view text) {
    std::string lower(text);
    for (char& c : lower) {
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return lower;
}

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view kBlank = " \t\r\n";
    const std::size_t begin = std::min(text.find_first_not_of(kBlank), text.size());
    return text.substr(begin, text.find_last_not_of(kBlank) + 1 - begin);
}

bool is_field_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
        return c > 0x20 && c < 0x7F &&
               std::string_view("\"(),/:;<=>?@[\\]{}").find(static_cast<char>(c)) == std::string_view::npos;
    });
}

bool is_field_value(std::string_view value) {
    return std::all_of(value.begin(), value.end(),
                       [](unsigned char c) { return c == '\t' || (c >= 0x20 && c != 0x7F); });
}

bool has_header(const HttpRequest& request, std::string_view name) {
    return std::any_of(request.headers.begin(), request.headers.end(),
                       [&](const auto& header) { return lowered(header.first) == name; });
}

/// Other scripts are written as xn--...: libcurl would turn full-width letters into a name that nobody has looked at.
bool is_ascii(std::string_view host) {
    return std::all_of(host.begin(), host.end(), [](unsigned char c) { return c > 0x20 && c < 0x7F; });
}

bool is_success(long status) {
    return status >= 200 && status <= 299;
}

/// One part of a URL that libcurl has taken apart; nothing when it has none.
std::optional<std::string> part(CURLU* url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) {
        return std::nullopt;
    }
    std::string copy(text);
    curl_free(text);
    return copy;
}

/// The address that a socket is for, as text; empty when it is none of IP. What libcurl gives is as long as its family
/// needs, whatever its declaration says.
std::string text_of(const curl_sockaddr& to) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    const auto* bytes = reinterpret_cast<const unsigned char*>(&to.addr);
    if (to.family == AF_INET) {
        ::inet_ntop(AF_INET, bytes + offsetof(sockaddr_in, sin_addr), text.data(), text.size());
    } else if (to.family == AF_INET6) {
        ::inet_ntop(AF_INET6, bytes + offsetof(sockaddr_in6, sin6_addr), text.data(), text.size());
    }
    return text.data();
}

} // namespace

void CurlJob::end_with(Result<HttpResponse> answer) && {
    const auto tell = std::move(finish);
    request = HttpRequest{};
    is_cancelled.reset();
    tell(std::move(answer));
}

Result<std::string> server_of(const std::string& url) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parts(curl_url(), &curl_url_cleanup);
    const bool is_url = url.size() <= kUrlBytesMax && url.find('\0') == std::string::npos &&
                        curl_url_set(parts.get(), CURLUPART_URL, url.c_str(), 0) == CURLUE_OK;
    const std::optional<std::string> scheme = is_url ? part(parts.get(), CURLUPART_SCHEME) : std::nullopt;
    const std::optional<std::string> host = is_url ? part(parts.get(), CURLUPART_HOST) : std::nullopt;
    if (!host || !is_ascii(*host) || (scheme != "http" && scheme != "https")) {
        return fail(ErrorKind::invalid_input, {"fetch.bad_url", {}});
    }
    return *scheme + "://" + lowered(*host) + ":" + part(parts.get(), CURLUPART_PORT).value_or("");
}

std::string host_of(const std::string& server) {
    const std::size_t begin = server.find("://") + 3;
    return server.substr(begin, server.rfind(':') - begin);
}

Result<void> check_way(const HttpRequest& request, const std::string& server) {
    if (request.proxy.empty()) {
        return is_onion(host_of(server)) ? Result<void>(fail(ErrorKind::invalid_input, {"fetch.no_tor", {}}))
                                         : Result<void>();
    }
    if (!request.proxy.starts_with("socks5h://")) {
        return fail(ErrorKind::invalid_input, {"fetch.bad_proxy", {}});
    }
    return {};
}

Result<void> check_headers(const HttpRequest& request) {
    for (const auto& [name, value] : request.headers) {
        if (!is_field_name(name)) {
            throw std::invalid_argument("no name of a header: " + name);
        }
        if (!is_field_value(value)) {
            return fail(ErrorKind::invalid_input, {"fetch.bad_header", {{"name", name}}});
        }
    }
    return {};
}

CurlTransfer::CurlTransfer(CurlJob job, const CurlClientOptions& options, Timer::Span left)
    : job_(std::move(job)), headers_max_(options.headers_max), header_bytes_max_(options.header_bytes_max),
      easy_(curl_easy_init()) {
    if (easy_ == nullptr) {
        throw std::bad_alloc();
    }
    prepare(options, left);
}

CurlTransfer::~CurlTransfer() {
    curl_easy_cleanup(easy_);
    curl_slist_free_all(headers_);
}

void CurlTransfer::prepare(const CurlClientOptions& options, Timer::Span left) {
    const HttpRequest& request = job_.request;
    set(easy_, CURLOPT_URL, request.url.c_str());
    set(easy_, CURLOPT_PROTOCOLS_STR, "http,https");
    set(easy_, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(easy_, CURLOPT_FOLLOWLOCATION, 0L);
    set(easy_, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
    set(easy_, CURLOPT_NOSIGNAL, 1L);
    set(easy_, CURLOPT_QUICK_EXIT, 1L); // a resolver that hangs must not hold up the others
    set(easy_, CURLOPT_ACCEPT_ENCODING, "gzip");
    set(easy_, CURLOPT_BUFFERSIZE, kReadBytes);
    set(easy_, CURLOPT_CONNECTTIMEOUT_MS, milliseconds(std::min(request.connect_time_max, left)));
    set(easy_, CURLOPT_TIMEOUT_MS, milliseconds(left));
    if (request.on_body) { // it may take long as a whole, but not stand still
        set(easy_, CURLOPT_LOW_SPEED_LIMIT, kStreamBytesASecondMin);
        set(easy_, CURLOPT_LOW_SPEED_TIME, kStreamSecondsSilentMost);
    }
    if (request.method == "POST") {
        set(easy_, CURLOPT_POST, 1L);
        set(easy_, CURLOPT_POSTFIELDS, request.body.data());
        set(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    set(easy_, CURLOPT_HEADERFUNCTION, &CurlTransfer::header_came);
    set(easy_, CURLOPT_HEADERDATA, this);
    set(easy_, CURLOPT_WRITEFUNCTION, &CurlTransfer::body_came);
    set(easy_, CURLOPT_WRITEDATA, this);
    prepare_headers(options.user_agent);
    prepare_trust();
    prepare_way();
}

void CurlTransfer::prepare_headers(const std::string& user_agent) {
    const auto add = [this](const std::string& line) {
        curl_slist* longer = curl_slist_append(headers_, line.c_str());
        if (longer == nullptr) {
            throw std::bad_alloc();
        }
        headers_ = longer;
    };
    for (const auto& [name, value] : job_.request.headers) {
        std::string line = name;
        line += value.empty() ? ";" : ": "; // libcurl's way to say "empty"
        line += value;
        add(line);
    }
    add("Expect:"); // a server that does not know 100-continue would cost a second
    if (!has_header(job_.request, "content-type")) {
        add("Content-Type:"); // libcurl would say that it is a form
    }
    if (!has_header(job_.request, "user-agent")) {
        set(easy_, CURLOPT_USERAGENT, user_agent.c_str());
    }
    set(easy_, CURLOPT_HTTPHEADER, headers_);
}

void CurlTransfer::prepare_trust() {
    set(easy_, CURLOPT_SSL_VERIFYPEER, 1L);
    set(easy_, CURLOPT_SSL_VERIFYHOST, 2L);
    set(easy_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (job_.request.trusted_certificate) {
        pinned_.emplace(*job_.request.trusted_certificate, host_of(job_.server));
        pinned_->set_on(easy_);
    }
}

/// A guarded transfer is looked at twice: no socket is opened to an address that is not allowed, whichever of a name's
/// addresses it is; and no request goes out on a connection that another transfer may have left behind.
void CurlTransfer::prepare_way() {
    const HttpRequest& request = job_.request;
    set(easy_, CURLOPT_PROXY, request.proxy.c_str()); // empty: none, whatever the environment says
    set(easy_, CURLOPT_NOPROXY, "");                  // no exceptions, whatever the environment says
    set(easy_, CURLOPT_SOCKS5_AUTH, static_cast<long>(CURLAUTH_BASIC));
    if (request.may_connect && request.proxy.empty()) {
        set(easy_, CURLOPT_OPENSOCKETFUNCTION, &CurlTransfer::open_socket);
        set(easy_, CURLOPT_OPENSOCKETDATA, this);
        set(easy_, CURLOPT_PREREQFUNCTION, &CurlTransfer::is_connected);
        set(easy_, CURLOPT_PREREQDATA, this);
    }
}

bool CurlTransfer::may_connect(const std::string& address) const {
    try {
        return job_.request.may_connect(address);
    } catch (const std::exception&) { // must not fly through libcurl
        return false;
    }
}

/// Says what was asked for, not where it leads to: the names of an inner network are nobody else's business.
Error CurlTransfer::address_refused() const {
    return {.kind = ErrorKind::forbidden, .what = {"fetch.address_refused", {{"address", host_of(job_.server)}}}};
}

curl_socket_t CurlTransfer::open_socket(void* transfer, curlsocktype /*purpose*/, curl_sockaddr* to) {
    auto& self = *static_cast<CurlTransfer*>(transfer);
    if (!self.may_connect(text_of(*to))) {
        self.is_address_refused_ = true;
        return CURL_SOCKET_BAD;
    }
    return ::socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

int CurlTransfer::is_connected(void* transfer, char* address, char* /*own_address*/, int /*port*/, int /*own_port*/) {
    auto& self = *static_cast<CurlTransfer*>(transfer);
    if (address == nullptr || !self.may_connect(address)) {
        self.refusal_ = self.address_refused();
        return CURL_PREREQFUNC_ABORT;
    }
    return CURL_PREREQFUNC_OK;
}

std::size_t CurlTransfer::header_came(const char* bytes, std::size_t size, std::size_t count, void* transfer) {
    return static_cast<CurlTransfer*>(transfer)->take_header({bytes, size * count}) ? size * count : 0;
}

std::size_t CurlTransfer::body_came(const char* bytes, std::size_t size, std::size_t count, void* transfer) {
    return static_cast<CurlTransfer*>(transfer)->take_body({bytes, size * count}) ? size * count : 0;
}

/// Gets each line of each head, interim answers' and trailers too; all count.
bool CurlTransfer::take_header(std::string_view line) {
    header_bytes_ += line.size();
    if (header_bytes_ > header_bytes_max_ || ++header_count_ > headers_max_ + 2) { // the first and the empty line
        refusal_ = Error{.kind = ErrorKind::bad_upstream,
                         .what = {"fetch.head_too_large",
                                  {{"count", static_cast<std::int64_t>(headers_max_)},
                                   {"limit", static_cast<std::int64_t>(header_bytes_max_)}}}};
        return false;
    }
    if (line.starts_with("HTTP/")) { // the head of an answer that is more final than the last
        response_.headers.clear();
        is_head_over_ = false;
    } else if (trimmed(line).empty()) {
        is_head_over_ = true;
    } else if (!is_head_over_) {
        return take_field(line);
    }
    return true;
}

bool CurlTransfer::take_field(std::string_view line) {
    if ((line.front() == ' ' || line.front() == '\t') && !response_.headers.empty()) { // folded
        response_.headers.back().second += " " + std::string(trimmed(line));
        return true;
    }
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    if (colon == std::string_view::npos || !is_field_name(name)) {
        refusal_ = Error{.kind = ErrorKind::bad_upstream, .what = {"fetch.not_http", {}}};
        return false;
    }
    response_.headers.emplace_back(lowered(name), std::string(trimmed(line.substr(colon + 1))));
    return true;
}

bool CurlTransfer::take_body(std::string_view piece) {
    body_bytes_ += piece.size();
    if (body_bytes_ > job_.request.body_bytes_max) {
        refusal_ =
            Error{.kind = ErrorKind::bad_upstream,
                  .what = {"fetch.too_large", {{"limit", static_cast<std::int64_t>(job_.request.body_bytes_max)}}}};
        return false;
    }
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    bool goes_on = true;
    try {
        if (!job_.request.on_body) {
            response_.body += piece;
        } else if (!is_success(status)) { // its bound is that of a stream: what tells why stands at the beginning
            const std::size_t room = kRefusalBytesKept - std::min(response_.body.size(), kRefusalBytesKept);
            response_.body += piece.substr(0, room);
        } else {
            set(easy_, CURLOPT_LOW_SPEED_TIME, kStreamSecondsSlowMost);
            goes_on = job_.request.on_body(piece);
        }
    } catch (const std::exception&) { // must not fly through libcurl
        goes_on = false;
    }
    if (!goes_on) {
        refusal_ = called_off();
    }
    return goes_on;
}

Result<HttpResponse> CurlTransfer::outcome(CURLcode code) {
    if (refusal_) {
        return fail(std::move(*refusal_));
    }
    if (code == CURLE_COULDNT_CONNECT && is_address_refused_) {
        return fail(address_refused());
    }
    if (code != CURLE_OK) {
        return fail(curl_fault(code, easy_, job_.request));
    }
    if (!is_head_over_) { // libcurl takes half a head for an answer without a body
        return fail(curl_fault(CURLE_PARTIAL_FILE, easy_, job_.request));
    }
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    response_.status = static_cast<int>(status);
    return std::move(response_);
}

CurlJob CurlTransfer::take_job() {
    return std::move(job_);
}

} // namespace mcp::adapters
