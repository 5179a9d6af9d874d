// Any bytes as a signature and the text below it: pasted as they are, and as the 65 bytes that zbase32 stands for. What
// comes out is a key or a refusal; what is decoded is written the same; nothing fits a key by accident.
#include "adapters/security/node_signature.hpp"
#include "adapters/security/zbase32.hpp"
#include "language/language.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void ask_who_signed(const mcp::adapters::NodeSignatures& signatures, std::string_view text, std::string_view zbase) {
    const auto key = signatures.signer(text, zbase);
    if (key) {
        demand(mcp::domain::PubKey::parse(key->hex()) == *key);
        const auto other = signatures.signer(std::string(text) + "!", zbase);
        demand(!other || *other != *key);
        return;
    }
    demand(key.error().kind == mcp::ErrorKind::invalid_input);
    demand(!mcp::language::render(key.error(), mcp::language::Language::en).empty());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const mcp::adapters::NodeSignatures signatures;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    const std::string_view text = bytes.substr(std::min(end + 1, bytes.size()));
    ask_who_signed(signatures, text, bytes.substr(0, end));
    ask_who_signed(signatures, text, mcp::adapters::zbase32(bytes.substr(0, 65)));
    if (const auto decoded = mcp::adapters::from_zbase32(bytes)) {
        demand(mcp::adapters::zbase32(*decoded) == bytes);
    }
    demand(!signatures.is_signed(bytes.substr(0, 64), text, bytes.substr(0, 128)));
    return 0;
}
