// Any bytes as a pasted macaroon, and any bytes as the rights and as a condition within a sound one: what is taken
// reads and can do nothing else, by the rule said once more here; what is not is refused in words that give nothing
// away.
#include "adapters/security/macaroon.hpp"
#include "adapters/security/credentials.hpp"
#include "adapters/security/credentials_bytes.hpp"
#include "adapters/security/macaroon_rights.hpp"
#include "base/text.hpp"
#include "language/language.hpp"
#include "tests/support/baked_macaroon.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using mcp::language::Language;

constexpr mcp::Time kNow{std::chrono::seconds{1'790'000'000}};

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void demand_a_line(const std::string& words) {
    demand(!words.empty() && words.size() < 10'000 && mcp::is_utf8(words) && words.find('\n') == std::string::npos);
}

void demand_only_reading(const std::string& secret) {
    const auto bytes = mcp::adapters::from_hex(secret);
    demand(bytes.has_value());
    const auto macaroon = mcp::adapters::parse_macaroon(*bytes);
    demand(macaroon.has_value());
    const auto rights = mcp::adapters::rights_of(macaroon->identifier);
    demand(rights && !rights->empty());
    for (const mcp::adapters::MacaroonRight& right : *rights) {
        const bool is_call = right.entity == "uri";
        demand(is_call ? right.action.find("/Get") != std::string::npos ||
                             right.action.find("/List") != std::string::npos ||
                             right.action.find("/Query") != std::string::npos || right.action.ends_with("Channels") ||
                             right.action.ends_with("Balance") || right.action.ends_with("/ForwardingHistory") ||
                             right.action.ends_with("/FeeReport") || right.action.ends_with("/DescribeGraph")
                       : right.action == "read");
    }
}

void examine(std::string_view given) {
    const auto facts = mcp::adapters::NodeCredentials().examine(mcp::domain::NodeKind::lnd, given, kNow);
    if (!facts) {
        demand(facts.error().kind == mcp::ErrorKind::invalid_input || facts.error().kind == mcp::ErrorKind::forbidden);
        demand_a_line(mcp::language::render(facts.error(), Language::en));
        demand_a_line(mcp::language::render(facts.error(), Language::fr));
        return;
    }
    demand_only_reading(facts->secret);
    demand(!facts->expires_at || *facts->expires_at > kNow);
    for (const mcp::Message& advice : facts->advice) {
        demand_a_line(mcp::language::render(advice, Language::en));
        demand_a_line(mcp::language::render(advice, Language::fr));
    }
    for (const std::string& right : facts->rights) {
        demand_a_line(right);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    examine(bytes);
    examine(mcp::test::macaroon_of("\x03" + bytes));
    examine(mcp::test::baked_macaroon({{"info", {"read"}}}, {bytes}));
    return 0;
}
