#pragma once
#include "base/error.hpp"

#include <optional>
#include <string>

/// The files that let us into a node, read anew each time: operators replace them. All touch the disk.
namespace mcp::adapters {

/// A macaroon as LND wants it in a header. @param path of the file that LND writes, or of its hex digits; empty: none
[[nodiscard]] Result<std::optional<std::string>> macaroon_hex(const std::string& path);

/// A rune. @param path of a text file that holds nothing else; empty: none
[[nodiscard]] Result<std::optional<std::string>> rune_text(const std::string& path);

/// A certificate in PEM. @param path empty: none
[[nodiscard]] Result<std::optional<std::string>> certificate_pem(const std::string& path);

} // namespace mcp::adapters
