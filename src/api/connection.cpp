#include "api/connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/range/iterator_range.hpp>
#include <fmt/format.h>
#include <utility>

namespace mcp::api {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::size_t kLingerBytesMax = 1024 * 1024; // thrown away of what a refused client still sends
constexpr std::size_t kSlowestBytesPerSecond = 32 * 1024;

IpAddress address_of(const tcp::socket& socket) {
    error_code fault;
    const asio::ip::address peer = socket.remote_endpoint(fault).address();
    if (fault) {
        return {};
    }
    return {(peer.is_v4() ? asio::ip::make_address_v6(asio::ip::v4_mapped, peer.to_v4()) : peer.to_v6()).to_bytes()};
}

Message try_again(std::string_view key) {
    return {key, {{"seconds", std::int64_t{kRetryAfter.count()}}}};
}

} // namespace

Connection::Connection(std::shared_ptr<ServerCore> core, tcp::socket socket, bool is_surplus)
    : core_(std::move(core)), socket_(std::move(socket)), is_surplus_(is_surplus), place_(core_->connections.size()),
      peer_(address_of(socket_)) {
    core_->connections.push_back(this);
    core_->surplus += is_surplus ? 1 : 0;
}

Connection::~Connection() {
    core_->surplus -= is_surplus_ ? 1 : 0;
    give_room_back();
    Connection* last = core_->connections.back();
    core_->connections[place_] = last;
    last->place_ = place_;
    core_->connections.pop_back();
}

// ---- Its time ----

void Connection::enter(Phase phase, Timer::Span until) {
    phase_ = phase;
    until_ = until;
}

void Connection::look_at(Timer::Span now) {
    if (now < until_) {
        return;
    }
    until_ = Timer::Span::max();
    switch (phase_) {
    case Phase::idle:
    case Phase::head:
    case Phase::body: {
        is_expired_ = true;
        error_code ignored;
        socket_.cancel(ignored); // read_some() sees that its time is up
        return;
    }
    case Phase::handling: {
        is_abandoned_ = true; // the handler goes on until it comes back by itself, for nobody
        auto ended = [self = shared_from_this()](const std::exception_ptr&) { self->cut(); };
        asio::co_spawn(core_->executor, answer_late(), std::move(ended));
        return;
    }
    case Phase::writing:
    case Phase::lingering:
        cut();
    }
}

void Connection::stop_when_idle() {
    if (phase_ == Phase::idle) {
        until_ = Timer::Span::min();
        look_at(Timer::Span::zero());
    }
}

void Connection::cut() {
    error_code ignored;
    socket_.close(ignored);
}

// ---- Its requests ----

Task<void> Connection::run() {
    if (is_surplus_) {
        co_await turn_away();
        co_return;
    }
    bool goes_on = true;
    while (goes_on) {
        goes_on = co_await serve_one();
    }
    if (!is_abandoned_) {
        cut();
    }
}

/// @return whether the connection stays for another request
Task<bool> Connection::serve_one() {
    exchange_.emplace();
    give_room_back();
    parser_.begin(exchange_->request.body);
    const Reading head_end = co_await read_head();
    if (head_end != Reading::complete) {
        co_await refuse(head_end);
        co_return false;
    }
    Gate& gate = *core_->gate;
    std::optional<Response> response = gate.admit(head(), *exchange_);
    if (!response && exchange_->request.route->guard != nullptr) {
        enter(Phase::handling, began_ + core_->settings.deadlines.request);
        Task<std::optional<Response>> looking = gate.look_before(*exchange_);
        response = co_await std::move(looking);
        if (is_abandoned_) {
            co_return false;
        }
    }
    if (response) {
        co_await skip_body();
    } else {
        const Reading body_end = co_await read_body(exchange_->request.route->body_max);
        if (body_end != Reading::complete) {
            co_await refuse(body_end);
            co_return false;
        }
        enter(Phase::handling, began_ + core_->settings.deadlines.request);
        Task<Response> answering = gate.answer(*exchange_);
        response = co_await std::move(answering);
        if (is_abandoned_) {
            co_return false;
        }
    }
    const bool keep_alive = parser_.is_done() && parser_.keep_alive() && !core_->is_draining;
    const bool is_sent = co_await send(*response, keep_alive);
    if (is_sent && !parser_.is_done()) {
        co_await linger();
    }
    co_return is_sent&& keep_alive;
}

Head Connection::head() const {
    const Fields& fields = parser_.fields();
    return {.method = fields.method,
            .target = fields.target,
            .peer = peer_,
            .has_body = parser_.has_body(),
            .authorization = fields.authorization,
            .request_id = fields.request_id,
            .accept_language = fields.accept_language,
            .content_type = fields.content_type,
            .content_encoding = fields.content_encoding,
            .forwarded_for = fields.forwarded_for,
            .origin = fields.origin,
            .wanted_method = fields.wanted_method,
            .agent_key = fields.agent_key,
            .signature = fields.signature};
}

/// Tells a client that there are too many, whatever it wants.
Task<void> Connection::turn_away() {
    exchange_.emplace();
    began_ = core_->env.timer.now();
    const Head unread{.method = {}, .target = {}, .peer = peer_};
    core_->gate->begin(unread, *exchange_);
    const Response response =
        core_->gate->refuse(*exchange_, 503, try_again("http.too_many_connections"), "connections");
    const bool is_sent = co_await send(response, false);
    if (is_sent) {
        co_await linger();
    }
    cut();
}

/// The handler has had its time: the client is told so, and the connection ends.
Task<void> Connection::answer_late() {
    const auto self = shared_from_this(); // the handler may come back first
    const Exchange& exchange = *exchange_;
    core_->env.log.write(LogLevel::error, "http",
                         fmt::format("{} {} took longer than it may (request {})", name(exchange.method),
                                     exchange.label, exchange.request.id));
    const Response response = core_->gate->refuse(exchange, 503, try_again("http.unavailable"), "deadline");
    const bool is_sent = co_await send(response, false);
    if (is_sent) {
        co_await linger();
    }
}

// ---- Reading ----

Task<Connection::Reading> Connection::read_some() {
    error_code fault;
    auto token = asio::redirect_error(asio::use_awaitable, fault);
    const std::span<char> space = inbox_.space();
    const asio::mutable_buffer buffer(space.data(), space.size());
    const std::size_t bytes = co_await socket_.async_read_some(buffer, token);
    if (is_expired_) {
        co_return Reading::expired;
    }
    if (fault || bytes == 0) {
        co_return Reading::closed;
    }
    inbox_.came(bytes);
    co_return Reading::complete;
}

Task<Connection::Reading> Connection::read_head() {
    enter(Phase::idle, core_->env.timer.now() + core_->settings.deadlines.idle);
    if (core_->is_draining) {
        co_return Reading::closed;
    }
    for (;;) {
        const std::optional<Parsed> parsed = parser_.read_head(inbox_);
        if (phase_ == Phase::idle && parser_.has_begun()) {
            began_ = core_->env.timer.now();
            enter(Phase::head, began_ + core_->settings.deadlines.head);
        }
        if (parsed) {
            parsed_ = *parsed;
            co_return parsed_ == Parsed::complete ? Reading::complete : Reading::refused;
        }
        const Reading more = co_await read_some();
        if (more != Reading::complete) {
            co_return more;
        }
    }
}

Task<Connection::Reading> Connection::read_body(std::size_t bytes_max) {
    if (parser_.is_done()) {
        co_return Reading::complete;
    }
    enter(Phase::body, began_ + core_->settings.deadlines.request);
    const bool fits = parser_.content_length().value_or(0) <= bytes_max;
    if (fits && parser_.fields().wants_continue && inbox_.waiting().empty()) {
        const bool is_sent = co_await send_continue();
        if (!is_sent) {
            co_return Reading::closed;
        }
    }
    for (;;) {
        const std::optional<Parsed> parsed = parser_.read_body(inbox_, bytes_max);
        if (!has_room_for_body()) {
            co_return Reading::crowded;
        }
        if (parsed) {
            parsed_ = *parsed;
            co_return parsed_ == Parsed::complete ? Reading::complete : Reading::refused;
        }
        const Reading more = co_await read_some();
        if (more != Reading::complete) {
            co_return more;
        }
    }
}

/// Whether the body, as far as it has come, may stay: of large ones there are only so many at once.
bool Connection::has_room_for_body() {
    if (has_large_body_ || exchange_->request.body.size() <= kLargeBody) {
        return true;
    }
    has_large_body_ = core_->large_bodies < kLargeBodiesMax;
    core_->large_bodies += has_large_body_ ? 1 : 0;
    return has_large_body_;
}

void Connection::give_room_back() {
    core_->large_bodies -= has_large_body_ ? 1 : 0;
    has_large_body_ = false;
}

/// The body of a request that was refused: a short one is read all the same, so that the connection can stay.
Task<void> Connection::skip_body() {
    const bool is_short = parser_.content_length().value_or(kHeadMax) < kHeadMax;
    if (is_short && !parser_.fields().wants_continue) {
        co_await read_body(kHeadMax);
    }
}

// ---- Writing ----

/// Answers what could not be read, where there is anybody to answer.
Task<void> Connection::refuse(Reading reading) {
    const bool is_silent = reading == Reading::closed || (reading == Reading::expired && phase_ == Phase::idle);
    if (is_silent) {
        co_return;
    }
    if (exchange_->request.id.empty()) {
        core_->gate->begin(head(), *exchange_);
    }
    const Response response = refusal(reading);
    const bool is_sent = co_await send(response, false);
    if (is_sent) {
        co_await linger();
    }
}

Response Connection::refusal(Reading reading) {
    Gate& gate = *core_->gate;
    if (reading == Reading::expired) {
        return gate.refuse(*exchange_, 408, {"http.too_slow", {}}, "deadline");
    }
    if (reading == Reading::crowded) {
        return gate.refuse(*exchange_, 503, try_again("http.too_many_bodies"), "bodies");
    }
    switch (parsed_) {
    case Parsed::head_too_large:
        return gate.refuse(*exchange_, 431, {"http.head_too_large", {{"limit", std::int64_t{kHeadMax}}}}, "head_size");
    case Parsed::target_too_long:
        return gate.refuse(*exchange_, 414, {"http.target_too_long", {{"limit", std::int64_t{kTargetMax}}}},
                           "target_size");
    case Parsed::body_too_large: {
        const auto limit = static_cast<std::int64_t>(exchange_->request.route->body_max);
        return gate.refuse(*exchange_, 413, {"http.body_too_large", {{"limit", limit}}}, "body_size");
    }
    case Parsed::broken:
    case Parsed::complete:
        break;
    }
    return gate.refuse(*exchange_, 400, {"http.broken", {}}, "syntax");
}

Task<bool> Connection::send_continue() {
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    outbox_.assign(1, asio::const_buffer(kContinue.data(), kContinue.size()));
    const bool is_sent = co_await write_all();
    co_return is_sent;
}

/// @return false when the client is gone
Task<bool> Connection::send(const Response& response, bool keep_alive) {
    const Timer::Span now = core_->env.timer.now();
    core_->gate->finish(*exchange_, response, now - began_);
    out_.clear();
    append_head(out_, response, *exchange_, keep_alive, core_->date.at(exchange_->request.now));
    outbox_.assign(1, asio::const_buffer(out_.data(), out_.size()));
    for (const Body::Piece& piece : response.body.pieces()) {
        const std::string_view bytes = Body::bytes(piece);
        if (exchange_->method != Method::head && !bytes.empty()) {
            outbox_.emplace_back(bytes.data(), bytes.size());
        }
    }
    const std::chrono::seconds for_size{response.body.size() / kSlowestBytesPerSecond};
    enter(Phase::writing, now + core_->settings.deadlines.write + for_size);
    const bool is_sent = co_await write_all();
    co_return is_sent;
}

/// Writes the outbox. @return false when the client is gone
Task<bool> Connection::write_all() {
    using Rest = boost::iterator_range<std::vector<asio::const_buffer>::const_iterator>;
    std::size_t first = 0;
    while (first < outbox_.size()) {
        error_code fault;
        const Rest rest(outbox_.cbegin() + static_cast<std::ptrdiff_t>(first), outbox_.cend());
        std::size_t written = socket_.write_some(rest, fault); // most answers fit the socket at once
        if (fault == asio::error::would_block) {
            fault = {};
            auto token = asio::redirect_error(asio::use_awaitable, fault);
            written = co_await socket_.async_write_some(rest, token);
        }
        if (fault) {
            co_return false;
        }
        for (; first < outbox_.size() && written >= outbox_[first].size(); ++first) {
            written -= outbox_[first].size();
        }
        if (written > 0) {
            outbox_[first] += written;
        }
    }
    co_return true;
}

/// Lets a client that still sends read why it was refused: closing at once would make its kernel throw our answer away.
Task<void> Connection::linger() {
    enter(Phase::lingering, core_->env.timer.now() + core_->settings.deadlines.linger);
    error_code fault;
    socket_.shutdown(tcp::socket::shutdown_send, fault);
    inbox_.consume(inbox_.waiting().size());
    std::size_t thrown_away = 0;
    while (!fault && thrown_away < kLingerBytesMax) {
        auto token = asio::redirect_error(asio::use_awaitable, fault);
        const std::span<char> space = inbox_.space();
        const asio::mutable_buffer buffer(space.data(), space.size());
        thrown_away += co_await socket_.async_read_some(buffer, token);
    }
}

} // namespace mcp::api
