#pragma once
#include "adapters/http/curl_client.hpp"
#include "adapters/http/pinned_certificate.hpp"
#include "async/timer.hpp"
#include "base/error.hpp"
#include "ports/http_client.hpp"

#include <atomic>
#include <cstdint>
#include <curl/curl.h>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// A request that is told to somebody once it has ended.
struct CurlJob {
    ports::HttpRequest request;
    std::string server; ///< scheme, host and port: who must not be asked too much at once
    Timer::Span end;    ///< by the timer: later is too late
    std::shared_ptr<const std::atomic<bool>> is_cancelled;
    std::function<void(Result<ports::HttpResponse>)> finish; ///< to be called once, on any thread

    /// Tells the end of it. What the caller gave is gone by then: it may hold what the caller destroys next.
    void end_with(Result<ports::HttpResponse> answer) &&;
};

/// The server that a URL leads to.
/// @return invalid_input for what is no absolute http or https URL
[[nodiscard]] Result<std::string> server_of(const std::string& url);

/// @param server as server_of() gives it   @return its name or address, an IPv6 one in brackets
[[nodiscard]] std::string host_of(const std::string& server);

/// Whether the way to the server is one that is gone: a .onion host only by a proxy, and a proxy only where names are
/// left to it.
/// @return invalid_input when it is none
[[nodiscard]] Result<void> check_way(const ports::HttpRequest& request, const std::string& server);

/// @return invalid_input for a header that would break out of its line
[[nodiscard]] Result<void> check_headers(const ports::HttpRequest& request);

/// One transfer of libcurl, on the thread that moves it.
class CurlTransfer {
public:
    /// @param left of the job's time
    CurlTransfer(CurlJob job, const CurlClientOptions& options, Timer::Span left);
    ~CurlTransfer();
    CurlTransfer(const CurlTransfer&) = delete;
    CurlTransfer& operator=(const CurlTransfer&) = delete;

    [[nodiscard]] CURL* easy() const { return easy_; }
    [[nodiscard]] bool is_cancelled() const { return job_.is_cancelled->load(); }
    [[nodiscard]] const std::string& server() const { return job_.server; }
    /// What came of it, once libcurl has ended it.
    [[nodiscard]] Result<ports::HttpResponse> outcome(CURLcode code);
    /// The job, to be ended; the transfer is over.
    [[nodiscard]] CurlJob take_job();

private:
    void prepare(const CurlClientOptions& options, Timer::Span left);
    void prepare_headers(const std::string& user_agent);
    void prepare_trust();
    void prepare_way();
    [[nodiscard]] bool take_header(std::string_view line);
    [[nodiscard]] bool take_field(std::string_view line);
    [[nodiscard]] bool take_body(std::string_view piece);
    [[nodiscard]] bool may_connect(const std::string& address) const;
    [[nodiscard]] Error address_refused() const;
    static std::size_t header_came(const char* bytes, std::size_t size, std::size_t count, void* transfer);
    static std::size_t body_came(const char* bytes, std::size_t size, std::size_t count, void* transfer);
    static curl_socket_t open_socket(void* transfer, curlsocktype purpose, curl_sockaddr* to);
    static int is_connected(void* transfer, char* address, char* own_address, int port, int own_port);

    CurlJob job_;
    std::size_t headers_max_;
    std::size_t header_bytes_max_;
    CURL* easy_;
    curl_slist* headers_ = nullptr;
    std::optional<PinnedCertificate> pinned_;
    ports::HttpResponse response_;
    std::optional<Error> refusal_; ///< why we ended it ourselves
    std::size_t header_count_ = 0;
    std::size_t header_bytes_ = 0;
    std::uint64_t body_bytes_ = 0;
    bool is_head_over_ = false;
    bool is_address_refused_ = false; ///< one at least
};

} // namespace mcp::adapters
