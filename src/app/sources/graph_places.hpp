#pragma once
#include "adapters/graphs/graph_shelf.hpp"
#include "app/config/settings.hpp"

#include <memory>
#include <vector>

namespace mcp::app {

/// The servers that the configuration lets the channel graph be read from, in the configured order.
[[nodiscard]] std::vector<std::unique_ptr<adapters::GraphFeed>> make_feeds(const Settings& settings,
                                                                           const adapters::FeedTools& tools);

/// Whether the configuration names any place of a channel graph.
[[nodiscard]] bool has_graph_source(const Settings& settings);

/// The shelf's options: feeds and the file in the configured order, kept below the data folder.
/// @param env outlives the shelf
[[nodiscard]] adapters::GraphShelfOptions shelf_options(const Settings& settings, const Env& env,
                                                        ports::HttpClient& http, unsigned threads);

} // namespace mcp::app
