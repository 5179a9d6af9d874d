#pragma once
#include "async/task.hpp"
#include "async/timer.hpp"
#include "base/error.hpp"
#include "domain/own_node.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mcp::ports {

/// How to get into a node. Never logged.
struct NodeAccess {
    domain::NodeKind kind = domain::NodeKind::lnd;
    std::string url;         ///< "https://node.example:8080", without a slash at its end
    std::string secret;      ///< macaroon in hexadecimal digits, or rune
    std::string certificate; ///< PEM, the only one that is believed then; empty: those that the system trusts
};

/// What came of trying a node without reading it whole.
struct NodeTrial {
    domain::PubKey key;
    std::string alias;
    std::string version;
    std::vector<domain::NodeDoubt> doubts;
    std::vector<domain::NodeGap> missing; ///< parts that may not be read, each with the right that it lacks
};

/// Reads nodes that their owners let us into: read-only, in bounded time and memory, one request at a time a node.
/// Errors tell what to do (live.*): unavailable (no connection, locked, starting), unauthenticated, forbidden, timeout,
/// bad_upstream; of an address that may not be asked, forbidden.
class NodeReader {
public:
    virtual ~NodeReader() = default;
    /// @return the URL as it is to be kept; invalid_input for what is none of a node, forbidden for an address that may
    /// not be asked, as far as the URL alone shows it
    [[nodiscard]] virtual Result<std::string> check_url(std::string_view url) const = 0;
    /// @param day D; what was forwarded on D-7 .. D-1 is told   @param known days that were told completely before:
    /// those of D-7 .. D-1 are taken over and not asked for again
    [[nodiscard]] virtual Task<Result<domain::OwnNode>>
    read(NodeAccess access, Day day, std::vector<domain::NodeDayFlow> known, Timer::Span time_max) = 0;
    /// Asks for each part once, the least that shows whether it may be read.
    [[nodiscard]] virtual Task<Result<NodeTrial>> try_out(NodeAccess access, Timer::Span time_max) = 0;
    /// Whether the node answers at all; shows it the credential only where it does not answer without.
    [[nodiscard]] virtual Task<Result<void>> knock(NodeAccess access, Timer::Span time_max) = 0;
};

} // namespace mcp::ports
