// Any bytes as a pasted rune, and any bytes as restrictions within a sound one: what is taken admits no method of Core
// Lightning that does more than read; what is not is refused in words that give nothing away.
#include "adapters/security/credentials.hpp"
#include "adapters/security/rune_methods.hpp"
#include "base/text.hpp"
#include "language/language.hpp"
#include "tests/support/cln_methods.hpp"
#include "tests/support/made_rune.hpp"

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

void examine(std::string_view given) {
    const auto facts = mcp::adapters::NodeCredentials().examine(mcp::domain::NodeKind::cln, given, kNow);
    if (!facts) {
        demand(facts.error().kind == mcp::ErrorKind::invalid_input || facts.error().kind == mcp::ErrorKind::forbidden);
        demand_a_line(mcp::language::render(facts.error(), Language::en));
        demand_a_line(mcp::language::render(facts.error(), Language::fr));
        return;
    }
    const auto rune = mcp::adapters::parse_rune(facts->secret);
    demand(rune && !rune->restrictions.empty());
    for (const std::string_view method : mcp::test::kClnOtherMethods) {
        demand(!mcp::adapters::may_call(*rune, method));
    }
    demand(!mcp::adapters::may_call(*rune, "") && !mcp::adapters::may_call(*rune, "a method that is not there"));
    demand(!facts->expires_at || *facts->expires_at > kNow);
    for (const mcp::Message& advice : facts->advice) {
        demand_a_line(mcp::language::render(advice, Language::en));
        demand_a_line(mcp::language::render(advice, Language::fr));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    examine(bytes);
    examine(mcp::test::made_rune(bytes));
    return 0;
}
