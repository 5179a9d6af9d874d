#include "adapters/system/service_signals.hpp"

#include <csignal>
#include <utility>

namespace mcp::adapters {

ServiceSignals::ServiceSignals(const boost::asio::any_io_executor& executor, std::function<void(int)> on_stop,
                               std::function<void()> on_reopen)
    : signals_(executor, SIGTERM, SIGINT, SIGHUP), on_stop_(std::move(on_stop)), on_reopen_(std::move(on_reopen)) {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    listen();
}

void ServiceSignals::close() {
    signals_.cancel();
}

void ServiceSignals::listen() {
    signals_.async_wait([this](const boost::system::error_code& fault, int signal) {
        if (fault) { // closed, or gone
            return;
        }
        listen();
        if (signal == SIGHUP) {
            on_reopen_();
        } else {
            on_stop_(signal);
        }
    });
}

} // namespace mcp::adapters
