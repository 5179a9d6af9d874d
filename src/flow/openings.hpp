#pragma once
#include "analysis/open_advice.hpp"
#include "domain/network.hpp"
#include "ports/store.hpp"

#include <chrono>
#include <optional>
#include <string>

namespace mcp::flow {

/// An opening advice costs more than all else in a report, and depends on node and graph only: it is kept, and computed
/// anew weekly or when the node's own channels changed.
inline constexpr std::chrono::days kOpeningsKept{7};

/// Tells the node's channels (ids, peers, capacities) apart from any others, on any machine.
[[nodiscard]] std::string digest_of_channels(const domain::Network& network, domain::NodeId node);

[[nodiscard]] bool is_fresh(const ports::KeptOpenings& kept, const domain::Network& network, domain::NodeId node,
                            Day today);

[[nodiscard]] ports::KeptOpenings to_keep(const analysis::OpenAdvice& advice, const domain::Network& network,
                                          domain::NodeId node, Day today);

/// The advice in terms of today's graph: candidates that left it are left out.
/// @return an error when the kept text cannot be read, e.g. because another version wrote it
[[nodiscard]] Result<analysis::OpenAdvice> from_kept(const ports::KeptOpenings& kept, const domain::Network& network);

} // namespace mcp::flow
