// Any bytes as a file of public keys, PEM or JWKS: the keys that it gives check signatures without a crash, and accept
// none that nobody made; all else is refused in words.
#include "adapters/security/key_file.hpp"
#include "language/language.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto keys = mcp::adapters::parse_public_keys({reinterpret_cast<const char*>(data), size});
    if (!keys) {
        demand(!mcp::language::render(keys.error(), mcp::language::Language::en).empty());
        demand(!mcp::language::render(keys.error(), mcp::language::Language::fr).empty());
        return 0;
    }
    demand(!keys->empty());
    for (const mcp::adapters::PublicKey& key : *keys) {
        demand(key.algorithm() != mcp::adapters::Algorithm::hs256);
        demand(!key.fits("header.claims", ""));
        demand(!key.fits("header.claims", std::string(64, '\1')));
        demand(!key.fits("header.claims", std::string(256, '\1')));
    }
    return 0;
}
