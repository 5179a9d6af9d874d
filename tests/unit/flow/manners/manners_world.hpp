#pragma once
#include "async/env.hpp"
#include "flow/manners/polite_client.hpp"
#include "tests/support/fake_store.hpp"
#include "tests/support/service_fakes.hpp"
#include "tests/support/virtual_time.hpp"

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mcp::flow {

/// A source in virtual time: takes its time for each answer, and keeps when it was asked what.
class TimedSource final : public ports::HttpClient {
public:
    struct Reply {
        Result<ports::HttpResponse> answer = ports::HttpResponse{.status = 200, .headers = {}, .body = "{}"};
        Timer::Span after = std::chrono::milliseconds{200};
    };
    using Behaviour = std::function<Reply(const ports::HttpRequest&)>;

    explicit TimedSource(Timer& timer) : timer_(timer) {}

    [[nodiscard]] Task<Result<ports::HttpResponse>> send(ports::HttpRequest request) override {
        starts.push_back(timer_.now());
        requests.push_back(request);
        Reply reply = behaviour(request);
        if (reply.after > request.time_max) {
            reply = {.answer = fail(ErrorKind::timeout, {"fetch.timeout", {{"seconds", std::int64_t{15}}}}),
                     .after = request.time_max};
        }
        co_await timer_.wait(reply.after);
        co_return std::move(reply.answer);
    }

    [[nodiscard]] Timer::Span closest() const { ///< of any two starts
        Timer::Span closest = Timer::Span::max();
        for (std::size_t i = 1; i < starts.size(); ++i) {
            closest = std::min(closest, starts[i] - starts[i - 1]);
        }
        return closest;
    }

    Behaviour behaviour = [](const ports::HttpRequest&) { return Reply{}; };
    std::vector<Timer::Span> starts;
    std::vector<ports::HttpRequest> requests;

private:
    Timer& timer_;
};

inline TimedSource::Reply with_status(int status, std::vector<std::pair<std::string, std::string>> headers = {}) {
    return {.answer = ports::HttpResponse{.status = status, .headers = std::move(headers), .body = "said"}};
}

inline TimedSource::Reply with_error(ErrorKind kind) {
    return {.answer = fail(kind, {"fetch.refused", {}})};
}

/// What came of a request, and when.
struct Outcome {
    std::optional<Result<ports::HttpResponse>> answer;
    Timer::Span at{};

    [[nodiscard]] bool is_error(ErrorKind kind) const { return answer && !*answer && answer->error().kind == kind; }
    [[nodiscard]] int status() const { return answer && *answer ? (*answer)->status : 0; }
};

/// One source, and a client with manners in front of it that can be made anew as after a crash.
struct MannersWorld {
    explicit MannersWorld(std::uint64_t seed = 1, Manners how = {.name = "mempool"})
        : chance(seed), manners(std::move(how)) {
        make();
    }

    void make() {
        client = std::make_unique<PoliteClient>(env, source, manners, store_used, time.pool());
        auto loading = client->load();
        loaded = time.run(std::move(loading)).has_value();
    }
    void crash() {
        time.crash();
        env.compute = env.blocking = time.pool();
        make();
    }

    static ports::HttpRequest about(std::string what, Timer::Span time_max = std::chrono::seconds{30}) {
        return {.url = "https://mempool.example/" + std::move(what), .time_max = time_max};
    }

    /// Sends it beside all else.
    std::shared_ptr<Outcome> start(ports::HttpRequest request) {
        auto outcome = std::make_shared<Outcome>();
        time.start(keep(*client, time.timer(), std::move(request), outcome));
        return outcome;
    }
    /// Sends it and waits for what comes of it.
    Outcome ask(ports::HttpRequest request) {
        const std::shared_ptr<Outcome> outcome = start(std::move(request));
        time.run_until_true([&] { return outcome->answer.has_value(); });
        return *outcome;
    }
    Outcome ask(std::string what) { return ask(about(std::move(what))); }

    static Task<void> keep(PoliteClient& client, Timer& timer, ports::HttpRequest request,
                           std::shared_ptr<Outcome> outcome) {
        auto sending = client.send(std::move(request));
        Result<ports::HttpResponse> answer = co_await std::move(sending);
        outcome->at = timer.now();
        outcome->answer.emplace(std::move(answer));
    }

    test::VirtualTime time{Time(std::chrono::sys_days{std::chrono::year{2026} / 9 / 14}) + std::chrono::hours{5}};
    test::KeptLog log;
    test::KeptMetrics metrics;
    test::SeededChance chance;
    Env env{time.clock(), time.timer(), log, metrics, chance, time.pool(), time.pool()};
    test::FakeStore store;
    ports::Store* store_used = &store;
    TimedSource source{time.timer()};
    Manners manners;
    std::unique_ptr<PoliteClient> client;
    bool loaded = false;
};

} // namespace mcp::flow
