#pragma once
#include "adapters/security/secret_bytes.hpp"
#include "base/error.hpp"

#include <string>
#include <string_view>

namespace mcp::adapters {

/// What an agent signs its snapshots with: an Ed25519 key that never leaves the machine.
class AgentKey {
public:
    [[nodiscard]] static AgentKey make(); ///< a new one, by libsodium's own chance
    /// @return not_found where there is no file; an error for a file that others than its owner could read, and for
    /// what is no such key. Errors name the file.
    [[nodiscard]] static Result<AgentKey> load(const std::string& path);

    /// Writes a file that its owner alone can read. @return conflict where there is a file already: a service may know
    /// the key in it
    [[nodiscard]] Result<void> save(const std::string& path) const;

    [[nodiscard]] std::string public_key() const;                 ///< 64 hexadecimal digits
    [[nodiscard]] std::string sign(std::string_view bytes) const; ///< 128 hexadecimal digits

private:
    explicit AgentKey(SecretBytes secret);

    SecretBytes secret_; ///< as libsodium keeps it: the seed, then the public key
};

} // namespace mcp::adapters
