#pragma once
#include "ports/secrets.hpp"

namespace mcp::adapters {

/// Reads macaroons and runes, without asking the node: a macaroon may also be given in binary, as lncli saves it.
class NodeCredentials : public ports::Credentials {
public:
    [[nodiscard]] Result<ports::CredentialFacts> examine(domain::NodeKind kind, std::string_view given,
                                                         Time now) const override;
};

} // namespace mcp::adapters
