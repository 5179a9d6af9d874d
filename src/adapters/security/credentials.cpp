#include "adapters/security/credentials.hpp"

#include "adapters/security/macaroon_examination.hpp"
#include "adapters/security/rune_examination.hpp"

namespace mcp::adapters {
namespace {

bool is_unknown(const Result<ports::CredentialFacts>& facts) {
    return !facts && facts.error().kind == ErrorKind::invalid_input;
}

} // namespace

Result<ports::CredentialFacts> NodeCredentials::examine(domain::NodeKind kind, std::string_view given, Time now) const {
    const bool is_lnd = kind == domain::NodeKind::lnd;
    Result<ports::CredentialFacts> facts = is_lnd ? examine_macaroon(given, now) : examine_rune(given, now);
    if (is_unknown(facts) && !is_unknown(is_lnd ? examine_rune(given, now) : examine_macaroon(given, now))) {
        const Message mistaken = is_lnd ? Message{"credential.is_rune", {}} : Message{"credential.is_macaroon", {}};
        return fail(ErrorKind::invalid_input, mistaken);
    }
    return facts;
}

} // namespace mcp::adapters
