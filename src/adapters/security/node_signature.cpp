#include "adapters/security/node_signature.hpp"

#include "adapters/security/credentials_bytes.hpp"
#include "adapters/security/secret_bytes.hpp"
#include "adapters/security/zbase32.hpp"

#include <array>
#include <secp256k1.h>
#include <secp256k1_recovery.h>
#include <sodium.h>

namespace mcp::adapters {
namespace {

constexpr std::string_view kPrefix = "Lightning Signed Message:";
constexpr std::size_t kSignatureBytes = 65;
constexpr std::size_t kTextBytesMax = 104 + 64; ///< of the signature, with what is pasted around it

using Hash = std::array<unsigned char, crypto_hash_sha256_BYTES>;

Hash hash_of(std::string_view text) {
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(kPrefix.data()), kPrefix.size());
    crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    Hash once{};
    crypto_hash_sha256_final(&state, once.data());
    Hash twice{};
    crypto_hash_sha256(twice.data(), once.data(), once.size());
    return twice;
}

/// The first byte says which of four keys signed: 27 + 0...3, and 4 more when the key is meant compressed.
std::optional<int> recovery_id(unsigned char head) {
    return head >= 27 && head <= 34 ? std::optional((head - 27) % 4) : std::nullopt;
}

tl::unexpected<Error> no_signature() {
    return fail(ErrorKind::invalid_input, {"signature.malformed", {}});
}

} // namespace

NodeSignatures::NodeSignatures() : context_(secp256k1_context_create(SECP256K1_CONTEXT_NONE)) {
    begin_sodium();
}

NodeSignatures::~NodeSignatures() = default;

void NodeSignatures::Free::operator()(secp256k1_context_struct* context) const {
    secp256k1_context_destroy(context);
}

Result<domain::PubKey> NodeSignatures::signer(std::string_view text, std::string_view zbase) const {
    const std::optional<std::string> bytes =
        zbase.size() <= kTextBytesMax ? from_zbase32(without_blanks(zbase)) : std::nullopt;
    if (!bytes || bytes->size() != kSignatureBytes) {
        return no_signature();
    }
    const auto* raw = reinterpret_cast<const unsigned char*>(bytes->data());
    const std::optional<int> id = recovery_id(raw[0]);
    secp256k1_ecdsa_recoverable_signature signature;
    if (!id || secp256k1_ecdsa_recoverable_signature_parse_compact(context_.get(), &signature, raw + 1, *id) != 1) {
        return no_signature();
    }
    secp256k1_pubkey point;
    const Hash hash = hash_of(text);
    if (secp256k1_ecdsa_recover(context_.get(), &point, &signature, hash.data()) != 1) {
        return no_signature();
    }
    domain::PubKey key;
    std::size_t size = key.bytes.size();
    secp256k1_ec_pubkey_serialize(context_.get(), key.bytes.data(), &size, &point, SECP256K1_EC_COMPRESSED);
    return key;
}

bool NodeSignatures::is_signed(std::string_view key, std::string_view bytes, std::string_view signature) const {
    if (key.size() != 2 * crypto_sign_PUBLICKEYBYTES || signature.size() != 2 * crypto_sign_BYTES) {
        return false;
    }
    const std::optional<std::string> raw_key = from_hex(key);
    const std::optional<std::string> raw_signature = from_hex(signature);
    return raw_key && raw_signature &&
           crypto_sign_verify_detached(reinterpret_cast<const unsigned char*>(raw_signature->data()),
                                       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                                       reinterpret_cast<const unsigned char*>(raw_key->data())) == 0;
}

} // namespace mcp::adapters
