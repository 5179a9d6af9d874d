#include "api/server.hpp"

#include "api/connection.hpp"
#include "api/server_core.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>
#include <utility>

namespace mcp::api {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;
using std::chrono::milliseconds;

std::string what_of(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& known) {
        return known.what();
    }
}

} // namespace

ServerCore::ServerCore(const Services& services, ServerSettings given, asio::any_io_executor io)
    : settings(std::move(given)), executor(std::move(io)), api(services), env(services.env), acceptor_(executor) {}

// ---- Taking the port ----

Result<std::vector<IpNetwork>> ServerCore::trusted_networks() const {
    std::vector<IpNetwork> networks;
    for (const std::string& text : settings.trusted_proxies) {
        const std::optional<IpNetwork> network = IpNetwork::parse(text);
        if (!network) {
            return fail(ErrorKind::invalid_input, {"http.bad_proxy", {{"given", text}}});
        }
        networks.push_back(*network);
    }
    return networks;
}

error_code ServerCore::take(const tcp::endpoint& place) {
    error_code fault;
    const auto then = [&](auto step) {
        if (!fault) {
            step();
        }
    };
    then([&] { acceptor_.open(place.protocol(), fault); });
    then([&] { acceptor_.set_option(tcp::acceptor::reuse_address(true), fault); });
    then([&] { acceptor_.bind(place, fault); });
    then([&] { acceptor_.listen(asio::socket_base::max_listen_connections, fault); });
    if (fault) {
        error_code ignored;
        acceptor_.close(ignored);
    }
    return fault;
}

Error ServerCore::why_not(const error_code& fault) const {
    const std::string port = std::to_string(settings.port);
    if (fault == asio::error::address_in_use) {
        return {ErrorKind::unavailable, {"http.port_in_use", {{"port", port}, {"host", settings.host}}}};
    }
    if (fault == asio::error::access_denied) {
        return {ErrorKind::unavailable, {"http.port_not_allowed", {{"port", port}}}};
    }
    return {ErrorKind::unavailable,
            {"http.cannot_listen", {{"host", settings.host}, {"port", port}, {"fault", fault.message()}}}};
}

Result<std::uint16_t> ServerCore::listen() {
    Result<std::vector<IpNetwork>> trusted = trusted_networks();
    if (!trusted) {
        return fail(std::move(trusted.error()));
    }
    error_code fault;
    const asio::ip::address address = asio::ip::make_address(settings.host, fault);
    if (fault) {
        return fail(ErrorKind::invalid_input, {"http.bad_host", {{"given", settings.host}}});
    }
    fault = take(tcp::endpoint(address, settings.port));
    const tcp::endpoint taken = fault ? tcp::endpoint() : acceptor_.local_endpoint(fault);
    if (fault) {
        return fail(why_not(fault));
    }
    gate.emplace(api, settings, std::move(*trusted));
    return taken.port();
}

// ---- Serving ----

Task<void> ServerCore::accept_all() {
    const auto self = shared_from_this();
    constexpr std::chrono::seconds kTellAgain{60};
    constexpr milliseconds kUntilFilesAreFree{100};
    while (!is_draining) {
        error_code fault;
        auto token = asio::redirect_error(asio::use_awaitable, fault);
        tcp::socket socket = co_await acceptor_.async_accept(token);
        if (!fault) {
            welcome(std::move(socket));
        } else if (!is_draining && fault != asio::error::connection_aborted) {
            const Timer::Span now = env.timer.now(); // mostly there are no file descriptors left
            if (!fault_told_ || now - *fault_told_ > kTellAgain) {
                env.log.write(LogLevel::error, "http", fmt::format("cannot accept connections: {}", fault.message()));
                fault_told_ = now;
            }
            co_await env.timer.wait(kUntilFilesAreFree);
        }
    }
}

void ServerCore::welcome(tcp::socket socket) {
    error_code fault;
    socket.non_blocking(true, fault);
    socket.set_option(tcp::no_delay(true), fault);
    const bool is_surplus = connections.size() - surplus >= settings.max_connections;
    if (fault || (is_surplus && surplus >= kSurplusMax)) {
        env.metrics.count(Metric::http_refused, {"connections"});
        return; // the socket closes
    }
    auto connection = std::make_shared<Connection>(shared_from_this(), std::move(socket), is_surplus);
    auto ended = [connection, this](const std::exception_ptr& thrown) {
        if (thrown) {
            env.log.write(LogLevel::error, "http", "a connection ended by an error of our own: " + what_of(thrown));
            connection->cut();
        }
    };
    asio::co_spawn(executor, connection->run(), std::move(ended));
}

/// How often connections are looked at: often enough for the shortest deadline.
Timer::Span ServerCore::tick() const {
    if (is_draining) {
        return milliseconds{10};
    }
    const Deadlines& spans = settings.deadlines;
    const Timer::Span shortest = std::min({spans.head, spans.request, spans.idle, spans.write, spans.linger});
    return std::clamp<Timer::Span>(shortest / 8, milliseconds{2}, milliseconds{250});
}

void ServerCore::sweep() {
    const Timer::Span now = env.timer.now();
    const bool is_cut = now >= drain_until_;
    for (Connection* connection : connections) { // none goes at once: their coroutines wake up later
        connection->look_at(now);
        if (is_cut) {
            connection->cut();
        }
    }
    env.metrics.set(Metric::http_connections, static_cast<double>(connections.size() - surplus));
}

Task<void> ServerCore::serve() {
    const auto self = shared_from_this();
    is_accepting_ = true;
    auto ended = [self](const std::exception_ptr& thrown) {
        self->is_accepting_ = false;
        if (thrown) {
            self->env.log.write(LogLevel::error, "http", "no more connections are accepted: " + what_of(thrown));
        }
    };
    asio::co_spawn(executor, accept_all(), std::move(ended));
    while (!is_draining || is_accepting_ || !connections.empty()) {
        const Timer::Span span = tick();
        co_await env.timer.wait(span);
        sweep();
    }
}

void ServerCore::drain(milliseconds span) {
    is_draining = true;
    drain_until_ = env.timer.now() + span;
    error_code ignored;
    acceptor_.close(ignored);
    for (Connection* connection : connections) {
        connection->stop_when_idle();
    }
}

// ---- The face ----

Server::Server(const Services& services, ServerSettings settings, asio::any_io_executor executor)
    : core_(std::make_shared<ServerCore>(services, std::move(settings), std::move(executor))) {}

Server::~Server() = default;

Result<std::uint16_t> Server::listen() {
    return core_->listen();
}

Task<void> Server::serve() {
    return core_->serve();
}

void Server::drain(milliseconds span) {
    core_->drain(span);
}

std::size_t Server::connections() const {
    return core_->connections.size() - core_->surplus;
}

} // namespace mcp::api
