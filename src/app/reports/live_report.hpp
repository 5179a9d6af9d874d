#pragma once
#include "app/commands/io.hpp"
#include "app/config/settings.hpp"
#include "base/error.hpp"
#include "domain/report.hpp"

#include <string>

namespace mcp::app {

/// Today's report of one node, from the sources that the configuration names. What they answer is kept in a folder of
/// the cache: the next call asks nobody twice, compares with the days before and keeps the manners that this one owes.
/// @param node public key, 8 digits or more of its beginning, or alias
/// @return an error when no source gives a channel graph, or none of its nodes is `node`
[[nodiscard]] Result<domain::Report> live_report(Settings settings, const std::string& node, Io& io);

} // namespace mcp::app
