#pragma once
#include <string_view>

namespace mcp::app {

/// Forms that texts of the configuration must have.
[[nodiscard]] bool is_ip_address(std::string_view text); ///< IPv4 or IPv6, no name, no port
[[nodiscard]] bool is_ip_network(std::string_view text); ///< an address, or several that begin alike: "10.0.0.0/8"
[[nodiscard]] bool is_origin(std::string_view text);     ///< "*", or what browsers send: "https://host:port", no path
/// "https://host:port/path" or http, without user, question mark and fragment.
[[nodiscard]] bool is_http_url(std::string_view text);
[[nodiscard]] bool is_graph_source(std::string_view text); ///< of MCP_GRAPH_SOURCES
[[nodiscard]] bool is_tor_proxy(std::string_view text);    ///< "socks5h://host:port": names are resolved there
/// 32 bytes in base64, or in 64 hexadecimal digits.
[[nodiscard]] bool is_secrets_key(std::string_view text);
/// Long enough, and no key file pasted: a public key as secret would let everybody sign.
[[nodiscard]] bool is_jwt_secret(std::string_view text);

} // namespace mcp::app
