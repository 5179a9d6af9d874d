#include "flow/manners/polite_client.hpp"

#include "flow/manners/retry_after.hpp"
#include "flow/manners/verdict.hpp"
#include "flow/tell.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace mcp::flow {

using ports::HttpRequest;
using ports::HttpResponse;

namespace {

constexpr std::string_view kComponent = "sources";
constexpr std::chrono::seconds kChanceNeeded{2};
constexpr int kDoublingsMost = 6;

std::int64_t whole_seconds(Timer::Span span) {
    return std::max(std::chrono::ceil<std::chrono::seconds>(span), std::chrono::seconds{0}).count();
}

} // namespace

/// When all that is done for a request must have ended.
struct PoliteClient::Bounds {
    Bounds(Timer::Span now, Timer::Span time_max)
        : end(now + time_max), last_start(end - std::min<Timer::Span>(kChanceNeeded, time_max / 2)) {}

    Timer::Span end;
    Timer::Span last_start; ///< a try begun later would fail for our own haste, and the source be blamed for it
};

struct PoliteClient::Tried {
    Answer answer;
    bool was_sent = true;
    bool may_pass = false; ///< worth another try
};

/// The breaker's leave for one request. One that is cut off says nothing about the source.
class PoliteClient::Passage {
public:
    Passage(Breaker& breaker, Breaker::Pass pass) : breaker_(breaker), pass_(pass) {}
    ~Passage() {
        if (pass_) {
            breaker_.came_to_nothing(*pass_);
        }
    }
    Passage(const Passage&) = delete;
    Passage& operator=(const Passage&) = delete;

    void succeeded() { breaker_.succeeded(taken()); }
    void failed(Timer::Span now) { breaker_.failed(taken(), now); }

private:
    Breaker::Pass taken() { return std::exchange(pass_, std::nullopt).value(); }

    Breaker& breaker_;
    std::optional<Breaker::Pass> pass_;
};

PoliteClient::PoliteClient(Env& env, ports::HttpClient& http, Manners manners, ports::Store* store,
                           boost::asio::any_io_executor executor)
    : env_(env), http_(http), manners_(std::move(manners)), executor_(std::move(executor)),
      memory_(env, store, manners_.name, executor_),
      limiter_(env.timer, {.spacing = manners_.spacing, .waiting_max = manners_.waiting_max}, executor_),
      breaker_(manners_.breaker) {
    env_.metrics.set(Metric::source_breaker_open, 0, {manners_.name});
}

Task<Result<void>> PoliteClient::load() {
    const Timer::Span wait_max = std::max(manners_.pause_max, manners_.breaker.probe_after);
    const Result<Remembered> found = co_await memory_.recall(wait_max);
    if (!found) {
        co_return fail(found.error());
    }
    limiter_.hold(found->next);
    breaker_.restore(found->failures, found->open_until);
    failure_ = found->failure;
    env_.metrics.set(Metric::source_breaker_open, breaker_.is_open() ? 1 : 0, {manners_.name});
    co_return Result<void>{};
}

Task<PoliteClient::Answer> PoliteClient::send(HttpRequest request) {
    const Bounds bounds(env_.timer.now(), request.time_max);
    if (request.on_body) {
        auto asking = ask(std::move(request), bounds);
        co_return co_await std::move(asking);
    }
    const std::string question = question_of(request);
    while (const std::shared_ptr<Flights::Flight> flight = flights_.find(question, bounds.end)) {
        co_await flight->landed.wait();
        if (flight->answer) {
            co_return *flight->answer;
        }
    }
    Flights::Lead lead(flights_, question, executor_, bounds.end);
    auto asking = ask(std::move(request), bounds);
    Answer answer = co_await std::move(asking);
    lead.tell(answer);
    co_return answer;
}

Task<PoliteClient::Answer> PoliteClient::ask(HttpRequest request, Bounds bounds) {
    const int tries_max = request.on_body ? 1 : manners_.tries_max;
    std::optional<Answer> last;
    for (int tries = 1;; ++tries) {
        auto trying = try_once(request, bounds);
        Tried tried = co_await std::move(trying);
        if (!tried.was_sent && last) {
            co_return std::move(*last); // what the source said tells more than that it is not asked again
        }
        const Timer::Span pause = manners_.backoff.before_next(tries, env_.chance);
        if (!tried.may_pass || tries >= tries_max || env_.timer.now() + pause > bounds.last_start) {
            co_return std::move(tried.answer);
        }
        last.emplace(std::move(tried.answer));
        co_await env_.timer.wait(pause);
    }
}

Task<PoliteClient::Tried> PoliteClient::try_once(HttpRequest request, Bounds bounds) {
    if (!breaker_.lets_pass(env_.timer.now())) {
        co_return turned_down();
    }
    std::optional<Limiter::Turn> turn = co_await limiter_.turn(bounds.last_start);
    const std::optional<Breaker::Pass> pass = turn ? breaker_.pass(env_.timer.now()) : std::nullopt;
    if (!pass) {
        co_return turned_down();
    }
    Passage passage(breaker_, *pass);
    co_await remember(env_.timer.now() + manners_.spacing); // before it begins: a crash must not make us forget it
    if (env_.timer.now() >= bounds.end) {
        co_return turned_down();
    }
    turn->begin();
    const Timer::Span began = env_.timer.now();
    request.time_max = request.on_body ? bounds.end - began : std::min(bounds.end - began, manners_.try_time_max);
    auto sending = http_.send(request);
    Answer answer = co_await std::move(sending);
    note(request, answer, passage, began);
    co_await remember(limiter_.next());
    const bool may_pass = verdict_on(request, answer) == Verdict::passing;
    co_return Tried{.answer = std::move(answer), .was_sent = true, .may_pass = may_pass};
}

/// Not sent, and why not.
PoliteClient::Tried PoliteClient::turned_down() const {
    const Timer::Span now = env_.timer.now();
    Tried tried{.answer = HttpResponse{}, .was_sent = false, .may_pass = false};
    if (!breaker_.is_open()) {
        env_.metrics.count(Metric::source_held_back, {manners_.name, "turn"});
        tried.answer = fail(ErrorKind::rate_limited, {"manners.too_late",
                                                      {{"source", manners_.name},
                                                       {"seconds", whole_seconds(limiter_.next() - now)},
                                                       {"waiting", static_cast<std::int64_t>(limiter_.waiting())}}});
    } else {
        env_.metrics.count(Metric::source_held_back, {manners_.name, "breaker"});
        const Timer::Span wait = std::max(*breaker_.open_until(), limiter_.next()) - now;
        tried.answer = fail(ErrorKind::unavailable, {"manners.left_alone",
                                                     {{"source", manners_.name},
                                                      {"count", std::int64_t{breaker_.failures()}},
                                                      {"seconds", whole_seconds(wait)}}});
    }
    return tried;
}

/// @param next before which no request begins, for all that is known now
Task<void> PoliteClient::remember(Timer::Span next) {
    Remembered now{
        .next = next, .failures = breaker_.failures(), .open_until = breaker_.open_until(), .failure = failure_};
    auto keeping = memory_.keep(std::move(now));
    co_await std::move(keeping);
}

void PoliteClient::note(const HttpRequest& request, const Answer& answer, Passage& passage, Timer::Span began) {
    env_.metrics.count(Metric::source_requests, {manners_.name, outcome_of(request, answer)});
    env_.metrics.observe(Metric::source_duration, seconds_of(env_.timer.now() - began), {manners_.name});
    switch (verdict_on(request, answer)) {
    case Verdict::well:
        note_success(passage);
        break;
    case Verdict::passing:
    case Verdict::lasting:
        note_failure(answer ? fmt::format("HTTP status {}", answer->status) : in_english(answer.error()), passage);
        break;
    case Verdict::nothing:
        break;
    }
    if (answer && verdict_on(request, answer) != Verdict::well) {
        keep_pause(*answer);
    }
}

void PoliteClient::note_success(Passage& passage) {
    const bool was_open = breaker_.is_open();
    passage.succeeded();
    failure_.clear();
    if (was_open) {
        env_.metrics.set(Metric::source_breaker_open, 0, {manners_.name});
        env_.log.write(LogLevel::info, kComponent, fmt::format("{} answers again", manners_.name));
    }
}

void PoliteClient::note_failure(std::string failure, Passage& passage) {
    const bool was_open = breaker_.is_open();
    passage.failed(env_.timer.now());
    failure_ = std::move(failure);
    if (breaker_.is_open() && !was_open) {
        limiter_.turn_away();
        env_.metrics.set(Metric::source_breaker_open, 1, {manners_.name});
        env_.log.write(LogLevel::error, kComponent,
                       fmt::format("{} failed {} times in a row and is left alone, but for a request every {} s; the "
                                   "last time: {}",
                                   manners_.name, breaker_.failures(), whole_seconds(manners_.breaker.probe_after),
                                   failure_));
    }
}

/// A source that is too busy says for how long it wants to be left alone; one that only says so gets twice as long each
/// time.
void PoliteClient::keep_pause(const HttpResponse& response) {
    const std::optional<std::string_view> wish = response.header("retry-after");
    const bool is_busy = response.status == 429 || response.status == 503;
    std::optional<Timer::Span> pause;
    if (wish && is_busy) {
        pause = retry_after(*wish, response.header("date"), env_.clock.now(), manners_.pause_max);
    }
    if (pause && *pause > manners_.spacing) {
        env_.log.write(LogLevel::warning, kComponent,
                       fmt::format("{} asks to be left alone for {} s", manners_.name, whole_seconds(*pause)));
    }
    if (!pause && response.status == 429) {
        const Timer::Span doubled = manners_.spacing * (1 << std::clamp(breaker_.failures(), 0, kDoublingsMost));
        pause = std::min(doubled, manners_.breaker.probe_after); // the probe is not to be put off
    }
    if (pause) {
        limiter_.hold(env_.timer.now() + *pause);
    }
}

} // namespace mcp::flow
