#pragma once
#include "async/env.hpp"
#include "domain/user.hpp"
#include "flow/accounts.hpp"
#include "ports/secrets.hpp"
#include "ports/store.hpp"
#include "ports/tokens.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace mcp::flow {

/// Lets users prove that a node is theirs: it signs a text of ours.
class NodeClaims {
public:
    static constexpr std::chrono::minutes kOpen{10};
    static constexpr std::size_t kSignatureMax = 4096; ///< characters, as users give it

    struct Needs {
        Env& env;
        ports::Store& store;
        Accounts& accounts;
        const ports::Signatures& signatures;
    };

    explicit NodeClaims(const Needs& needs) : needs_(needs) {}

    /// Gives a text to sign, good once and for kOpen; an earlier one is good no more.
    /// @param node nothing: the profile's
    /// @return not_found without a profile, invalid_input when neither names a node
    Task<Result<ports::Challenge>> begin(ports::Caller caller, std::optional<domain::PubKey> node);
    /// Gives the node to the user, whoever had it without having signed. Uses the challenge up, right or wrong.
    /// @param signature as the node's program prints it, with all that stands around it or without
    /// @return the node; not_found without a profile or challenge, invalid_input for what is no signature or comes too
    /// late, forbidden for one of another node or text, conflict when another user signed for the node before
    Task<Result<domain::PubKey>> verify(ports::Caller caller, std::string signature);

private:
    Needs needs_;
};

/// What a node is to sign: readable, ASCII, and nothing in it that a shell or JSON would take for its own.
[[nodiscard]] std::string challenge_text(std::string_view user_id, const domain::PubKey& node, Time expires_at,
                                         std::uint64_t high, std::uint64_t low);

/// The signature in what users paste: bare, or the JSON that lncli and lightning-cli print.
[[nodiscard]] std::string signature_in(std::string_view pasted);

} // namespace mcp::flow
