#include "api/client_address.hpp"

#include <algorithm>
#include <optional>

namespace mcp::api {
namespace {

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    const std::size_t last = text.find_last_not_of(" \t");
    return first == text.npos ? std::string_view() : text.substr(first, last - first + 1);
}

/// "[::1]:80" and "1.2.3.4:80" without their ports.
std::string_view without_port(std::string_view text) {
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        return end == text.npos ? text : text.substr(1, end - 1);
    }
    const std::size_t colon = text.find(':');
    const bool has_port = colon != text.npos && text.find(':', colon + 1) == text.npos;
    return has_port ? text.substr(0, colon) : text;
}

} // namespace

IpAddress client_address(const IpAddress& peer, std::string_view forwarded, const std::vector<IpNetwork>& trusted) {
    const auto is_trusted = [&](const IpAddress& address) {
        return std::any_of(trusted.begin(), trusted.end(),
                           [&](const IpNetwork& network) { return network.contains(address); });
    };
    IpAddress client = peer;
    while (!forwarded.empty() && is_trusted(client)) {
        const std::size_t comma = forwarded.rfind(',');
        const std::string_view last = comma == forwarded.npos ? forwarded : forwarded.substr(comma + 1);
        const std::optional<IpAddress> before = IpAddress::parse(without_port(trimmed(last)));
        if (!before) {
            break; // what a proxy of ours did not write tells nothing
        }
        client = *before;
        forwarded = comma == forwarded.npos ? std::string_view() : forwarded.substr(0, comma);
    }
    return client;
}

} // namespace mcp::api
