#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/signal_set.hpp>
#include <functional>

namespace mcp::adapters {

/// What signals do to the service, in place of what set_signals() made them do to a command. The callbacks run on the
/// executor, as everything of the service does, not inside a signal handler.
/// - SIGTERM and SIGINT: `on_stop(signal)`, each time one comes: whoever is asked twice may hurry.
/// - SIGHUP: `on_reopen()`: logrotate has moved the log.
/// - SIGPIPE and SIGXFSZ: nothing: a write to somebody who left, and one beyond `ulimit -f`, fail where they are made.
///   That stays so when this is gone.
class ServiceSignals {
public:
    ServiceSignals(const boost::asio::any_io_executor& executor, std::function<void(int)> on_stop,
                   std::function<void()> on_reopen);

    /// Listens no more: nothing of this keeps the executor's context running.
    void close();

private:
    void listen();

    boost::asio::signal_set signals_;
    std::function<void(int)> on_stop_;
    std::function<void()> on_reopen_;
};

} // namespace mcp::adapters
