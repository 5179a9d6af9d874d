#pragma once
#include "async/env.hpp"
#include "flow/manners/breaker.hpp"
#include "flow/manners/flights.hpp"
#include "flow/manners/limiter.hpp"
#include "flow/manners/manners.hpp"
#include "flow/manners/memory.hpp"
#include "ports/http_client.hpp"
#include "ports/store.hpp"

#include <optional>
#include <string>

namespace mcp::flow {

/// Asks one source as a good guest does, on behalf of all who want to know something of it: one request at a time
/// begins, spaced; a pause that it asks for is kept; what may pass (status 429 and 5xx, timeouts, no connection) is
/// tried again with backoff and jitter; a source that fails is left alone and probed; the same question asked by
/// several at once is asked once. All that outlives restarts by the store.
///
/// HttpRequest::time_max bounds all of it: waiting, pauses and tries. Requests with on_body are tried once and not
/// shared. Errors beside those of the port: rate_limited (key `manners.too_late`), at once when no turn comes in time,
/// and unavailable (key `manners.left_alone`) while the source is left alone.
/// Must outlive its requests. To be used by the coroutines of one executor.
class PoliteClient final : public ports::HttpClient {
public:
    /// @param http who really asks   @param store nullptr: nothing is kept for the next start
    PoliteClient(Env& env, ports::HttpClient& http, Manners manners, ports::Store* store,
                 boost::asio::any_io_executor executor);

    /// Recalls what an earlier process promised this source; before the first request. When that cannot be read the
    /// client works all the same, as with a source that it never asked.
    Task<Result<void>> load();

    [[nodiscard]] Task<Result<ports::HttpResponse>> send(ports::HttpRequest request) override;

private:
    using Answer = Result<ports::HttpResponse>;
    struct Bounds;
    struct Tried;
    class Passage;

    Task<Answer> ask(ports::HttpRequest request, Bounds bounds);
    Task<Tried> try_once(ports::HttpRequest request, Bounds bounds);
    [[nodiscard]] Tried turned_down() const;
    Task<void> remember(Timer::Span next);
    void note(const ports::HttpRequest& request, const Answer& answer, Passage& passage, Timer::Span began);
    void note_failure(std::string failure, Passage& passage);
    void note_success(Passage& passage);
    void keep_pause(const ports::HttpResponse& response);

    Env& env_;
    ports::HttpClient& http_;
    Manners manners_;
    boost::asio::any_io_executor executor_;
    Memory memory_;
    Limiter limiter_;
    Breaker breaker_;
    Flights flights_;
    std::string failure_; ///< the last one, English; empty when the last request went well
};

} // namespace mcp::flow
