#pragma once
#include "base/clock.hpp"
#include "domain/own_node.hpp"
#include "domain/pub_key.hpp"

#include <optional>
#include <string>

namespace mcp::domain {

/// How a user's own node comes to be read: we ask it, or an agent beside it sends what it reads.
enum class LinkKind { lnd, cln, agent };

/// A user's connection to their own node, as it is kept.
struct NodeLink {
    std::string user_id;
    LinkKind kind = LinkKind::lnd;
    std::string url;       ///< empty for an agent
    std::string sealed;    ///< macaroon or rune and certificate, sealed (ports/secrets.hpp); empty for an agent
    std::string agent_key; ///< of an agent: its Ed25519 key, 64 hexadecimal digits; else empty
    std::optional<Time> expires_at; ///< of the credential, where it says so
    Time created_at{};
    std::optional<Time> tried_at = {}; ///< when it was last tried, or an agent last sent something
    std::optional<Time> read_at = {};  ///< when that last went well
    std::string failure = {};          ///< of the last try, as flow/outside/failure writes it; empty: it went well

    bool operator==(const NodeLink&) const = default;
};

} // namespace mcp::domain
