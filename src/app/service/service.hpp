#pragma once
#include "app/config/load_settings.hpp"
#include "async/timer.hpp"
#include "base/error.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace mcp::ports {
class Store;
}
namespace mcp::flow {
class RunControl;
}

namespace mcp::app {

/// The service as it is built: its parts are made in the order in which they need each other, and stopped in reverse.
/// All that is of the world (threads, files, sockets, signals) begins here.
class Service {
public:
    /// Opens the log, the token keys and the store.
    /// @param log_to_stderr false: only to the file, where the terminal shows something else
    /// @return an error with the remedy
    [[nodiscard]] static Result<std::unique_ptr<Service>> build(const LoadedSettings& loaded,
                                                                bool log_to_stderr = true);
    ~Service();

    /// Takes the address. @return the port, also when any free one was asked for; an error when it cannot be had
    [[nodiscard]] Result<std::uint16_t> listen();
    /// Serves, keeps the schedule and makes the runs, until SIGTERM, SIGINT or stop(). Throws what only a fault of the
    /// program can be.
    void run();
    /// What is in progress has its time to end; from the service's own thread.
    void stop();

    /// Runs beside all else, from the start of run() on.
    void begin(std::function<Task<void>()> task) { task_ = std::move(task); }
    [[nodiscard]] ports::Store& store();
    [[nodiscard]] flow::RunControl& runs();
    [[nodiscard]] Timer& timer();

private:
    struct Parts;
    explicit Service(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
    std::function<Task<void>()> task_;
};

} // namespace mcp::app
