#pragma once
#include "async/timer.hpp"
#include "ports/http_client.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace mcp::adapters {

class CurlPump;

struct CurlClientOptions {
    std::string user_agent = "mcp-api (+daily Lightning node reports)"; ///< user_agent() puts the version into it
    std::size_t transfers_max = 64;            ///< at once; others wait for their turn, within their own time
    std::size_t transfers_per_host_max = 8;    ///< at once to one scheme, host and port
    std::size_t waiting_max = 4096;            ///< more than that are refused at once
    std::size_t headers_max = 128;             ///< of one answer, with those of interim answers
    std::size_t header_bytes_max = 64UL << 10; ///< of them together
};

/// "mcp-api/1.2.3 (+daily Lightning node reports)": says honestly who asks.
[[nodiscard]] std::string user_agent(std::string_view version);

/// Asks by libcurl, which keeps connections alive, speaks HTTP/2 where https offers it, and unpacks gzip. One thread of
/// its own moves all transfers; a caller's on_body runs on it, and must not wait for anything but the disk.
/// With a trusted certificate nothing else is trusted: the server shows this very one, or one that descends from it and
/// is in date and made out to the name that is asked.
/// A request with may_connect never rides on a connection to an address that this refuses, new or kept. A .onion host
/// is asked by a proxy only, and names are left to the proxy.
/// A caller that is cancelled (Asio's cancellation) gets the error `cancelled`.
/// The destructor ends all transfers, `cancelled`, and joins the thread. It must run before the executors of those who
/// wait are destroyed; they themselves may be destroyed after the client, resumed or not.
class CurlClient final : public ports::HttpClient {
public:
    /// @param timer tells how long a request has waited for its turn; outlives the client
    CurlClient(CurlClientOptions options, const Timer& timer);
    ~CurlClient() override;
    CurlClient(const CurlClient&) = delete;
    CurlClient& operator=(const CurlClient&) = delete;

    /// Ends all transfers, `cancelled`; whatever is sent after it ends so at once. For a service that stops.
    void close();

    [[nodiscard]] Task<Result<ports::HttpResponse>> send(ports::HttpRequest request) override;

private:
    CurlClientOptions options_;
    const Timer& timer_;
    std::shared_ptr<CurlPump> pump_; ///< shared with those who may cancel a request later than the client lives
};

} // namespace mcp::adapters
