// Any bytes as the URL of a node: what is taken is written in one way, is taken apart by libcurl as it was looked at,
// and names no address that its rules do not open; the rest is refused in words.
#include "adapters/http/curl_transfer.hpp"
#include "adapters/http/node_address_rules.hpp"
#include "base/text.hpp"
#include "language/language.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

using mcp::IpAddress;
using mcp::IpNetwork;
using mcp::adapters::NodeAddressRules;

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void demand_words(const mcp::Error& error) {
    demand(error.kind == mcp::ErrorKind::invalid_input || error.kind == mcp::ErrorKind::forbidden);
    const std::string words = mcp::language::render(error, mcp::language::Language::en);
    demand(!words.empty() && words.size() < 1000 && mcp::is_utf8(words) && words.find('\n') == std::string::npos);
}

void check(std::string_view given, const NodeAddressRules& rules) {
    const mcp::Result<std::string> url = mcp::adapters::node_url(given, rules);
    if (!url) {
        demand_words(url.error());
        return;
    }
    demand(std::all_of(url->begin(), url->end(), [](char c) { return c > ' ' && c <= '~'; }));
    demand(url->find_first_of("@?#%\\") == std::string::npos && !url->ends_with('/'));
    demand(mcp::adapters::node_url(*url, rules).value_or("") == *url);
    const mcp::Result<std::string> server = mcp::adapters::server_of(*url + "/v1/getinfo");
    demand(server && url->starts_with(*server) && (url->size() == server->size() || (*url)[server->size()] == '/'));
    const std::string host = mcp::adapters::host_of(*server);
    const bool is_six = host.starts_with('[');
    const auto address = IpAddress::parse(is_six ? std::string_view(host).substr(1, host.size() - 2) : host);
    demand(address || (!is_six && !host.ends_with('.')));
    const bool is_allowed = address && std::any_of(rules.allowed.begin(), rules.allowed.end(),
                                                   [&](const IpNetwork& one) { return one.contains(*address); });
    const bool onion = mcp::adapters::is_onion(host);
    demand(rules.anywhere || !address || is_allowed || mcp::adapters::is_global_unicast(*address));
    demand(rules.anywhere || is_allowed || onion || url->starts_with("https://"));
    demand(onion == !mcp::adapters::proxy_for(*url, rules).empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<NodeAddressRules> all = {
        {},
        {.tor_proxy = "socks5h://127.0.0.1:9050"},
        {.allowed = {*IpNetwork::parse("10.0.0.0/8"), *IpNetwork::parse("fd00::/8")}},
        {.anywhere = true}};
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    for (const NodeAddressRules& rules : all) {
        check(text, rules);
    }
    const auto address = IpAddress::parse(text);
    demand(mcp::adapters::connects_only_to({})(std::string(text)) ==
           (address && mcp::adapters::is_global_unicast(*address)));
    return 0;
}
