#pragma once
#include "base/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mcp::adapters {

/// One thing that a macaroon lets its holder do, as LND names it.
struct MacaroonRight {
    std::string entity; ///< "offchain", or "uri" for a single call
    std::string action; ///< "read", or the call: "/lnrpc.Lightning/GetInfo"

    [[nodiscard]] std::string text() const { return entity + ":" + action; } ///< as `lncli bakemacaroon` takes it
    bool operator==(const MacaroonRight&) const = default;
};

/// The rights in a macaroon's identifier, as LND writes it: a byte 3, then protobuf MacaroonId (lnrpc/lightning.proto).
/// @return invalid_input for what LND does not write, for no right at all, and for more than 500
[[nodiscard]] Result<std::vector<MacaroonRight>> rights_of(std::string_view identifier);

} // namespace mcp::adapters
