#pragma once
#include "base/clock.hpp"
#include "base/error.hpp"
#include "domain/own_node.hpp"
#include "domain/pub_key.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What the service needs of cryptography. All pure but for the nonces of seal().
namespace mcp::ports {

/// What is sealed of one user's link.
struct NodeSecret {
    std::string secret;      ///< macaroon in hexadecimal digits, or rune
    std::string certificate; ///< PEM, or empty

    bool operator==(const NodeSecret&) const = default;
};

/// Keeps credentials so that the store's pages alone give nothing away.
class Vault {
public:
    virtual ~Vault() = default;
    /// @return unavailable (`secrets.no_key`) when no key is configured
    [[nodiscard]] virtual Result<std::string> seal(std::string_view user_id, const NodeSecret& secret) const = 0;
    /// @return unavailable when it was sealed with a key that is not configured, internal when it was changed or is
    /// another user's
    [[nodiscard]] virtual Result<NodeSecret> open(std::string_view user_id, std::string_view sealed) const = 0;
    /// Whether it was sealed with another key than that of seal().
    [[nodiscard]] virtual bool is_outdated(std::string_view sealed) const = 0;
};

/// What a macaroon or rune tells of itself, which is enough to see that it cannot harm.
struct CredentialFacts {
    std::string secret; ///< as it is to be sent: a macaroon in hexadecimal digits, a rune as it is
    std::optional<Time> expires_at;
    std::vector<std::string> rights; ///< as the node writes them: "info:read", "uri:/lnrpc.Lightning/GetInfo"; of a
                                     ///< rune its restrictions, readable
    std::vector<Message> advice;     ///< it reads more than is needed, it does not expire, it is bound to an address
};

class Credentials {
public:
    virtual ~Credentials() = default;
    /// @param given a macaroon (hexadecimal digits, base64, base64url) or a rune
    /// @return invalid_input for what is none, forbidden (with the command line that makes a right one) for what could
    /// write, spend or sign or is not restricted to reading, or has expired at `now`
    [[nodiscard]] virtual Result<CredentialFacts> examine(domain::NodeKind kind, std::string_view given,
                                                          Time now) const = 0;
};

class Signatures {
public:
    virtual ~Signatures() = default;
    /// Who signed `text` by `lncli signmessage` or `lightning-cli signmessage`.
    /// @param zbase as these print it; @return invalid_input for what is no such signature
    [[nodiscard]] virtual Result<domain::PubKey> signer(std::string_view text, std::string_view zbase) const = 0;
    /// Whether an agent signed `bytes`. @param key 64 hexadecimal digits of Ed25519 @param signature 128 of them
    [[nodiscard]] virtual bool is_signed(std::string_view key, std::string_view bytes,
                                         std::string_view signature) const = 0;
};

} // namespace mcp::ports
