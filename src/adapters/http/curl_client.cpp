#include "adapters/http/curl_client.hpp"

#include "adapters/http/curl_pump.hpp"
#include "adapters/http/curl_transfer.hpp"

#include <atomic>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <fmt/format.h>
#include <stdexcept>
#include <utility>

namespace mcp::adapters {
namespace {

namespace asio = boost::asio;
using ports::HttpRequest;
using ports::HttpResponse;

using Flag = std::shared_ptr<std::atomic<bool>>;
using Answer = std::shared_ptr<Result<HttpResponse>>; // Asio wants what it hands over to be default-constructible

/// The coroutine that waits for an answer; goes on where it is at home.
template <typename Handler>
class Waiting {
public:
    explicit Waiting(Handler handler)
        : home_(asio::make_work_guard(asio::get_associated_executor(handler))), handler_(std::move(handler)) {}

    void go_on(Result<HttpResponse> answer) {
        auto home = home_.get_executor();
        auto box = std::make_shared<Result<HttpResponse>>(std::move(answer));
        asio::post(home, [handler = std::move(handler_), box = std::move(box)]() mutable {
            std::move(handler)(std::exception_ptr{}, std::move(box));
        });
        home_.reset();
    }

private:
    asio::executor_work_guard<asio::associated_executor_t<Handler>> home_;
    Handler handler_;
};

/// Asio's cancellation may come later than the end of the request, and of the client.
template <typename Handler>
void watch_cancellation(const Handler& handler, const Flag& flag, const std::shared_ptr<CurlPump>& pump) {
    auto slot = asio::get_associated_cancellation_slot(handler);
    if (slot.is_connected()) {
        slot.assign([flag, late = std::weak_ptr<CurlPump>(pump)](asio::cancellation_type type) {
            const std::shared_ptr<CurlPump> alive = late.lock();
            if (type != asio::cancellation_type::none && alive) {
                *flag = true;
                alive->wake();
            }
        });
    }
}

} // namespace

std::string user_agent(std::string_view version) {
    return fmt::format("mcp-api/{} (+daily Lightning node reports)", version);
}

CurlClient::CurlClient(CurlClientOptions options, const Timer& timer)
    : options_(std::move(options)), timer_(timer), pump_(std::make_shared<CurlPump>(options_, timer)) {}

CurlClient::~CurlClient() {
    close();
}

void CurlClient::close() {
    pump_->close();
}

Task<Result<HttpResponse>> CurlClient::send(HttpRequest request) {
    if (request.method != "GET" && request.method != "POST") {
        throw std::invalid_argument("only GET and POST are asked, not " + request.method);
    }
    Result<std::string> server = server_of(request.url);
    if (!server) {
        co_return fail(std::move(server.error()));
    }
    if (Result<void> checked = check_headers(request); !checked) {
        co_return fail(std::move(checked.error()));
    }
    if (Result<void> checked = check_way(request, *server); !checked) {
        co_return fail(std::move(checked.error()));
    }
    const Timer::Span end = timer_.now() + request.time_max;
    CurlJob asked;
    asked.request = std::move(request);
    asked.server = std::move(*server);
    asked.end = end;
    auto begin = [pump = pump_](auto handler, CurlJob job) {
        const Flag flag = std::make_shared<std::atomic<bool>>(false);
        watch_cancellation(handler, flag, pump);
        const auto waiting = std::make_shared<Waiting<decltype(handler)>>(std::move(handler));
        job.is_cancelled = flag;
        job.finish = [waiting](Result<HttpResponse> answer) { waiting->go_on(std::move(answer)); };
        pump->take(std::move(job));
    };
    Answer answer = co_await asio::async_initiate<const asio::use_awaitable_t<>, void(std::exception_ptr, Answer)>(
        std::move(begin), asio::use_awaitable, std::move(asked));
    co_return std::move(*answer);
}

} // namespace mcp::adapters
