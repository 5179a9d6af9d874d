#pragma once
#include "analysis/node_view.hpp"
#include "base/message.hpp"

#include <string>
#include <vector>

namespace mcp::analysis {

using ChannelList = std::vector<const OwnChannel*>;

/// The node's alias, or the beginning of its public key when it has none: what a person can recognise.
[[nodiscard]] std::string display_name(const domain::Node& node);

/// The same of a peer that the graph may not know.
[[nodiscard]] std::string display_name(const NodeView& view, const domain::PubKey& key);

/// A peer and the amount that it is named for.
struct PeerAmount {
    domain::PubKey key;
    Sat amount;
};

/// "ACINQ (5,000,000 sat), bfx-lnd0 (...) and 3 more", in the order given.
[[nodiscard]] std::vector<Message> name_peers(const NodeView& view, const std::vector<PeerAmount>& peers);

/// The amount, or in words that the graph does not tell it.
[[nodiscard]] MessageValue capacity_words(const std::optional<Sat>& capacity);

/// "ACINQ (5,000,000 sat), bfx-lnd0 (...) and 3 more": the peers of the largest of `channels`, each peer once.
[[nodiscard]] std::vector<Message> name_peers(const NodeView& view, const ChannelList& channels);

/// The channel to begin with: the largest with the peer that holds most of `channels`.   @pre channels is not empty
[[nodiscard]] const OwnChannel& leading_channel(const ChannelList& channels);

/// Of all channels together; nothing when the graph does not tell that of one of them: a sum with gaps is no total.
[[nodiscard]] std::optional<Sat> total_capacity(const ChannelList& channels);

/// The same in words: "at least ..." when the graph does not tell that of one of them.
[[nodiscard]] MessageValue total_capacity_words(const ChannelList& channels);

template <typename Predicate>
[[nodiscard]] ChannelList channels_where(const NodeView& view, Predicate is) {
    ChannelList found;
    for (const OwnChannel& channel : view.channels()) {
        if (is(channel)) {
            found.push_back(&channel);
        }
    }
    return found;
}

} // namespace mcp::analysis
