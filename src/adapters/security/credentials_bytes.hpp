#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace mcp::adapters {

inline constexpr std::size_t kCredentialBytesMax = 4096; ///< of a macaroon or rune: LND's largest has 300
inline constexpr std::size_t kCredentialTextBytesMax = 2 * kCredentialBytesMax + 512; ///< in digits, with line breaks

/// A pasted text without its blanks and line breaks, such as `base64` puts after every 76 letters.
[[nodiscard]] std::string without_blanks(std::string_view text);

/// @return nothing unless all are hexadecimal digits, an even number of them
[[nodiscard]] std::optional<std::string> from_hex(std::string_view digits);
[[nodiscard]] std::string to_hex(std::string_view bytes); ///< lower-case digits

/// Base64 of either alphabet, with its padding or without. @return nothing for wrong padding and left-over bits
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

/// Text of others made fit for a sentence: clean, and cut after 300 bytes.
[[nodiscard]] std::string shown(std::string_view text);

} // namespace mcp::adapters
