#include "app/commands/with_store.hpp"

#include "adapters/store/sqlite/sqlite_store.hpp"
#include "app/commands/read_settings.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace mcp::app {

int with_store(const std::string& env_file, const ConfigWorld& world, Io& io,
               const std::function<Task<int>(ports::Store&, const Settings&)>& work) {
    const std::optional<LoadedSettings> loaded = read_settings(env_file, world, io);
    if (!loaded) {
        return ExitStatus::kWorldFailed;
    }
    return with_store(loaded->settings, io, work);
}

int with_store(const Settings& settings, Io& io, const std::function<Task<int>(ports::Store&, const Settings&)>& work) {
    boost::asio::io_context context(1);
    Result<std::unique_ptr<adapters::SqliteStore>> store =
        adapters::SqliteStore::open(settings.data_folder, adapters::StoreMode::existing, {.threads = false});
    if (!store) {
        return report_failure(io, store.error());
    }
    int status = ExitStatus::kWorldFailed;
    std::exception_ptr fault;
    auto at_end = [&](const std::exception_ptr& thrown, int answer) {
        fault = thrown;
        status = answer;
    };
    boost::asio::co_spawn(context, work(**store, settings), std::move(at_end));
    context.run();
    if (fault) {
        std::rethrow_exception(fault);
    }
    return status;
}

} // namespace mcp::app
