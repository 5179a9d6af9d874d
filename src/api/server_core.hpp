#pragma once
#include "api/gate.hpp"
#include "api/response_head.hpp"
#include "api/settings.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace mcp::api {

class Connection;

inline constexpr std::size_t kSurplusMax = 64; ///< connections beyond the limit that are told so at once

inline constexpr std::size_t kLargeBody = 64 * 1024; ///< bytes: a body beyond is one of the large ones
inline constexpr std::size_t kLargeBodiesMax = 8;    ///< at once: the largest ones come to 256 MiB

/// What the server and its connections share. Lives as long as the last of their coroutines.
class ServerCore : public std::enable_shared_from_this<ServerCore> {
public:
    ServerCore(const Services& services, ServerSettings given, boost::asio::any_io_executor io);

    Result<std::uint16_t> listen();
    Task<void> serve();
    void drain(std::chrono::milliseconds span);

    ServerSettings settings;
    boost::asio::any_io_executor executor;
    Api api;
    std::optional<Gate> gate; ///< since listen()
    Env& env;
    DateText date;
    std::vector<Connection*> connections; ///< all, surplus ones too; they come and go by themselves
    std::size_t large_bodies = 0;         ///< of requests that are read or answered just now
    std::size_t surplus = 0;              ///< of them, those that are only told that there are too many
    bool is_draining = false;

private:
    [[nodiscard]] Result<std::vector<IpNetwork>> trusted_networks() const;
    [[nodiscard]] boost::system::error_code take(const boost::asio::ip::tcp::endpoint& place);
    [[nodiscard]] Error why_not(const boost::system::error_code& fault) const;
    Task<void> accept_all();
    void welcome(boost::asio::ip::tcp::socket socket);
    void sweep();
    [[nodiscard]] Timer::Span tick() const;

    boost::asio::ip::tcp::acceptor acceptor_;
    bool is_accepting_ = false;
    Timer::Span drain_until_ = Timer::Span::max();
    std::optional<Timer::Span> fault_told_; ///< when it was last said that none could be accepted
};

} // namespace mcp::api
