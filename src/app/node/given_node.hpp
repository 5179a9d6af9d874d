#pragma once
#include "base/clock.hpp"
#include "base/error.hpp"
#include "ports/own_node.hpp"
#include "ports/secrets.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mcp::app {

/// One's own node, as a call names it.
struct NodeOptions {
    std::string url;              ///< empty: none is named
    std::string macaroon_file;    ///< of LND
    std::string rune_file;        ///< of Core Lightning
    std::string certificate_file; ///< the only one that is believed then; empty: those that the system trusts

    [[nodiscard]] bool is_given() const { return !url.empty(); }
    [[nodiscard]] domain::NodeKind kind() const {
        return rune_file.empty() ? domain::NodeKind::lnd : domain::NodeKind::cln;
    }
};

/// What is wrong with the call, as far as the call alone shows it.
[[nodiscard]] std::optional<Message> fault_of_call(const NodeOptions& options);

struct GivenNode {
    ports::NodeAccess access;
    std::optional<Time> expires_at; ///< of the credential
    std::vector<Message> advice;    ///< about the credential
};

/// Reads the files and looks at the credential as the service would: one that could do more than read is refused, and
/// never sent anywhere.
/// @return an error that names the file, or what is wrong with the URL
[[nodiscard]] Result<GivenNode> given_node(const NodeOptions& options, const ports::NodeReader& reader,
                                           const ports::Credentials& credentials, Time now);

} // namespace mcp::app
