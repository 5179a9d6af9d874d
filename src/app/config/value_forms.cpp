#include "app/config/value_forms.hpp"

#include "adapters/security/hmac_key.hpp"
#include "adapters/security/secret_box.hpp"
#include "base/ip_address.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <string>

namespace mcp::app {
namespace {

bool is_host_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
}

/// Those of RFC 3986 that a path may hold, escapes included.
bool is_path_letter(char c) {
    const bool is_alphanumeric = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return is_alphanumeric || std::string_view("/-._~%!$&'()*+,;=:@").find(c) != std::string_view::npos;
}

/// Whether `text` is a whole number from 0 to `max`, in digits alone.
bool is_number_up_to(int max, std::string_view text) {
    const bool all_digits = std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    return all_digits && !text.empty() && text.size() <= 5 && std::stoi(std::string(text)) <= max;
}

} // namespace

bool is_ip_address(std::string_view text) {
    return IpAddress::parse(text).has_value();
}

bool is_ip_network(std::string_view text) {
    return IpNetwork::parse(text).has_value();
}

bool is_origin(std::string_view text) {
    if (text == "*") {
        return true;
    }
    for (const std::string_view scheme : {"https://", "http://"}) {
        if (!text.starts_with(scheme)) {
            continue;
        }
        std::string_view host = text.substr(scheme.size());
        const bool is_bracketed = host.starts_with('[');
        const std::size_t colon = is_bracketed ? host.find("]:") : host.find(':');
        if (colon != std::string_view::npos) {
            const std::size_t port = colon + (is_bracketed ? 2 : 1);
            if (!is_number_up_to(65535, host.substr(port))) {
                return false;
            }
            host = host.substr(0, port - 1);
        }
        if (is_bracketed) {
            return host.ends_with(']') && is_ip_address(host.substr(1, host.size() - 2));
        }
        return !host.empty() && std::all_of(host.begin(), host.end(), is_host_letter);
    }
    return false;
}

bool is_http_url(std::string_view text) {
    const std::size_t host = text.find("://");
    const std::size_t path = host == std::string_view::npos ? host : text.find('/', host + 3);
    const std::string origin = fold_case(text.substr(0, path));
    const std::string_view rest = path == std::string_view::npos ? "" : text.substr(path);
    return origin != "*" && is_origin(origin) && std::all_of(rest.begin(), rest.end(), is_path_letter);
}

bool is_graph_source(std::string_view text) {
    return text == "lnd" || text == "cln" || text == "file" || text == "rgs";
}

bool is_tor_proxy(std::string_view text) {
    constexpr std::string_view kScheme = "socks5h://";
    const std::size_t port = text.rfind(':');
    const bool has_port = text.starts_with(kScheme) && port > kScheme.size() && text.substr(port) != ":0" &&
                          is_number_up_to(65535, text.substr(port + 1));
    return has_port && is_origin("http://" + std::string(text.substr(kScheme.size())));
}

bool is_secrets_key(std::string_view text) {
    return adapters::parse_seal_key(text).has_value();
}

bool is_jwt_secret(std::string_view text) {
    return text.size() >= adapters::kHmacSecretBytesMin && text.find("-----BEGIN") == std::string_view::npos;
}

} // namespace mcp::app
