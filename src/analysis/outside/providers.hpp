#pragma once
#include "domain/network.hpp"
#include "domain/outside.hpp"
#include "domain/own_node.hpp"

#include <span>

/// What other providers say, put beside our own figures and never mixed with them: each row keeps its source and its
/// date. In all of these, `outside` may be nothing: no source beside the graph was asked.
namespace mcp::analysis {

[[nodiscard]] domain::PriceFigures price_figures(const domain::Outside* outside, const domain::SourceState& mempool);

/// @param states of every source that there could be
[[nodiscard]] domain::Told<domain::CountedNetwork> counted_networks(const domain::Outside* outside,
                                                                    std::span<const domain::SourceState> states);
[[nodiscard]] domain::Told<domain::CountedNode> counted_nodes(const domain::Outside* outside,
                                                              std::span<const domain::SourceState> states);

/// Newest first; a channel that two providers tell stands once, with what each of them says.
/// @param network names peers whose alias no provider tells   @param node the user's own, where it was read
[[nodiscard]] domain::Told<domain::ReportClosing> told_closings(const domain::Outside* outside,
                                                                std::span<const domain::SourceState> states,
                                                                const domain::Network& network,
                                                                const domain::OwnNode* node = nullptr);

} // namespace mcp::analysis
