#pragma once
#include "ports/secrets.hpp"

#include <memory>

struct secp256k1_context_struct;

namespace mcp::adapters {

/// Signatures of Lightning nodes (libsecp256k1) and of agents (libsodium).
class NodeSignatures : public ports::Signatures {
public:
    NodeSignatures();
    ~NodeSignatures() override;

    /// As LND's verifymessage and Core Lightning's checkmessage: zbase32 of a byte 31 + recovery id (27 + it, too) and
    /// the compact signature, over the double SHA-256 of "Lightning Signed Message:" and the text.
    [[nodiscard]] Result<domain::PubKey> signer(std::string_view text, std::string_view zbase) const override;
    [[nodiscard]] bool is_signed(std::string_view key, std::string_view bytes,
                                 std::string_view signature) const override;

private:
    struct Free {
        void operator()(secp256k1_context_struct* context) const;
    };
    std::unique_ptr<secp256k1_context_struct, Free> context_;
};

} // namespace mcp::adapters
