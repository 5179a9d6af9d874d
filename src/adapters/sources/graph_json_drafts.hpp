#pragma once
#include "adapters/sources/graph_json_schema.hpp"
#include "adapters/sources/graph_records.hpp"
#include "base/json/scalar.hpp"
#include "domain/network.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace mcp::adapters {

// Records on their way: each takes one member after the other. take() answers false for a value that the member cannot
// have; null is as good as missing, because LND leaves out nothing but other writers of the same schema do.

struct NodeDraft {
    domain::Node node;
    std::optional<domain::PubKey> key;
    bool is_broken = false;
    bool is_alias_cleaned = false;

    [[nodiscard]] bool take(Member member, const json::Scalar& value);
};

/// LND gives an address as "host:port", Core Lightning in two members. What is no address is as good as missing.
struct AddressDraft {
    std::string text;
    std::string host;
    std::optional<std::uint16_t> port;

    [[nodiscard]] bool take(Member member, const json::Scalar& value);
    void add_to(domain::Node& node) &&;
};

/// A member that is missing is 0, as in every text made from a protobuf message.
struct PolicyDraft {
    domain::Policy policy;
    bool is_broken = false;
    bool is_empty = true; ///< it says nothing that we know: no policy at all

    [[nodiscard]] bool take(Member member, const json::Scalar& value);
};

struct ChannelDraft {
    domain::Channel channel;
    std::optional<std::uint64_t> id;
    std::optional<domain::PubKey> ends[2];
    bool is_broken = false;

    [[nodiscard]] bool take(Member member, const json::Scalar& value);
    /// A member without which there is no channel; Member::other when all are there.
    [[nodiscard]] Member missing() const;
    /// Brings the end with the smaller key to the front, its policy with it. @pre nothing is missing
    [[nodiscard]] ChannelRecord record() &&;
};

} // namespace mcp::adapters
