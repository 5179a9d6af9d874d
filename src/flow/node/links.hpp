#pragma once
#include "async/env.hpp"
#include "domain/node_link.hpp"
#include "domain/user.hpp"
#include "flow/accounts.hpp"
#include "flow/node/try_pace.hpp"
#include "ports/own_node.hpp"
#include "ports/secrets.hpp"
#include "ports/store.hpp"
#include "ports/tokens.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace mcp::flow {

/// What a user gives so that their node can be read. Never logged.
struct LinkGiven {
    domain::LinkKind kind = domain::LinkKind::lnd;
    std::string url = {};
    std::string secret = {};      ///< macaroon or rune, as they have it
    std::string certificate = {}; ///< PEM; empty: those that the system trusts
    std::string agent_key = {};   ///< of an agent: 64 hexadecimal digits
};

/// A link as its user sees it, without anything that opens the node. What nobody knows (yet) is absent.
struct LinkView {
    domain::LinkKind kind = domain::LinkKind::lnd;
    std::string url; ///< empty for an agent
    Time created_at{};
    std::optional<Time> tried_at;
    std::optional<Time> read_at;
    std::optional<Time> expires_at; ///< of the credential
    std::optional<Error> failure;   ///< of the last try; absent when it went well, or was never made
    std::optional<domain::PubKey> node;
    std::optional<std::string> alias;
    std::optional<std::string> version;
    std::optional<std::vector<domain::NodeGap>> missing; ///< what may or could not be read, when that was last seen
    std::vector<Message> advice;
};

/// The users' connections to their own nodes.
class NodeLinks {
public:
    static constexpr std::chrono::seconds kTryMost{20};
    static constexpr std::size_t kCertificateMax = 64 * 1024; ///< bytes

    struct Needs {
        Env& env;
        ports::Store& store;
        Accounts& accounts;
        ports::NodeReader& reader;
        const ports::Vault& vault;
        const ports::Credentials& credentials;
    };

    explicit NodeLinks(const Needs& needs) : needs_(needs) {}

    /// Connects a node, in place of one connected before, and tries it. One that cannot be reached is connected all the
    /// same: the view tells why. A node that names itself otherwise than the profile's is not; without one in the
    /// profile it becomes the profile's.
    /// @return not_found without a profile, invalid_input and forbidden for what is given, conflict for another node
    /// and for one that another user has, rate_limited, unavailable (`secrets.no_key`) while no credential can be kept
    Task<Result<LinkView>> connect(ports::Caller caller, LinkGiven given);
    /// @return not_found without a profile or link
    Task<Result<LinkView>> status(ports::Caller caller);
    /// Tries the node now. That it does not answer is no error: the view tells it.
    /// @return conflict for an agent, which sends by itself, and for a credential that must be given anew
    Task<Result<LinkView>> test(ports::Caller caller);
    /// Removes the link and what it brought. @return not_found when there is none
    Task<Result<void>> forget(ports::Caller caller);
    /// Which way a user's node is connected.
    Task<Result<std::optional<domain::LinkKind>>> kind_of(std::string user_id);

private:
    struct Prepared;

    [[nodiscard]] Result<Prepared> prepare(const domain::User& user, const LinkGiven& given) const;
    Task<Result<LinkView>> connect_agent(domain::User user, std::string key);
    Task<Result<domain::NodeLink>> link_of(ports::Caller caller);
    Task<Result<void>> own(ports::Caller caller, domain::PubKey node);
    Task<Result<void>> keep(domain::NodeLink link);
    [[nodiscard]] LinkView view_of(const domain::NodeLink& link) const;

    Needs needs_;
    TryPace pace_;
};

} // namespace mcp::flow
