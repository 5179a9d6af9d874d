#include "adapters/http/curl_pump.hpp"

#include "adapters/http/curl_faults.hpp"

#include <algorithm>
#include <csignal>
#include <iterator>
#include <new>
#include <optional>
#include <utility>

namespace mcp::adapters {
namespace {

constexpr std::chrono::milliseconds kWaitMax{1000}; // a lost ring of the bell costs no more than that

CURLM* make_multi(const CurlClientOptions& options) {
    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) { // counts; from any thread since libcurl 7.84
        throw std::bad_alloc();
    }
    CURLM* multi = curl_multi_init();
    if (multi == nullptr) {
        throw std::bad_alloc();
    }
    curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, static_cast<long>(options.transfers_max)); // kept alive
    return multi;
}

/// Signals belong to the main thread; and writing to a closed connection must not end the process.
void block_signals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, nullptr);
}

} // namespace

CurlPump::CurlPump(CurlClientOptions options, const Timer& timer)
    : options_(std::move(options)), timer_(timer), multi_(make_multi(options_)), thread_([this] { run(); }) {}

CurlPump::~CurlPump() {
    close();
    curl_multi_cleanup(multi_);
    curl_global_cleanup();
}

void CurlPump::take(CurlJob job) {
    if (std::optional<Error> refusal = put(job)) {
        std::move(job).end_with(fail(std::move(*refusal)));
    } else {
        wake();
    }
}

/// Hands the job to the thread. @return why not; the job is then untouched
std::optional<Error> CurlPump::put(CurlJob& job) {
    const std::lock_guard lock(mutex_); // over both: the thread may end at any time
    if (is_closed_) {
        return called_off();
    }
    if (waiting_count_ >= options_.waiting_max) {
        return Error{.kind = ErrorKind::unavailable, .what = {"fetch.too_many", {}}};
    }
    ++waiting_count_;
    incoming_.push_back(std::move(job));
    return std::nullopt;
}

void CurlPump::wake() {
    curl_multi_wakeup(multi_);
}

void CurlPump::close() {
    {
        const std::lock_guard lock(mutex_);
        is_closed_ = true;
    }
    wake();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void CurlPump::run() {
    block_signals();
    while (take_incoming()) {
        end_cancelled();
        start_waiting();
        int still_going = 0;
        curl_multi_perform(multi_, &still_going);
        if (!end_done()) { // else there is room for those who wait
            curl_multi_poll(multi_, nullptr, 0, static_cast<int>(wait_max().count()), nullptr);
        }
    }
    end_all();
}

/// @return false when closed
bool CurlPump::take_incoming() {
    const std::lock_guard lock(mutex_);
    std::move(incoming_.begin(), incoming_.end(), std::back_inserter(waiting_));
    incoming_.clear();
    return !is_closed_;
}

/// Starts, in their order, those that there is room for; ends those that waited too long.
void CurlPump::start_waiting() {
    std::size_t gone = 0;
    for (auto job = waiting_.begin(); job != waiting_.end();) {
        const Timer::Span left = job->end - timer_.now();
        const bool is_over = left <= Timer::Span::zero() || *job->is_cancelled;
        const bool has_room =
            going_.size() < options_.transfers_max && going_to_[job->server] < options_.transfers_per_host_max;
        if (!is_over && !has_room) {
            ++job;
            continue;
        }
        CurlJob taken = std::move(*job);
        job = waiting_.erase(job);
        ++gone;
        if (is_over) {
            Error error = *taken.is_cancelled ? called_off() : too_slow(taken.request);
            std::move(taken).end_with(fail(std::move(error)));
        } else {
            start(std::move(taken), left);
        }
    }
    std::erase_if(going_to_, [](const auto& one) { return one.second == 0; });
    const std::lock_guard lock(mutex_);
    waiting_count_ -= gone;
}

void CurlPump::start(CurlJob job, Timer::Span left) {
    auto transfer = std::make_unique<CurlTransfer>(std::move(job), options_, left);
    CURL* easy = transfer->easy();
    ++going_to_[transfer->server()];
    going_.emplace(easy, std::move(transfer));
    if (curl_multi_add_handle(multi_, easy) != CURLM_OK) {
        throw std::bad_alloc();
    }
}

void CurlPump::end_cancelled() {
    std::vector<CURL*> cancelled;
    for (const auto& [easy, transfer] : going_) {
        if (transfer->is_cancelled()) {
            cancelled.push_back(easy);
        }
    }
    for (CURL* easy : cancelled) {
        end(easy, fail(called_off()));
    }
}

/// @return whether there were any
bool CurlPump::end_done() {
    bool has_ended = false;
    int left = 0;
    while (const CURLMsg* told = curl_multi_info_read(multi_, &left)) {
        if (told->msg == CURLMSG_DONE) {
            CURL* easy = told->easy_handle;
            const CURLcode code = told->data.result;
            end(easy, going_.at(easy)->outcome(code));
            has_ended = true;
        }
    }
    return has_ended;
}

void CurlPump::end(CURL* easy, Result<ports::HttpResponse> answer) {
    curl_multi_remove_handle(multi_, easy);
    const auto place = going_.find(easy);
    --going_to_[place->second->server()];
    CurlJob job = place->second->take_job();
    going_.erase(place);
    std::move(job).end_with(std::move(answer));
}

void CurlPump::end_all() {
    while (!going_.empty()) {
        end(going_.begin()->first, fail(called_off()));
    }
    for (CurlJob& job : waiting_) {
        std::move(job).end_with(fail(called_off()));
    }
    waiting_.clear();
}

/// libcurl knows the deadlines of those that are going.
std::chrono::milliseconds CurlPump::wait_max() const {
    Timer::Span span = kWaitMax;
    const Timer::Span now = timer_.now();
    for (const CurlJob& job : waiting_) {
        span = std::min(span, job.end - now);
    }
    return std::chrono::ceil<std::chrono::milliseconds>(std::max(span, Timer::Span::zero()));
}

} // namespace mcp::adapters
