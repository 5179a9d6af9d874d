#pragma once
#include "domain/network.hpp"

#include <vector>

namespace mcp::adapters {

/// A channel as its file has it: the ends by public key, because the node list may come after it.
struct ChannelRecord {
    domain::Channel channel; ///< `node` is not set yet; ends and policies already in order
    domain::PubKey key[2];
};

/// Makes the network of one day out of the records of a file, in file order: joins channels to nodes (adding those that
/// nobody listed), keeps the newer of what is there twice, finds the graph's own date, counts in `notes` and indexes.
/// @complexity O(n log n)
[[nodiscard]] domain::Network make_network(std::vector<domain::Node> nodes, std::vector<ChannelRecord> channels,
                                           domain::ReadNotes notes);

/// The latest date that an update of this graph can honestly bear. Clocks of a few nodes run wild (LND itself takes
/// updates up to 14 days ahead), and one of them must not become the date that all ages are measured from: what is
/// later than the 99.9 % quantile of all updates by more than 2 days is not believed. Below 1000 updates that quantile
/// is the newest update but one, and an honest network may be quiet for long: there 14 days are allowed, LND's own
/// horizon.
/// @param updates of policies and channels, any order   @return absent when there is none
[[nodiscard]] std::optional<Time> latest_honest_date(std::vector<Time> updates);

} // namespace mcp::adapters
