#pragma once
#include "base/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mcp::adapters {

/// What stands in a macaroon, in binary form of version 2. Its signature is the node's own matter: only who holds the
/// root key can check it.
struct Macaroon {
    std::string identifier;
    std::vector<std::string> caveats; ///< conditions that the node checks, in their order
};

/// Takes it as strictly as LND's own library does (go-macaroon, marshal-v2.go), and nothing may follow.
/// @return invalid_input for anything else; version 1, JSON and caveats of third parties by name
[[nodiscard]] Result<Macaroon> parse_macaroon(std::string_view bytes);

} // namespace mcp::adapters
