#pragma once
#include "base/error.hpp"
#include "domain/own_node.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::adapters {

/// The aliases by which forwards may name a channel, and its real id.
using ClnNames = std::map<domain::ShortChannelId, domain::ShortChannelId>;

/// What `listpeerchannels` tells.
struct ClnChannels {
    std::vector<domain::NodeChannel> open; ///< ascending by id
    domain::NodeBalances balances;         ///< of the open ones
    std::vector<domain::PendingChannel> pending;
    std::vector<domain::NodeClosing> ended; ///< paid out, and not forgotten yet
    /// A channel's state that nobody knew when this was written: neither that channel nor any sum can be told then.
    std::optional<Message> unknown;
    ClnNames names;
    /// Of transactions that open or change a channel and have not done so yet: the node does not count yet what of
    /// their outputs went into the channel.
    std::set<std::string> unlocked;
};

/// What `listclosedchannels` tells.
struct ClnClosed {
    /// Newest first, as far as it shows: Core Lightning forgets when a channel ended. It tells who wished that, but not
    /// how it went: its owner's wish may end in either way, `other` then.
    std::vector<domain::NodeClosing> closings;
    ClnNames names;
};

/// @return bad_upstream, with the path, for what is no such answer or cannot be
[[nodiscard]] Result<ClnChannels> read_cln_channels(std::string_view body);

/// @return bad_upstream, likewise
[[nodiscard]] Result<ClnClosed> read_cln_closings(std::string_view body);

} // namespace mcp::adapters
