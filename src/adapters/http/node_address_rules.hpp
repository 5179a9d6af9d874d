#pragma once
#include "base/error.hpp"
#include "base/ip_address.hpp"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::adapters {

/// Where a node may be that a user names: anybody could name what only this machine reaches.
struct NodeAddressRules {
    bool anywhere = false;               ///< one's own node, named on the command line
    std::vector<IpNetwork> allowed = {}; ///< MCP_NODE_ADDRESS_ALLOW: beside what is public
    std::string tor_proxy = {};          ///< MCP_TOR_PROXY: "socks5h://127.0.0.1:9050"; empty: no .onion
};

/// A node's URL, checked and written in one way: "https://host:port/prefix", the host in small letters, without a
/// slash at its end. http is for .onion, for an address that is allowed by name, and `anywhere`.
/// What a name leads to is not known yet: connects_only_to() decides at the connection.
/// @return invalid_input for what is no such URL, forbidden for an address that is not open to users
[[nodiscard]] Result<std::string> node_url(std::string_view given, const NodeAddressRules& rules);

/// For HttpRequest::may_connect; empty, so that all may be, for `anywhere`.
[[nodiscard]] std::function<bool(const std::string&)> connects_only_to(const NodeAddressRules& rules);

/// For HttpRequest::proxy: the Tor proxy for a .onion host, else empty.
/// @param url as node_url() writes it
[[nodiscard]] std::string proxy_for(std::string_view url, const NodeAddressRules& rules);

/// Whether a host is one of Tor's: nobody else may learn its name (RFC 7686).
[[nodiscard]] bool is_onion(std::string_view host);

/// Whether an address is one that a public server has: unicast, and not set aside for a special purpose by IANA
/// (iana-ipv4-special-registry, iana-ipv6-special-registry). One of IPv4 written as IPv6 is judged as that of IPv4; one
/// that a translator or a tunnel would lead to an address of IPv4 (NAT64, 6to4, Teredo) is none.
[[nodiscard]] bool is_global_unicast(const IpAddress& address);

} // namespace mcp::adapters
