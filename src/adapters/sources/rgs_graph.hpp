#pragma once
#include "adapters/sources/rgs_records.hpp"
#include "base/error.hpp"
#include "domain/network.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace mcp::adapters {

/// What the snapshots of one Rapid Gossip Sync server say, applied in their order: a whole one first, then the changes
/// since. Pure. Counts, indices and steps are other people's: none makes memory before its bytes have come.
class RgsGraph {
public:
    static constexpr std::uint32_t kNodesMax = 1'000'000; ///< 60 times the network of 2025
    static constexpr std::uint32_t kChannelsMax = 1'000'000;

    /// Begins a snapshot. Refused: one of another chain, or older than the one before.
    [[nodiscard]] Result<void> begin(const RgsHead& head);
    /// The nodes and channels of the snapshot, and then its updates, in file order.
    /// Refused: an index or an id that cannot be, and more than the bounds above.
    [[nodiscard]] Result<void> add(const RgsNode& node);
    [[nodiscard]] Result<void> add(const RgsAnnouncement& announcement);
    [[nodiscard]] Result<void> add(const RgsUpdate& update, const RgsDefaults& defaults);
    void note_unread(std::uint64_t bytes) { notes_.unread_bytes += bytes; }

    /// When the newest update was announced that the server had seen: the date of the next request.
    [[nodiscard]] std::optional<Time> latest_seen() const;
    /// The graph after the last snapshot, without what the server has not mentioned for a week, as rust-lightning drops
    /// it: a closed channel is never called closed.
    /// @return an error when no channel is left
    [[nodiscard]] Result<domain::Network> network() const;

private:
    struct Direction {
        domain::Policy policy;
        std::int64_t told = 0; ///< seconds; a week before the snapshot that told it last
    };
    struct Channel {
        std::uint64_t id = 0;
        std::uint32_t node[2] = {0, 0}; ///< in nodes_, as announced
        std::optional<Sat> capacity;
        std::int64_t announced = 0; ///< as Direction::told
        std::optional<Direction> direction[2];
    };

    [[nodiscard]] bool is_left(const Channel& channel) const;
    [[nodiscard]] bool is_recent(const std::optional<Direction>& direction) const;
    [[nodiscard]] Result<void> add_channel(std::uint64_t id, const std::uint32_t (&node)[2],
                                           std::optional<Sat> funding);
    void apply(const RgsUpdate& update, const RgsDefaults& defaults, Channel& channel);
    void note_broken(std::uint64_t& count, const char* list, std::uint64_t index);
    [[nodiscard]] Error why_empty() const;

    std::optional<RgsHead> head_; ///< of the snapshot that is read, or was last
    std::int64_t told_ = 0;       ///< a week before its latest_seen
    bool tells_addresses_ = true; ///< every snapshot does

    std::vector<domain::Node> nodes_;
    std::unordered_map<domain::PubKey, std::uint32_t, domain::PubKeyHash> place_of_key_;
    std::vector<Channel> channels_;
    std::unordered_map<std::uint64_t, std::uint32_t> place_of_id_;
    std::unordered_set<std::uint64_t> left_out_; ///< ids of channels whose announcement could not be taken

    std::vector<std::uint32_t> listed_; ///< the snapshot's own list of nodes, as places in nodes_
    std::uint64_t announcements_ = 0;   ///< of the snapshot, so far
    std::uint64_t updates_ = 0;
    std::uint64_t id_ = 0; ///< of the announcement or update before
    domain::ReadNotes notes_;
};

} // namespace mcp::adapters
