#include "adapters/sources/node_address.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace mcp::adapters {
namespace {

using Bytes = std::span<const std::uint8_t>;

bool is_onion(std::string_view address) {
    return address.find(".onion") != std::string_view::npos;
}

bool is_safe_in_a_command(std::string_view address) {
    return std::all_of(address.begin(), address.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == ':' ||
               c == '-' || c == '[' || c == ']';
    });
}

std::string ipv4_text(Bytes host) {
    return fmt::format("{}.{}.{}.{}", host[0], host[1], host[2], host[3]);
}

std::string ipv6_text(Bytes host) {
    std::string text;
    for (std::size_t at = 0; at < host.size(); at += 2) {
        text += fmt::format("{}{:x}", at == 0 ? "" : ":", host[at] << 8 | host[at + 1]);
    }
    return text;
}

/// Base 32 of RFC 4648 in small letters; the lengths of onion addresses need no padding.
std::string onion_text(Bytes host) {
    constexpr std::string_view kDigits = "abcdefghijklmnopqrstuvwxyz234567";
    std::string text;
    std::uint32_t bits = 0;
    int held = 0;
    for (const std::uint8_t byte : host) {
        bits = bits << 8 | byte;
        for (held += 8; held >= 5; held -= 5) {
            text += kDigits[bits >> (held - 5) & 31];
        }
    }
    return text + ".onion";
}

std::string dns_text(Bytes host) {
    const bool has_length = !host.empty() && host[0] == host.size() - 1;
    return has_length ? std::string(host.begin() + 1, host.end()) : "";
}

std::string host_text(std::uint8_t kind, Bytes host) {
    switch (kind) {
    case 1:
        return host.size() == 4 ? ipv4_text(host) : "";
    case 2:
        return host.size() == 16 ? ipv6_text(host) : "";
    case 3:
        return host.size() == 10 ? onion_text(host) : "";
    case 4:
        return host.size() == 35 ? onion_text(host) : "";
    case 5:
        return dns_text(host);
    default:
        return "";
    }
}

} // namespace

void add_address(domain::Node& node, std::string_view text) {
    if (text.empty()) {
        return;
    }
    const bool onion = is_onion(text);
    const bool is_better = node.address.empty() || (!onion && is_onion(node.address));
    if (is_better && is_safe_in_a_command(text)) {
        node.address = text;
    }
    (onion ? node.has_tor : node.has_clearnet) = true;
}

std::string address_text(std::string_view host, std::uint16_t port) {
    const bool is_ipv6 = host.find(':') != std::string_view::npos && !host.starts_with('[');
    return is_ipv6 ? fmt::format("[{}]:{}", host, port) : fmt::format("{}:{}", host, port);
}

std::string address_text(Bytes descriptor) {
    constexpr std::size_t kKindAndPort = 3;
    if (descriptor.size() <= kKindAndPort) {
        return "";
    }
    const std::string host = host_text(descriptor[0], descriptor.subspan(1, descriptor.size() - kKindAndPort));
    const Bytes port = descriptor.last(2);
    return host.empty() ? "" : address_text(host, static_cast<std::uint16_t>(port[0] << 8 | port[1]));
}

} // namespace mcp::adapters
