#pragma once
#include "domain/pub_key.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

/// What Amboss is asked, as GraphQL. A test holds every field against Amboss' own schema.
namespace mcp::adapters::amboss {

inline constexpr std::size_t kNodesMax = 50; ///< in one request

/// The whole network's figures.
[[nodiscard]] std::string_view network_query();
/// Facts of several nodes at once: each under its alias. @pre 1 <= nodes <= kNodesMax
[[nodiscard]] std::string nodes_query(std::size_t nodes);
/// "n3": the name under which the answer tells of the fourth node.
[[nodiscard]] std::string alias_of(std::size_t node);

/// Bodies of the requests: JSON with "query" and "variables".
[[nodiscard]] std::string network_request();
[[nodiscard]] std::string nodes_request(std::span<const domain::PubKey> nodes);

/// Where the answer to network_query() tells it.
inline constexpr std::string_view kNetworkField = "getNetworkMetrics";

} // namespace mcp::adapters::amboss
