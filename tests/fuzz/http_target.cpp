// Any bytes as path and query of a request: what can be decoded is text, and means the same when it is encoded anew.
#include "api/accept_language.hpp"
#include "api/client_address.hpp"
#include "api/router.hpp"
#include "api/target.hpp"
#include "base/text.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using mcp::api::Target;

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

std::string encoded(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string all;
    for (const char c : text) {
        const auto byte = static_cast<std::uint8_t>(c);
        all += '%';
        all += kDigits[byte >> 4];
        all += kDigits[byte & 15];
    }
    return all;
}

void demand_text(std::string_view text) {
    demand(mcp::is_utf8(text) && text.find('\0') == text.npos);
}

mcp::api::Route row(mcp::api::Method method, std::string_view path) {
    return {.method = method,
            .path = path,
            .access = mcp::api::Access::open,
            .id = path,
            .tag = {},
            .summary_key = {},
            .response_schema = {},
            .handler = nullptr};
}

void check_target(std::string_view text) {
    using mcp::api::Method;
    static const std::vector<mcp::api::Route> table = {row(Method::get, "/health"), row(Method::get, "/a/latest"),
                                                       row(Method::get, "/a/{id}"),
                                                       row(Method::post, "/a/{id}/feedback")};
    static const mcp::api::Router router(table);
    const std::optional<Target> target = mcp::api::parse_target(text);
    if (!target || target->is_asterisk) {
        return;
    }
    demand(!target->segments.empty());
    std::string again;
    for (const std::string& segment : target->segments) {
        demand_text(segment);
        again += '/' + encoded(segment);
    }
    demand(mcp::api::parse_target(again)->segments == target->segments);
    const mcp::api::Router::Match match = router.find(Method::get, target->segments);
    demand(match.route == nullptr || !match.path.empty());
    demand(match.path.empty() == match.allowed.empty());
}

void check_query(std::string_view text) {
    const std::optional<mcp::api::QueryParameters> parameters = mcp::api::parse_query(text);
    if (!parameters) {
        return;
    }
    std::string again;
    for (const auto& [name, value] : *parameters) {
        demand_text(name);
        demand_text(value);
        again += encoded(name) + '=' + encoded(value) + '&';
    }
    demand(mcp::api::parse_query(again) == parameters);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    check_target(text);
    check_query(text);
    if (const auto address = mcp::IpAddress::parse(text)) {
        demand(mcp::IpAddress::parse(address->text()) == address);
    }
    const std::optional<mcp::IpNetwork> network = mcp::IpNetwork::parse(text);
    demand(!network || network->contains(network->address));
    const mcp::IpAddress peer = mcp::IpAddress::parse("127.0.0.1").value();
    demand(mcp::api::client_address(peer, text, {}) == peer);
    static_cast<void>(mcp::api::client_address(peer, text, {mcp::IpNetwork{peer}}));
    static_cast<void>(mcp::api::accepted_language(text, mcp::domain::Language::en));
    return 0;
}
