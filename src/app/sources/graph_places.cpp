#include "app/sources/graph_places.hpp"

#include "adapters/graphs/live/cln_feed.hpp"
#include "adapters/graphs/live/lnd_feed.hpp"
#include "adapters/graphs/live/rgs_feed.hpp"

#include <algorithm>

namespace mcp::app {
namespace {

using adapters::FeedTools;
using adapters::GraphFeed;

constexpr std::string_view kFile = "file";

/// @return nullptr when the configuration does not say where it is
std::unique_ptr<GraphFeed> make_feed(std::string_view kind, const Settings& settings, const FeedTools& tools) {
    if (kind == "lnd" && !settings.lnd_url.empty()) {
        return std::make_unique<adapters::LndFeed>(
            adapters::LndFeedOptions{.url = settings.lnd_url,
                                     .macaroon_file = settings.lnd_macaroon_file,
                                     .certificate_file = settings.lnd_certificate_file},
            tools);
    }
    if (kind == "cln" && !settings.cln_url.empty()) {
        return std::make_unique<adapters::ClnFeed>(adapters::ClnFeedOptions{.url = settings.cln_url,
                                                                            .rune_file = settings.cln_rune_file,
                                                                            .certificate_file = settings.cln_ca_file},
                                                   tools);
    }
    if (kind == "rgs" && !settings.rgs_url.empty()) {
        return std::make_unique<adapters::RgsFeed>(settings.rgs_url, tools);
    }
    return nullptr;
}

/// The kinds to ask in their order, each once.
std::vector<std::string> kinds_in_order(const Settings& settings) {
    std::vector<std::string> kinds;
    for (const std::string& kind : settings.graph_sources) {
        if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
            kinds.push_back(kind);
        }
    }
    return kinds;
}

bool asks_file(const Settings& settings) {
    const std::vector<std::string>& kinds = settings.graph_sources;
    return !settings.graph_file.empty() && std::find(kinds.begin(), kinds.end(), kFile) != kinds.end();
}

} // namespace

std::vector<std::unique_ptr<GraphFeed>> make_feeds(const Settings& settings, const FeedTools& tools) {
    std::vector<std::unique_ptr<GraphFeed>> feeds;
    for (const std::string& kind : kinds_in_order(settings)) {
        if (std::unique_ptr<GraphFeed> feed = make_feed(kind, settings, tools)) {
            feeds.push_back(std::move(feed));
        }
    }
    return feeds;
}

bool has_graph_source(const Settings& settings) {
    const std::vector<std::string>& kinds = settings.graph_sources;
    const auto is_configured = [&](std::string_view kind, const std::string& place) {
        return !place.empty() && std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
    };
    return is_configured("lnd", settings.lnd_url) || is_configured("cln", settings.cln_url) ||
           is_configured("rgs", settings.rgs_url) || asks_file(settings);
}

adapters::GraphShelfOptions shelf_options(const Settings& settings, const Env& env, ports::HttpClient& http,
                                          unsigned threads) {
    const FeedTools tools{.http = http, .timer = env.timer, .files = env.blocking};
    adapters::GraphShelfOptions options{.graph_file = asks_file(settings) ? settings.graph_file : std::string(),
                                        .data_folder = settings.data_folder,
                                        .threads = threads,
                                        .env = &env};
    for (const std::string& kind : kinds_in_order(settings)) {
        if (kind == kFile) {
            options.feeds_before_file = options.feeds.size();
        } else if (std::unique_ptr<GraphFeed> feed = make_feed(kind, settings, tools)) {
            options.feeds.push_back(std::move(feed));
        }
    }
    return options;
}

} // namespace mcp::app
