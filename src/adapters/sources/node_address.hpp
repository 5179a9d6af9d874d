#pragma once
#include "domain/network.hpp"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// Notes an address that a node announces, as "host:port": whether it is clearnet or an onion, and the address itself
/// when it is better than the one that is there (the first clearnet one is, else the first onion). Addresses are
/// anybody's gossip and end up in commands that an operator pastes into a shell: one with other characters than an
/// address needs counts as announced, but is not kept.
void add_address(domain::Node& node, std::string_view text);

/// "host:port", with an IPv6 host in brackets.
[[nodiscard]] std::string address_text(std::string_view host, std::uint16_t port);

/// An address as it is gossiped: BOLT 7, node_announcement, "address descriptor".
/// @return empty for a kind that we do not know, or one of another length than its kind has
[[nodiscard]] std::string address_text(std::span<const std::uint8_t> descriptor);

} // namespace mcp::adapters
