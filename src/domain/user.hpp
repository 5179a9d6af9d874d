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

/// Somebody who gets reports about one node.
struct User {
    std::string id;     ///< `sub` of their tokens, unique in the service
    std::string tenant; ///< fixed when the profile is made; a token of another tenant finds nothing
    std::optional<PubKey> node;
    bool node_verified = false; ///< ownership of the node was proved
    Language language = Language::fr;
    bool daily_report = false;
    Time created_at;
    Time updated_at;

    bool operator==(const User&) const = default;
};

} // namespace mcp::domain
