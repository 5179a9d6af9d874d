#include "adapters/http/node_address_rules.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <curl/curl.h>
#include <memory>
#include <optional>
#include <utility>

namespace mcp::adapters {
namespace {

constexpr std::size_t kUrlBytesMax = 1024;
constexpr std::size_t kHostBytesMax = 253; // RFC 1035 without the last dot; SOCKS has room for 255
constexpr std::size_t kLabelBytesMax = 63;
constexpr std::string_view kExample = "https://node.example:8080";

// ---- Addresses ----

/// What is not open although it is unicast, by the registries of IANA as of 2025; of IPv6 within 2000::/3, as nothing
/// beyond it is given out. AS112 and AMT are called globally reachable there, but lead to whatever answers nearest,
/// which may be a server of one's own network. One address of the world is none: Azure answers its machines there.
const std::vector<IpNetwork>& special_networks() {
    static const std::vector<IpNetwork> networks = [] {
        constexpr std::array kTexts = {
            "0.0.0.0/8",         // "this network"; Linux takes 0.0.0.0 for itself
            "10.0.0.0/8",        // private
            "100.64.0.0/10",     // shared by carriers; metadata of some clouds
            "127.0.0.0/8",       // loopback
            "168.63.129.16/32",  // Azure's WireServer: settings and secrets of the machine
            "169.254.0.0/16",    // link-local; metadata of clouds
            "172.16.0.0/12",     // private
            "192.0.0.0/24",      // IETF protocol assignments; metadata of some clouds
            "192.0.2.0/24",      // documentation
            "192.31.196.0/24",   // AS112
            "192.52.193.0/24",   // AMT
            "192.88.99.0/24",    // relays of 6to4, given up
            "192.168.0.0/16",    // private
            "192.175.48.0/24",   // AS112
            "198.18.0.0/15",     // benchmarks
            "198.51.100.0/24",   // documentation
            "203.0.113.0/24",    // documentation
            "224.0.0.0/4",       // multicast
            "240.0.0.0/4",       // reserved, and broadcast
            "2001::/23",         // IETF protocol assignments, Teredo among them
            "2001:db8::/32",     // documentation
            "2002::/16",         // 6to4
            "2620:4f:8000::/48", // AS112
            "3fff::/20",         // documentation
        };
        std::vector<IpNetwork> all;
        all.reserve(kTexts.size());
        for (const char* text : kTexts) {
            all.push_back(IpNetwork::parse(text).value());
        }
        return all;
    }();
    return networks;
}

bool is_in(const std::vector<IpNetwork>& networks, const IpAddress& address) {
    return std::any_of(networks.begin(), networks.end(),
                       [&](const IpNetwork& network) { return network.contains(address); });
}

bool is_open(const IpAddress& address, const NodeAddressRules& rules) {
    return rules.anywhere || is_global_unicast(address) || is_in(rules.allowed, address);
}

// ---- URLs ----

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_name_char(char c) {
    return is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || c == '-' || c == '_';
}

/// What a node's URL is written with. All that different readers of URLs read differently is not among it: blanks,
/// backslashes, percent signs, other scripts.
bool is_url_char(char c) {
    return is_name_char(c) || std::string_view(":/.~[]").find(c) != std::string_view::npos;
}

tl::unexpected<Error> refused(std::string_view key) {
    return fail(ErrorKind::invalid_input, {key, {{"example", std::string(kExample)}}});
}

struct Parts {
    std::string scheme;
    std::string host; ///< in small letters, an IPv6 address in brackets, without the dot at its end
    std::string port;
    std::string path; ///< "/prefix" or empty
};

/// By libcurl, so that what is looked at is what it will connect to.
std::optional<std::string> part(CURLU* url, CURLUPart which) {
    char* text = nullptr;
    if (curl_url_get(url, which, &text, CURLU_DEFAULT_PORT) != CURLUE_OK) {
        return std::nullopt;
    }
    std::string copy(text);
    curl_free(text);
    return copy;
}

std::optional<Parts> take_apart(const std::string& url) {
    const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> taken(curl_url(), &curl_url_cleanup);
    if (curl_url_set(taken.get(), CURLUPART_URL, url.c_str(), CURLU_DISALLOW_USER | CURLU_PATH_AS_IS) != CURLUE_OK) {
        return std::nullopt;
    }
    Parts parts{.scheme = part(taken.get(), CURLUPART_SCHEME).value_or(""),
                .host = part(taken.get(), CURLUPART_HOST).value_or(""),
                .port = part(taken.get(), CURLUPART_PORT).value_or(""),
                .path = part(taken.get(), CURLUPART_PATH).value_or("")};
    std::transform(parts.host.begin(), parts.host.end(), parts.host.begin(), lower);
    if (parts.host.ends_with('.')) {
        parts.host.pop_back();
    }
    while (parts.path.ends_with('/')) {
        parts.path.pop_back();
    }
    return parts;
}

std::vector<std::string_view> split(std::string_view text, char at) {
    std::vector<std::string_view> pieces;
    for (std::size_t end = 0; (end = text.find(at)) != text.npos; text.remove_prefix(end + 1)) {
        pieces.push_back(text.substr(0, end));
    }
    pieces.push_back(text);
    return pieces;
}

/// The address that a host is, in every way of writing it that a resolver takes: 2130706433, 0x7f.1, 0177.0.0.1.
std::optional<IpAddress> literal_of(const std::string& host) {
    if (host.starts_with('[')) {
        return IpAddress::parse(std::string_view(host).substr(1, host.size() - 2));
    }
    in_addr address{};
    if (::inet_aton(host.c_str(), &address) == 0) {
        return std::nullopt;
    }
    std::array<char, INET_ADDRSTRLEN> text{};
    ::inet_ntop(AF_INET, &address, text.data(), text.size());
    return IpAddress::parse(text.data());
}

/// 1.2.3.256 and 1.2.3.0xyz would be names to one reader and addresses to another.
bool is_number(std::string_view label) {
    return std::all_of(label.begin(), label.end(), is_digit) || label.starts_with("0x");
}

bool is_name(std::string_view host) {
    const std::vector<std::string_view> labels = split(host, '.');
    return host.size() <= kHostBytesMax && !is_number(labels.back()) &&
           std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
               return !label.empty() && label.size() <= kLabelBytesMax &&
                      std::all_of(label.begin(), label.end(), is_name_char);
           });
}

bool is_path(std::string_view path) {
    if (path.empty()) {
        return true;
    }
    const std::vector<std::string_view> segments = split(path.substr(1), '/');
    return path.find_first_of(":[]") == path.npos &&
           std::none_of(segments.begin(), segments.end(),
                        [](std::string_view segment) { return segment.empty() || segment == "." || segment == ".."; });
}

/// The host as it is connected to; else why not.
Result<std::string> checked_host(const Parts& parts, const NodeAddressRules& rules) {
    const std::optional<IpAddress> address = literal_of(parts.host);
    if (!address && !is_name(parts.host)) {
        return refused("node_url.host");
    }
    if (address && !is_open(*address, rules)) {
        return fail(ErrorKind::forbidden, {"fetch.address_refused", {{"address", address->text()}}});
    }
    const bool onion = is_onion(parts.host);
    if (onion && rules.tor_proxy.empty()) {
        return fail(ErrorKind::invalid_input, {"fetch.no_tor", {}});
    }
    if (parts.scheme == "http" && !rules.anywhere && !onion && !(address && is_in(rules.allowed, *address))) {
        return refused("node_url.plain");
    }
    if (!address) {
        return parts.host;
    }
    return address->is_v4() ? address->text() : '[' + address->text() + ']';
}

/// What stands in the URL that must not, told before libcurl takes it apart; no part of it is shown, as it may be a
/// secret.
std::optional<std::string_view> fault_of(std::string_view given) {
    if (given.empty()) {
        return "node_url.empty";
    }
    if (given.find_first_of("@?#") != given.npos) {
        return "node_url.extra";
    }
    const std::size_t colon = given.find("://");
    std::string scheme(given.substr(0, colon));
    std::transform(scheme.begin(), scheme.end(), scheme.begin(), lower);
    if (colon == given.npos || (scheme != "https" && scheme != "http")) {
        return "node_url.scheme";
    }
    const std::string_view rest = given.substr(colon + 3);
    if (given.size() > kUrlBytesMax || rest.empty() || !std::all_of(rest.begin(), rest.end(), is_url_char)) {
        return "node_url.host";
    }
    return rest.front() == '/' || rest.front() == ':' ? std::optional<std::string_view>("node_url.host") : std::nullopt;
}

} // namespace

bool is_global_unicast(const IpAddress& address) {
    static const IpNetwork given_out = IpNetwork::parse("2000::/3").value();
    return (address.is_v4() || given_out.contains(address)) && !is_in(special_networks(), address);
}

bool is_onion(std::string_view host) {
    constexpr std::string_view kOnion = ".onion";
    if (host.ends_with('.')) {
        host.remove_suffix(1);
    }
    return host.size() >= kOnion.size() && std::equal(kOnion.begin(), kOnion.end(), host.end() - kOnion.size(),
                                                      [](char wanted, char c) { return wanted == lower(c); });
}

Result<std::string> node_url(std::string_view given, const NodeAddressRules& rules) {
    if (const std::optional<std::string_view> fault = fault_of(given)) {
        return refused(*fault);
    }
    const std::optional<Parts> parts = take_apart(std::string(given));
    if (!parts || parts->port.empty() || parts->port == "0") {
        return refused("node_url.host");
    }
    if (!is_path(parts->path)) {
        return refused("node_url.path");
    }
    Result<std::string> host = checked_host(*parts, rules);
    if (!host) {
        return host;
    }
    return parts->scheme + "://" + *host + ':' + parts->port + parts->path;
}

std::function<bool(const std::string&)> connects_only_to(const NodeAddressRules& rules) {
    if (rules.anywhere) {
        return {};
    }
    return [rules](const std::string& text) {
        const std::optional<IpAddress> address = IpAddress::parse(text);
        return address && is_open(*address, rules);
    };
}

std::string proxy_for(std::string_view url, const NodeAddressRules& rules) {
    const std::size_t colon = url.find("://");
    const std::string_view host = colon == url.npos ? url : url.substr(colon + 3);
    return is_onion(host.substr(0, host.find_first_of(":/"))) ? rules.tor_proxy : std::string();
}

} // namespace mcp::adapters
