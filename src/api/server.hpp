#pragma once
#include "api/services.hpp"
#include "api/settings.hpp"
#include "async/task.hpp"
#include "base/error.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace mcp::api {

class ServerCore;

/// The HTTP server of the API. Everything a client can do to it is bounded: connections, heads, bodies, time, rate. All
/// runs on the one thread of `executor`.
class Server {
public:
    Server(const Services& services, ServerSettings settings, boost::asio::any_io_executor executor);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Takes the port. @return the one that was taken; unavailable when another program has it or the host has no such
    /// address, invalid_input for settings that are none
    [[nodiscard]] Result<std::uint16_t> listen();
    /// Answers until drain() was called and all connections have ended. @pre listen() succeeded
    [[nodiscard]] Task<void> serve();
    /// Accepts no more, lets what is in progress finish within `span`, then cuts it off. A handler that hangs longer
    /// than that holds up serve() until it comes back, because it works on what the services own.
    void drain(std::chrono::milliseconds span);
    [[nodiscard]] std::size_t connections() const; ///< open ones

private:
    std::shared_ptr<ServerCore> core_; // shared with the connections, whose coroutines an io_context may destroy later
};

} // namespace mcp::api
