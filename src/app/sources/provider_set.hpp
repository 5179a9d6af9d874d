#pragma once
#include "adapters/sources/all.hpp"
#include "app/config/settings.hpp"
#include "flow/manners/polite_client.hpp"
#include "flow/outside/asked_source.hpp"

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace mcp::app {

/// Where the provider `name` (of the table of sources) is to be asked; nothing: it is not configured.
[[nodiscard]] std::optional<adapters::SourcePlace> place_of(std::string_view name, const Settings& settings);

/// The sources beside the graph that the configuration names, each behind a client that keeps its manners.
class ProviderSet {
public:
    /// @param http who really asks   @param store keeps the manners over restarts; nullptr: nothing is kept
    ProviderSet(const Settings& settings, Env& env, ports::HttpClient& http, ports::Store* store,
                const boost::asio::any_io_executor& executor);

    /// In the order of the table. Valid as long as this is.
    [[nodiscard]] const std::vector<flow::AskedSource>& asked() const { return asked_; }

    /// Recalls what earlier processes promised the sources; to be called before the first request.
    Task<void> load();

private:
    Env& env_;
    std::vector<std::unique_ptr<flow::PoliteClient>> clients_;
    std::vector<std::unique_ptr<ports::Source>> sources_;
    std::vector<flow::AskedSource> asked_;
};

} // namespace mcp::app
