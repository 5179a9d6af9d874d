#pragma once
#include "adapters/security/base64url.hpp"

#include <string>
#include <string_view>

namespace mcp::test {

/// A rune of a node that nobody has. @param restrictions as they stand in runes: "method^list|method^get&rate=60"
inline std::string made_rune(std::string_view restrictions, std::string_view number = "=7") {
    std::string bytes(32, 'c');
    bytes += number;
    bytes += number.empty() || restrictions.empty() ? "" : "&";
    bytes += restrictions;
    std::string text = adapters::base64url(bytes);
    text.append((4 - text.size() % 4) % 4, '=');
    return text;
}

/// The restrictions that a `lightning-cli createrune restrictions='[[...],[...]]'` line asks for, as they stand in the
/// rune. Its texts need no escapes.
inline std::string restrictions_of_command(std::string_view command) {
    std::string restrictions;
    for (std::size_t at = command.find("[["); at != std::string_view::npos;) {
        const std::size_t begin = command.find('"', at);
        const std::size_t end = command.find('"', begin + 1);
        restrictions += command.substr(begin + 1, end - begin - 1);
        const std::string_view after = command.substr(end + 1);
        restrictions += after.starts_with(",") ? "|" : after.starts_with("],[") ? "&" : "";
        at = after.starts_with("]]") ? std::string_view::npos : end + 1;
    }
    return restrictions;
}

} // namespace mcp::test
