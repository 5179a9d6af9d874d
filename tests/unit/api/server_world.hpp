#pragma once
#include "api/server.hpp"
#include "tests/support/shaky_store.hpp"
#include "tests/unit/api/api_world.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <linux/sockios.h>
#include <netinet/in.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mcp::test {

/// The server on a real loopback socket, in virtual time: a minute of silence takes no time, and nothing sleeps.
class ServerWorld : public ApiWorld {
public:
    api::ServerSettings settings = [] {
        api::ServerSettings given;
        given.port = 0;
        given.rate_limit_per_minute = 0;
        return given;
    }();

    ~ServerWorld() {
        if (server_) {
            stop();
        }
    }

    /// Listens and serves. @param instead a store to serve from, else the world's own
    void serve(ports::Store* instead = nullptr) {
        const api::Services own = services();
        const api::Services given{own.env,          instead != nullptr ? *instead : own.store,
                                  own.runs,         own.schedule,
                                  own.tokens,       own.assets,
                                  own.nodes,        own.default_language,
                                  own.metrics_text, own.readiness};
        server_.emplace(given, settings, time.context().get_executor());
        port_ = server_->listen().value();
        time.start(serve_to_its_end());
    }
    void stop() {
        server_->drain(std::chrono::milliseconds{0});
        time.run_until_true([&] { return ended_; }, std::chrono::hours{1});
    }

    [[nodiscard]] api::Server& server() { return *server_; }
    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] bool has_ended() const { return ended_; }

private:
    Task<void> serve_to_its_end() {
        co_await server_->serve();
        ended_ = true;
    }

    std::optional<api::Server> server_;
    std::uint16_t port_ = 0;
    bool ended_ = false;
};

/// What came back for one request.
struct HttpAnswer {
    int status = 0;
    std::string head; ///< with its lines, without the blank one
    std::string body;

    [[nodiscard]] std::string header(const std::string& name) const {
        const std::size_t at = head.find("\r\n" + name + ": ");
        if (at == head.npos) {
            return "";
        }
        const std::size_t begin = at + name.size() + 4;
        return head.substr(begin, head.find("\r\n", begin) - begin);
    }
};

/// A client that sends whatever bytes it likes. Waits in real time only for what is on its way.
class RawClient {
public:
    explicit RawClient(ServerWorld& world) : world_(world), socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in place{};
        place.sin_family = AF_INET;
        place.sin_port = htons(world.port());
        place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&place), sizeof place) != 0) {
            throw std::runtime_error("cannot connect");
        }
        world_.time.run_ready();
    }
    ~RawClient() { close(); }
    RawClient(const RawClient&) = delete;
    RawClient& operator=(const RawClient&) = delete;

    void close() {
        if (socket_ >= 0) {
            ::close(std::exchange(socket_, -1));
            world_.time.run_ready();
        }
    }
    void shut_down_sending() {
        ::shutdown(socket_, SHUT_WR);
        world_.time.run_ready();
    }
    void shrink_receiving() const {
        const int small = 4096;
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &small, sizeof small);
    }

    /// Sends all, and comes back when it lies before the server. @return false when the server took no more
    bool send(std::string_view bytes) {
        while (!bytes.empty()) {
            const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
            if (sent < 0 && errno != EAGAIN) {
                return false;
            }
            bytes.remove_prefix(sent > 0 ? static_cast<std::size_t>(sent) : 0);
            world_.time.run_ready();
            if (sent < 0 && !wait_for(POLLOUT)) {
                return false;
            }
        }
        const auto is_delivered = [&] {
            int on_the_way = 0;
            return ::ioctl(socket_, SIOCOUTQ, &on_the_way) != 0 || on_the_way == 0;
        };
        for (int tries = 0; !is_delivered() && tries < kTries; ++tries) {
            wait_for(POLLIN);
        }
        world_.time.run_ready();
        return true;
    }

    /// One whole answer. @param has_body false for an answer to HEAD
    HttpAnswer receive(bool has_body = true) {
        wait_until([&] { return came_.find("\r\n\r\n") != came_.npos; });
        const std::size_t end = came_.find("\r\n\r\n");
        HttpAnswer answer{.status = std::stoi(came_.substr(9, 3)), .head = came_.substr(0, end + 2), .body = {}};
        came_.erase(0, end + 4);
        const std::string length = answer.header("Content-Length");
        const std::size_t size = length.empty() || !has_body ? 0 : std::stoul(length);
        wait_until([&] { return came_.size() >= size; });
        answer.body = came_.substr(0, size);
        came_.erase(0, size);
        return answer;
    }
    HttpAnswer ask(std::string_view bytes) {
        send(bytes);
        return receive();
    }
    /// All until the server closes.
    std::string receive_all() {
        wait_until([&] { return is_closed_; });
        return std::exchange(came_, "");
    }
    /// Takes some of what has come, and leaves the rest with the kernel.
    void receive_some(std::size_t bytes) {
        std::string some(bytes, '\0');
        const ssize_t got = ::recv(socket_, some.data(), bytes, MSG_DONTWAIT);
        came_.append(some, 0, got > 0 ? static_cast<std::size_t>(got) : 0);
        world_.time.run_ready();
    }
    /// Whether the server has closed, nothing having come before.
    bool is_closed() {
        take();
        return is_closed_ && came_.empty();
    }
    std::size_t came() { ///< bytes that wait to be received
        take();
        return came_.size();
    }

private:
    static constexpr int kTries = 2000;
    static constexpr int kWaitMs = 5;

    bool wait_for(short event) {
        pollfd waited{.fd = socket_, .events = event, .revents = 0};
        ::poll(&waited, 1, kWaitMs);
        world_.time.run_ready();
        return true;
    }
    void take() {
        world_.time.run_ready();
        char bytes[65536];
        for (;;) {
            const ssize_t got = ::recv(socket_, bytes, sizeof bytes, MSG_DONTWAIT);
            if (got > 0) {
                came_.append(bytes, static_cast<std::size_t>(got));
                world_.time.run_ready();
                continue;
            }
            is_closed_ = is_closed_ || got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK);
            return;
        }
    }
    template <typename Condition>
    void wait_until(Condition condition) {
        for (int tries = 0; tries < kTries; ++tries) {
            take();
            if (condition()) {
                return;
            }
            if (is_closed_) {
                throw std::runtime_error("the server closed after: " + came_);
            }
            wait_for(POLLIN);
        }
        throw std::runtime_error("nothing came in time; so far: " + came_);
    }

    ServerWorld& world_;
    int socket_;
    std::string came_;
    bool is_closed_ = false;
};

/// "GET path" with what HTTP/1.1 demands, and more headers.
inline std::string get_request(const std::string& path, const std::string& headers = "") {
    return "GET " + path + " HTTP/1.1\r\nHost: test\r\n" + headers + "\r\n";
}
inline std::string put_request(const std::string& body,
                               const std::string& headers = "Authorization: Bearer alice\r\n") {
    return "PUT /api/v1/user/profile HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n" + headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

} // namespace mcp::test
