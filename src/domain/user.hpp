#pragma once
#include "base/clock.hpp"
#include "domain/language.hpp"
#include "domain/pub_key.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mcp::domain {

inline constexpr std::size_t kIdBytesMax = 512; ///< of a user's or tenant's id: any UTF-8 without control characters

/// Whether `id` may name a user or tenant: 1 to kIdBytesMax bytes of UTF-8 that clean_text() would leave as they are.
[[nodiscard]] bool is_valid_id(std::string_view id);

/// How a user showed that a node is theirs.
enum class NodeProof {
    none,       ///< not at all: anybody may name any node
    connection, ///< the node that they connected names itself so; any program could: a hint, taken from nobody
    signature   ///< the node signed a challenge
};

/// Somebody who gets reports about one node.
struct User {
    std::string id;     ///< `sub` of their tokens, unique in the service
    std::string tenant; ///< fixed when the profile is made; a token of another tenant finds nothing
    std::optional<PubKey> node;
    NodeProof node_proof = NodeProof::none;
    Language language = Language::fr;
    bool daily_report = false;
    Time created_at;
    Time updated_at;

    [[nodiscard]] bool is_node_verified() const { return node_proof != NodeProof::none; }
    bool operator==(const User&) const = default;
};

} // namespace mcp::domain
