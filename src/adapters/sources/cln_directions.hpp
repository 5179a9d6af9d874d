#pragma once
#include "adapters/sources/graph_json_schema.hpp"
#include "adapters/sources/graph_records.hpp"
#include "base/json/scalar.hpp"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace mcp::adapters {

/// A row of `listchannels` on its way: what one end of a channel announced. Core Lightning writes every member of its
/// schema, so that here, other than with LND, a missing fee is an unknown fee.
struct DirectionDraft {
    std::optional<std::uint64_t> id;
    std::optional<domain::PubKey> source;
    std::optional<domain::PubKey> destination;
    std::optional<Sat> capacity;
    std::optional<bool> is_public;
    std::optional<int> direction;
    domain::Policy policy;
    unsigned told = 0; ///< which members of the policy, one bit each
    bool is_broken = false;
    bool is_policy_broken = false;

    [[nodiscard]] bool take(Member member, const json::Scalar& value);
    /// Whether a fault in this member costs the policy only.
    [[nodiscard]] static bool is_of_policy(Member member);
    /// A member without which there is no row, or one that contradicts another; Member::other when all is well.
    [[nodiscard]] Member fault() const;
    /// The first member without which there is no policy; Member::other when all are there.
    [[nodiscard]] Member missing_of_policy() const;
};

/// Puts the rows of both directions together.
class ClnDirections {
public:
    enum class Added { yes, again, contradicts };

    /// Takes one direction; of the same one twice the newer is kept. A row that names other ends, or another capacity,
    /// than the first of its channel contradicts it and is left out.
    /// @pre the row has no fault
    [[nodiscard]] Added add(const DirectionDraft& row);
    void leave_out_private(std::uint64_t id) { private_.insert(id); }

    [[nodiscard]] std::uint64_t private_channels() const { return private_.size(); }
    /// All channels, in the order of their first rows. To be called once.
    [[nodiscard]] std::vector<ChannelRecord> take_channels() { return std::move(channels_); }

private:
    std::vector<ChannelRecord> channels_;
    std::unordered_map<std::uint64_t, std::size_t> place_of_id_;
    std::unordered_map<std::uint64_t, unsigned> directions_of_id_; ///< which were told, one bit each
    std::unordered_set<std::uint64_t> private_;
};

} // namespace mcp::adapters
