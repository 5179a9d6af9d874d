#include "app/sources/provider_set.hpp"

#include "domain/figure.hpp"
#include "flow/tell.hpp"

#include <fmt/format.h>

namespace mcp::app {
namespace {

std::optional<std::size_t> requests_max(std::string_view name, const Settings& settings) {
    return name == domain::source::kMempool ? std::optional(static_cast<std::size_t>(settings.mempool_requests_per_run))
                                            : std::nullopt;
}

} // namespace

std::optional<adapters::SourcePlace> place_of(std::string_view name, const Settings& settings) {
    if (name == domain::source::kMempool && !settings.mempool_url.empty()) {
        return adapters::SourcePlace{.url = settings.mempool_url, .api_key = {}};
    }
    if (name == domain::source::kAmboss && !settings.amboss_url.empty()) {
        return adapters::SourcePlace{.url = settings.amboss_url, .api_key = settings.amboss_key};
    }
    return std::nullopt;
}

ProviderSet::ProviderSet(const Settings& settings, Env& env, ports::HttpClient& http, ports::Store* store,
                         const boost::asio::any_io_executor& executor)
    : env_(env) {
    for (const adapters::SourceRow& row : adapters::source_rows()) {
        const std::optional<adapters::SourcePlace> place = place_of(row.name, settings);
        if (!place) {
            continue;
        }
        flow::Manners manners{.name = std::string(row.name)};
        manners.spacing = row.spacing;
        clients_.push_back(std::make_unique<flow::PoliteClient>(env, http, std::move(manners), store, executor));
        sources_.push_back(row.make(*clients_.back(), *place));
        asked_.push_back({.source = sources_.back().get(),
                          .requests_max = requests_max(row.name, settings),
                          .spacing = row.spacing});
    }
}

Task<void> ProviderSet::load() {
    for (const std::unique_ptr<flow::PoliteClient>& client : clients_) {
        const Result<void> recalled = co_await client->load();
        if (!recalled) {
            env_.log.write(LogLevel::error, "sources",
                           fmt::format("Cannot recall how sources were asked before; they are asked as if for the "
                                       "first time: {}",
                                       flow::in_english(recalled.error())));
        }
    }
}

} // namespace mcp::app
