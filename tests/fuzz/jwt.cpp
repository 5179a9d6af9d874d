// Any bytes as a token, and any bytes as the header and claims of a token that is really signed: what is accepted has a
// caller that a user can be, and dates that hold; what is not is refused in words.
#include "adapters/security/base64url.hpp"
#include "adapters/security/jwks.hpp"
#include "adapters/security/jwt_verifier.hpp"
#include "domain/user.hpp"
#include "language/language.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

using mcp::adapters::base64url;
using mcp::adapters::HmacKey;
using mcp::adapters::JwtVerifier;

constexpr mcp::Time kNow{std::chrono::seconds{1'761'364'800}};
constexpr const char* kSecret = "a-secret-of-the-fuzzer-32-bytes-";

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

const JwtVerifier& verifier() {
    static const JwtVerifier verifier_of_all = [] {
        mcp::adapters::TokenKeys keys;
        keys.secret.emplace(kSecret);
        keys.public_keys =
            mcp::adapters::keys_from_jwks(
                R"({"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"},)"
                R"({"kty":"OKP","kid":"e","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})")
                .value();
        return JwtVerifier(std::move(keys), {.audience = "mcp"});
    }();
    return verifier_of_all;
}

void check(const mcp::Result<mcp::ports::Caller>& caller) {
    if (caller) {
        demand(mcp::domain::is_valid_id(caller->user_id) && mcp::domain::is_valid_id(caller->tenant_id));
        demand(caller->valid_until && *caller->valid_until > kNow);
        return;
    }
    demand(caller.error().kind == mcp::ErrorKind::unauthenticated);
    demand(!mcp::language::render(caller.error(), mcp::language::Language::en).empty());
    demand(!mcp::language::render(caller.error(), mcp::language::Language::fr).empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const HmacKey key(kSecret);
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    check(verifier().verify(bytes, kNow));
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view claims = bytes.substr(std::min(end + 1, bytes.size()));
    const std::string text = base64url(bytes.substr(0, end)) + "." + base64url(claims);
    check(verifier().verify(text + "." + base64url(key.sign(text)), kNow));
    if (const auto decoded = mcp::adapters::from_base64url(bytes)) {
        demand(base64url(*decoded) == bytes);
    }
    return 0;
}
