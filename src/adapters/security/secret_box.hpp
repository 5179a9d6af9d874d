#pragma once
#include "adapters/security/secret_bytes.hpp"
#include "ports/secrets.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::adapters {

/// A key of MCP_SECRETS_KEY, known by the first bytes of its hash.
struct SealKey {
    SecretBytes bytes;
    std::array<char, 4> id;
};

/// @param text 32 bytes, in base64 or in 64 hexadecimal digits @return invalid_input for anything else
[[nodiscard]] Result<SealKey> parse_seal_key(std::string_view text);

/// Seals by libsodium's secretbox (XSalsa20-Poly1305). A sealed text is base64url of a version, the key's id, the nonce
/// and the box; in the box stands the user too, so that one user's text does not open as another's.
class SecretBox : public ports::Vault {
public:
    /// @param keys as parse_seal_key() takes them: the first seals, all open; empty ones are passed over
    /// @pre the configuration has checked them: throws std::invalid_argument
    explicit SecretBox(const std::vector<std::string>& keys);

    [[nodiscard]] Result<std::string> seal(std::string_view user_id, const ports::NodeSecret& secret) const override;
    [[nodiscard]] Result<ports::NodeSecret> open(std::string_view user_id, std::string_view sealed) const override;
    [[nodiscard]] bool is_outdated(std::string_view sealed) const override;

private:
    std::vector<SealKey> keys_;
};

} // namespace mcp::adapters
