#pragma once
#include "app/commands/io.hpp"
#include "app/config/settings.hpp"
#include "app/node/given_node.hpp"
#include "base/error.hpp"
#include "domain/report.hpp"

#include <string>

namespace mcp::app {

/// Today's report of one node, from the sources that the configuration names. What they answer is kept in a folder of
/// the cache: the next call asks nobody twice, compares with the days before and keeps the manners that this one owes.
/// @param node public key, 8 digits or more of its beginning, or alias; empty: that of `own`
/// @param own the node itself where it is one's own: asked first, and what it told on earlier days is compared with
/// @return an error when no source gives a channel graph, none of its nodes is `node`, or `own` cannot be read;
/// conflict when `node` is another one than `own`
[[nodiscard]] Result<domain::Report> live_report(Settings settings, const std::string& node, const NodeOptions& own,
                                                 Io& io);

} // namespace mcp::app
