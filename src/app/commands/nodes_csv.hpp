#pragma once
#include "domain/network.hpp"

#include <string>
#include <string_view>

namespace mcp::app {

/// One CSV cell for text that strangers chose: quoted by RFC 4180, and with an apostrophe in front when a spreadsheet
/// would take it for a formula (it begins with = + - @), so that an alias like `=HYPERLINK(...)` stays a name.
[[nodiscard]] std::string csv_text_cell(std::string_view text);

/// A line for each node, in the order of the graph: its figures and its exact betweenness by hops and by fee (50 k,
/// 500 k and 5 M sat). RFC 4180 with LF; what is absent is an empty cell.
/// @complexity four runs of betweenness: seconds on the whole network
[[nodiscard]] std::string nodes_csv(const domain::Network& network, unsigned threads);

} // namespace mcp::app
