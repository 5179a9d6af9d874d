#include "app/sources/asking_world.hpp"

#include <mutex>
#include <ostream>
#include <utility>

namespace mcp::app {

class AskingWorld::Remarks final : public Log {
public:
    explicit Remarks(Io& io) : io_(io) {}

    void write(LogLevel level, std::string_view /*component*/, std::string_view text,
               std::vector<LogField> /*fields*/) override {
        if (io_.progress && (level == LogLevel::warning || level == LogLevel::error)) {
            const std::lock_guard lock(mutex_);
            io_.err << "mcp-api: " << text << '\n' << std::flush;
        }
    }

private:
    Io& io_;
    std::mutex mutex_;
};

class AskingWorld::Unmeasured final : public Metrics {
public:
    void count(Metric /*metric*/, Labels /*labels*/, double /*by*/) override {}
    void set(Metric /*metric*/, double /*value*/, Labels /*labels*/) override {}
    void observe(Metric /*metric*/, double /*value*/, Labels /*labels*/) override {}
};

AskingWorld::AskingWorld(Io& io) : AskingWorld(io, std::make_unique<Remarks>(io)) {}

AskingWorld::AskingWorld(Io& io, std::unique_ptr<Log> log)
    : compute_(io.threads), log_(std::move(log)),
      metrics_(std::make_unique<Unmeasured>()), env_{.clock = io.clock,
                                                     .timer = timer_,
                                                     .log = *log_,
                                                     .metrics = *metrics_,
                                                     .chance = chance_,
                                                     .compute = compute_.get_executor(),
                                                     .blocking = blocking_.get_executor()},
      http_(std::make_unique<adapters::CurlClient>(
          adapters::CurlClientOptions{.user_agent = adapters::user_agent(MCP_VERSION)}, timer_)) {}

/// Threads first: they work on what coroutines own.
AskingWorld::~AskingWorld() {
    http_.reset();
    compute_.join();
    blocking_.join();
}

} // namespace mcp::app
