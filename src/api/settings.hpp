#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace mcp::api {

/// How long a connection may take for what; one that takes longer is ended.
struct Deadlines {
    std::chrono::milliseconds head{15'000};    ///< from the first byte of a request to the end of its head
    std::chrono::milliseconds request{30'000}; ///< from there to the answer of its handler, the body included
    std::chrono::milliseconds idle{60'000};    ///< between two requests
    std::chrono::milliseconds write{30'000};   ///< for an answer to be taken, and a second for each 32 KiB of it
    std::chrono::milliseconds linger{2'000};   ///< for a client to read why it was refused
};

struct ServerSettings {
    std::string host = "127.0.0.1"; ///< an IP address
    std::uint16_t port = 8000;      ///< 0: any free one
    std::size_t max_connections = 1024;
    std::int64_t rate_limit_per_minute = 600; ///< 0: no limit
    std::vector<std::string> trusted_proxies; ///< addresses and networks ("10.0.0.0/8") whose X-Forwarded-For is true
    std::vector<std::string> cors_origins;    ///< "https://host", or "*"; empty: CORS is off
    Deadlines deadlines;
    bool access_log = true; ///< a line for each request
};

} // namespace mcp::api
