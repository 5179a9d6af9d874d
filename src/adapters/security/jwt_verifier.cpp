#include "adapters/security/jwt_verifier.hpp"

#include "adapters/security/compact_token.hpp"

#include <algorithm>

namespace mcp::adapters {
namespace {

/// What the header says of the signature, none of it believed yet.
struct SignedHow {
    Algorithm algorithm;
    std::optional<std::string> key_id;
};

tl::unexpected<Error> malformed(Message fault) {
    return fail(ErrorKind::unauthenticated, {"token.malformed", {{"fault", std::vector<Message>{std::move(fault)}}}});
}

Result<SignedHow> read_header(std::string_view json) {
    const Result<TokenObject> header = TokenObject::parse(json);
    if (!header) {
        return malformed(header.error().what);
    }
    if (header->has("crit")) {
        return malformed({"token.crit", {}});
    }
    const std::optional<Algorithm> algorithm = parse_algorithm(header->text("alg").value_or(""));
    if (!algorithm) {
        return malformed({"token.algorithm", {}});
    }
    if (header->has("kid") && !header->text("kid")) {
        return malformed({"token.kid", {}});
    }
    const std::optional<std::string_view> id = header->text("kid");
    return SignedHow{*algorithm, id ? std::optional<std::string>(*id) : std::nullopt};
}

/// The public keys that a token may be tried on: the one that it names, else keys without a name. One that names none
/// is tried on a named key only when no other fits its algorithm.
std::vector<const PublicKey*> candidates(const std::vector<PublicKey>& keys, const SignedHow& how) {
    std::vector<const PublicKey*> named;
    std::vector<const PublicKey*> nameless;
    for (const PublicKey& key : keys) {
        if (key.algorithm() == how.algorithm) {
            (key.id().empty() ? nameless : named).push_back(&key);
        }
    }
    if (how.key_id) {
        const auto meant =
            std::find_if(named.begin(), named.end(), [&](const PublicKey* key) { return key->id() == *how.key_id; });
        return meant != named.end() ? std::vector<const PublicKey*>{*meant} : nameless;
    }
    if (named.empty()) {
        return nameless;
    }
    return named.size() == 1 && nameless.empty() ? named : std::vector<const PublicKey*>{};
}

bool signature_fits(const TokenKeys& keys, const SignedHow& how, const CompactToken& token) {
    if (how.algorithm == Algorithm::hs256) {
        return keys.secret && keys.secret->fits(token.signed_part, token.signature);
    }
    const std::vector<const PublicKey*> tried = candidates(keys.public_keys, how);
    return std::any_of(tried.begin(), tried.end(),
                       [&](const PublicKey* key) { return key->fits(token.signed_part, token.signature); });
}

} // namespace

Result<ports::Caller> JwtVerifier::verify(std::string_view token, Time now) const {
    const Result<CompactToken> parts = split_token(token);
    if (!parts) {
        return fail(parts.error());
    }
    const Result<SignedHow> how = read_header(parts->header);
    if (!how) {
        return fail(how.error());
    }
    if (!signature_fits(keys_, *how, *parts)) { // an unknown key and a wrong signature look alike from outside
        return fail(ErrorKind::unauthenticated, {"token.signature", {}});
    }
    const Result<TokenObject> claims = TokenObject::parse(parts->claims);
    return claims ? caller_of(*claims, rules_, now) : malformed(claims.error().what);
}

} // namespace mcp::adapters
