#pragma once
#include "async/task.hpp"
#include "async/timer.hpp"
#include "base/error.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace mcp::ports {

struct HttpResponse;

struct HttpRequest {
    std::string method = "GET"; ///< GET or POST
    std::string url = {};       ///< absolute, http or https
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    std::optional<std::string> trusted_certificate = {}; ///< PEM: the only one the peer may prove itself by
    std::uint64_t body_bytes_max = 4 << 20;              ///< of the answer, unpacked
    /// Whether this IP address (as text) may be connected to; asked, on a thread of the client's, about the very
    /// address that is to be connected to. Empty: any. Not asked about a proxy.
    std::function<bool(const std::string&)> may_connect = {};
    std::string proxy = {}; ///< "socks5h://127.0.0.1:9050": names are resolved there; empty: none
    Timer::Span connect_time_max = std::chrono::seconds{10};
    Timer::Span time_max = std::chrono::seconds{30}; ///< from the call to the last byte
    /// Gets a 2xx answer's body piece by piece, on a thread of its own; HttpResponse::body then stays empty. false ends
    /// the transfer. Other answers' bodies come as usual.
    std::function<bool(std::string_view)> on_body = {};
    /// Whether an answer whose status looks like a failure is none, and not to be tried again: mempool.space says with
    /// status 500 that it does not know a node. Empty: the status tells.
    std::function<bool(const HttpResponse&)> is_answer = {};
};

struct HttpResponse {
    int status = 0;
    std::vector<std::pair<std::string, std::string>> headers = {}; ///< names in lower case, in order
    std::string body = {};

    /// The first header of that name (lower case); nothing when there is none.
    [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const {
        for (const auto& [one, value] : headers) {
            if (one == name) {
                return value;
            }
        }
        return std::nullopt;
    }
};

/// Asks other servers. Redirects are not followed, no proxy is taken from the environment, no cookie is kept.
/// An answer of any status is no error. Errors, without URL or secret: timeout (connecting or altogether), unavailable
/// (no such host, refused, cut off), bad_upstream (certificate not trusted, answer too large, no HTTP), invalid_input
/// (URL), forbidden (may_connect said no), cancelled (on_body said so, or the client is being closed).
class HttpClient {
public:
    virtual ~HttpClient() = default;
    [[nodiscard]] virtual Task<Result<HttpResponse>> send(HttpRequest request) = 0;
};

} // namespace mcp::ports
