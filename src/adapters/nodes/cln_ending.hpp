#pragma once
#include "adapters/nodes/cln_values.hpp"
#include "base/json/document.hpp"
#include "domain/own_node.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace mcp::adapters {

/// How a channel of `listpeerchannels` comes to its end, as far as its words and its past show.
struct ClnEnding {
    domain::CloseKind kind = domain::CloseKind::other;
    bool is_paid_out = false; ///< nothing of it is to be waited for
    std::optional<std::int32_t> blocks_left;
    std::string closing_txid; ///< empty: not told
};

/// @param channel one whose state is beyond CHANNELD_NORMAL
[[nodiscard]] ClnEnding read_cln_ending(ClnValues& values, const json::Cursor& channel);

} // namespace mcp::adapters
