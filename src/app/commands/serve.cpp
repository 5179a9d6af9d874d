#include "app/commands/serve.hpp"

#include "adapters/system/no_core_dump.hpp"
#include "app/commands/read_settings.hpp"
#include "app/service/service.hpp"

namespace mcp::app {

int serve(const ServeOptions& options, Io& io, const ConfigWorld& world) {
    adapters::forbid_core_dumps();
    const std::optional<LoadedSettings> loaded = read_settings(options.env_file, world, io);
    if (!loaded) {
        return ExitStatus::kWorldFailed;
    }
    const Result<std::unique_ptr<Service>> service = Service::build(*loaded);
    if (!service) {
        return report_failure(io, service.error());
    }
    const Result<std::uint16_t> port = (*service)->listen();
    if (!port) {
        return report_failure(io, port.error());
    }
    (*service)->run();
    return ExitStatus::kDone;
}

} // namespace mcp::app
