#pragma once
#include "ports/http_client.hpp"
#include "ports/source.hpp"

#include <chrono>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::adapters {

/// Where a provider is asked, from the configuration.
struct SourcePlace {
    std::string url;
    std::string api_key; ///< empty: none
};

/// THE TABLE's row of one source: what a report can be made from. English Markdown in its texts, for the page of the
/// reference.
struct SourceRow {
    std::string_view name; ///< of domain::source, as in a report's `sources[]`
    std::string_view title;
    std::string_view gives;
    std::vector<std::string_view> needs = {};        ///< configuration keys; without all of them it is not configured
    std::vector<std::string_view> takes = {};        ///< further keys
    std::string_view public_url = {};                ///< of the provider itself; empty: there is none
    std::chrono::seconds spacing{0};                 ///< from one request to the next, of all users together; 0: none
    std::span<const ports::Question> questions = {}; ///< of providers; with what stays fresh for how long
    std::string_view freshness = {};                 ///< of the others
    std::vector<std::string_view> limits = {};
    std::vector<std::string_view> definitions = {};
    std::vector<std::string_view> before_use = {};
    /// Makes the provider's client; nullptr for what is no provider (graphs, the own node). `http` must outlive it.
    std::unique_ptr<ports::Source> (*make)(ports::HttpClient& http, const SourcePlace& place) = nullptr;
};

/// Sources of the graph first.
[[nodiscard]] const std::vector<SourceRow>& source_rows();

/// docs/reference/sources.md.
[[nodiscard]] std::string sources_page();

} // namespace mcp::adapters
