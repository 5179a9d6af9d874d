#pragma once
#include "tests/support/test_certificate.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <atomic>
#include <cctype>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <netinet/in.h>
#include <openssl/ssl.h>
#include <optional>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

namespace mcp::test {

struct ServedRequest {
    std::string method;
    std::string target;
    std::map<std::string, std::string> headers; ///< names in lower case
    std::string body;
};

/// One connection, as the script of a test sees it. All its waits end when the server is destroyed.
class Connection {
public:
    Connection(int socket, int end, std::shared_ptr<SSL> tls) : socket_(socket), end_(end), tls_(std::move(tls)) {}

    /// The next request; nothing once the other side has closed, or says no HTTP.
    std::optional<ServedRequest> request() {
        std::size_t head_end = std::string::npos;
        while ((head_end = unread_.find("\r\n\r\n")) == std::string::npos) {
            if (!read_more()) {
                return std::nullopt;
            }
        }
        ServedRequest asked = head_of(unread_.substr(0, head_end + 2));
        unread_.erase(0, head_end + 4);
        const auto length = asked.headers.find("content-length");
        const std::size_t size = length == asked.headers.end() ? 0 : std::stoul(length->second);
        while (unread_.size() < size) {
            if (!read_more()) {
                return std::nullopt;
            }
        }
        asked.body = unread_.substr(0, size);
        unread_.erase(0, size);
        return asked;
    }

    /// So many bytes, whatever they are; fewer once the other side has closed.
    std::string bytes(std::size_t count) {
        while (unread_.size() < count && read_more()) {}
        std::string taken = unread_.substr(0, count);
        unread_.erase(0, taken.size());
        return taken;
    }

    /// @return false once the other side has closed
    bool write(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto sent = tls_ ? SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()))
                                   : ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0) {
                return false;
            }
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    bool answer(int status, std::string_view body, std::string_view headers = "") {
        return write("HTTP/1.1 " + std::to_string(status) + " Text\r\nContent-Length: " + std::to_string(body.size()) +
                     "\r\n" + std::string(headers) + "\r\n" + std::string(body));
    }

    /// Says that it is over, in the middle of whatever it was.
    void close() const { ::shutdown(socket_, SHUT_RDWR); }

    /// Keeps silent until the other side closes or the server is destroyed.
    /// @return false when neither came within `milliseconds`
    bool wait_for_end(int milliseconds = 60'000) { return wait(milliseconds) != Event::none; }

private:
    enum class Event { none, readable, end };

    Event wait(int milliseconds) const {
        pollfd both[] = {{socket_, POLLIN, 0}, {end_, POLLIN, 0}};
        if (::poll(both, 2, milliseconds) <= 0) {
            return Event::none;
        }
        return both[1].revents != 0 ? Event::end : Event::readable;
    }

    bool read_more() {
        char bytes[16 * 1024];
        const bool has_some = tls_ && SSL_pending(tls_.get()) > 0;
        if (!has_some && wait(60'000) != Event::readable) {
            return false;
        }
        const auto size = tls_ ? SSL_read(tls_.get(), bytes, sizeof bytes) : ::recv(socket_, bytes, sizeof bytes, 0);
        if (size <= 0) {
            return false;
        }
        unread_.append(bytes, static_cast<std::size_t>(size));
        return true;
    }

    static ServedRequest head_of(const std::string& head) {
        ServedRequest asked;
        const std::size_t line_end = head.find("\r\n");
        const std::size_t blank = head.find(' ');
        asked.method = head.substr(0, blank);
        asked.target = head.substr(blank + 1, head.find(' ', blank + 1) - blank - 1);
        for (std::size_t at = line_end + 2; at < head.size();) {
            const std::size_t end = head.find("\r\n", at);
            const std::string line = head.substr(at, end - at);
            const std::size_t colon = line.find(':');
            std::string name = line.substr(0, colon);
            std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
            const std::size_t value = line.find_first_not_of(' ', colon + 1);
            asked.headers[name] = value == std::string::npos ? "" : line.substr(value);
            at = end + 2;
        }
        return asked;
    }

    int socket_;
    int end_;
    std::shared_ptr<SSL> tls_;
    std::string unread_;
};

/// A real server on loopback that does what a test says, right or wrong: each connection runs the script on a thread
/// of its own, and is closed when the script returns.
class ScriptedServer {
public:
    using Script = std::function<void(Connection&)>;

    explicit ScriptedServer(Script script, const std::optional<TestCertificate>& certificate = {})
        : script_(std::move(script)), end_(::eventfd(0, EFD_CLOEXEC)),
          listening_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* plain = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listening_, plain, size) != 0 || ::listen(listening_, 256) != 0 ||
            ::getsockname(listening_, plain, &size) != 0) {
            throw std::runtime_error("cannot listen on loopback");
        }
        port_ = ntohs(address.sin_port);
        if (certificate) {
            use(*certificate);
        }
        accepting_ = std::thread([this] { accept_all(); });
    }

    ~ScriptedServer() {
        const std::uint64_t one = 1;
        if (::write(end_, &one, sizeof one) != sizeof one) {
            std::abort();
        }
        accepting_.join();
        for (std::thread& thread : threads_) {
            thread.join();
        }
        ::close(listening_);
        ::close(end_);
    }
    ScriptedServer(const ScriptedServer&) = delete;
    ScriptedServer& operator=(const ScriptedServer&) = delete;

    [[nodiscard]] std::string url(const std::string& target = "/") const {
        return (tls_ ? "https://127.0.0.1:" : "http://127.0.0.1:") + std::to_string(port_) + target;
    }
    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] int connections() const { return connections_; } ///< that ever came

private:
    void use(const TestCertificate& certificate) {
        tls_.reset(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
        const std::unique_ptr<BIO, decltype(&BIO_free)> pem(BIO_new_mem_buf(certificate.pem.data(), -1), &BIO_free);
        const std::unique_ptr<BIO, decltype(&BIO_free)> key_pem(BIO_new_mem_buf(certificate.key_pem.data(), -1),
                                                                &BIO_free);
        const std::unique_ptr<X509, decltype(&X509_free)> own(PEM_read_bio_X509(pem.get(), nullptr, nullptr, nullptr),
                                                              &X509_free);
        const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(
            PEM_read_bio_PrivateKey(key_pem.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
        if (SSL_CTX_use_certificate(tls_.get(), own.get()) != 1 || SSL_CTX_use_PrivateKey(tls_.get(), key.get()) != 1) {
            throw std::runtime_error("OpenSSL does not take the certificate");
        }
    }

    void accept_all() {
        pollfd both[] = {{listening_, POLLIN, 0}, {end_, POLLIN, 0}};
        while (::poll(both, 2, -1) > 0 && both[1].revents == 0) {
            const int socket = ::accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
            if (socket >= 0) {
                ++connections_;
                threads_.emplace_back([this, socket] { serve(socket); });
            }
        }
    }

    void serve(int socket) {
        sigset_t pipe; // SSL_write knows no MSG_NOSIGNAL
        sigemptyset(&pipe);
        sigaddset(&pipe, SIGPIPE);
        pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
        std::shared_ptr<SSL> tls;
        bool is_ready = true;
        if (tls_) {
            tls.reset(SSL_new(tls_.get()), &SSL_free);
            SSL_set_fd(tls.get(), socket);
            is_ready = SSL_accept(tls.get()) == 1;
        }
        if (is_ready) {
            Connection connection(socket, end_, tls);
            script_(connection);
        }
        ::close(socket);
    }

    Script script_;
    int end_;
    int listening_;
    int port_ = 0;
    std::shared_ptr<SSL_CTX> tls_;
    std::atomic<int> connections_{0};
    std::vector<std::thread> threads_; ///< of the accepting thread, until it has ended
    std::thread accepting_;
};

/// Answers each request of a connection by `answer`, until the other side closes.
[[nodiscard]] inline ScriptedServer::Script serving(std::function<void(Connection&, const ServedRequest&)> answer) {
    return [answer = std::move(answer)](Connection& connection) {
        while (const std::optional<ServedRequest> request = connection.request()) {
            answer(connection, *request);
        }
    };
}

} // namespace mcp::test
