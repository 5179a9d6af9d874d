#pragma once
#include "api/inbox.hpp"
#include "api/request_parser.hpp"
#include "api/server_core.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mcp::api {

/// One client's connection: its requests one after the other, each answered before the next one is read, so that what a
/// client sends ahead waits in its own kernel. It sets no timers: the server looks at all connections now and then.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    /// @param is_surplus it is only told that there are too many
    Connection(std::shared_ptr<ServerCore> core, boost::asio::ip::tcp::socket socket, bool is_surplus);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    Task<void> run();
    /// Ends what takes longer than it may.
    void look_at(Timer::Span now);
    /// The service stops: what waits for a request ends now, the rest after its answer.
    void stop_when_idle();
    void cut();

private:
    /// What it is doing, which says what becomes of it when its time is up.
    enum class Phase { idle, head, body, handling, writing, lingering };
    /// How the reading of a head or a body ended.
    enum class Reading { complete, closed, expired, refused, crowded };

    Task<bool> serve_one();
    Task<void> turn_away();
    Task<Reading> read_head();
    Task<Reading> read_body(std::size_t bytes_max);
    [[nodiscard]] bool has_room_for_body();
    void give_room_back();
    Task<void> skip_body();
    Task<Reading> read_some();
    Task<void> refuse(Reading reading);
    [[nodiscard]] Response refusal(Reading reading);
    Task<bool> send_continue();
    Task<bool> send(const Response& response, bool keep_alive);
    Task<bool> write_all();
    Task<void> linger();
    Task<void> answer_late();
    void enter(Phase phase, Timer::Span until);
    [[nodiscard]] Head head() const;

    std::shared_ptr<ServerCore> core_;
    boost::asio::ip::tcp::socket socket_;
    bool is_surplus_;
    std::size_t place_; ///< among the core's connections
    IpAddress peer_;
    Inbox inbox_{kHeadMax + 1}; // one more, so that a head that is too large is seen as such
    RequestParser parser_;
    Parsed parsed_ = Parsed::complete; ///< why a reading was refused
    std::optional<Exchange> exchange_;
    std::string out_;
    std::vector<boost::asio::const_buffer> outbox_;
    Phase phase_ = Phase::idle;
    Timer::Span until_ = Timer::Span::max();
    Timer::Span began_{};         ///< the present request
    bool has_large_body_ = false; ///< which the core counts
    bool is_expired_ = false;
    bool is_abandoned_ = false; ///< answer_late() has answered for the handler
};

} // namespace mcp::api
