#pragma once
#include "adapters/http/curl_transfer.hpp"
#include "async/timer.hpp"

#include <chrono>
#include <cstddef>
#include <curl/curl.h>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace mcp::adapters {

/// The thread that moves all transfers of a client: takes them in turn, within the bounds, and tells how they ended.
class CurlPump {
public:
    CurlPump(CurlClientOptions options, const Timer& timer);
    ~CurlPump(); ///< closes
    CurlPump(const CurlPump&) = delete;
    CurlPump& operator=(const CurlPump&) = delete;

    /// From any thread. The job is ended in any case, at once when there is no room for it or the pump is closed.
    void take(CurlJob job);
    /// Has it look for what was cancelled. From any thread, also when closed.
    void wake();
    /// Ends all jobs, `cancelled`, and the thread. Not to be called from a job's end.
    void close();

private:
    [[nodiscard]] std::optional<Error> put(CurlJob& job);
    void run();
    [[nodiscard]] bool take_incoming();
    void start_waiting();
    void start(CurlJob job, Timer::Span left);
    void end_cancelled();
    [[nodiscard]] bool end_done();
    void end(CURL* easy, Result<ports::HttpResponse> answer);
    void end_all();
    [[nodiscard]] std::chrono::milliseconds wait_max() const;

    CurlClientOptions options_;
    const Timer& timer_;
    CURLM* multi_;

    std::mutex mutex_; ///< of the next three
    std::vector<CurlJob> incoming_;
    std::size_t waiting_count_ = 0; ///< incoming and waiting
    bool is_closed_ = false;

    // the thread's own
    std::list<CurlJob> waiting_; ///< in their order
    std::map<CURL*, std::unique_ptr<CurlTransfer>> going_;
    std::map<std::string, std::size_t> going_to_; ///< transfers by server

    std::thread thread_; ///< last: needs all others
};

} // namespace mcp::adapters
