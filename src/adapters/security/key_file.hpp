#pragma once
#include "adapters/security/public_key.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mcp::adapters {

/// Keys from a text in PEM or JWKS, told apart by how it begins. @return an error when it holds no usable key
[[nodiscard]] Result<std::vector<PublicKey>> parse_public_keys(std::string_view text);

/// The same from a file; its errors name it.
[[nodiscard]] Result<std::vector<PublicKey>> read_public_keys(const std::string& path);

} // namespace mcp::adapters
