#include "adapters/security/pem_keys.hpp"

#include <climits>
#include <cstdint>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <optional>
#include <string>

namespace mcp::adapters {
namespace {

/// What stands between BEGIN and END.
struct Block {
    std::string name;
    std::string der;
};

Error broken_block(std::size_t number) {
    return {.kind = ErrorKind::invalid_input, .what = {"key.bad_pem", {{"number", static_cast<std::int64_t>(number)}}}};
}

/// @return nothing at the end of the text
Result<std::optional<Block>> next_block(BIO* text, std::size_t number) {
    char* name = nullptr;
    char* header = nullptr;
    unsigned char* data = nullptr;
    long length = 0;
    if (PEM_read_bio(text, &name, &header, &data, &length) != 1) {
        const bool is_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
        ERR_clear_error();
        return is_end ? Result<std::optional<Block>>(std::nullopt) : fail(broken_block(number));
    }
    Block block{.name = name, .der = {reinterpret_cast<const char*>(data), static_cast<std::size_t>(length)}};
    OPENSSL_cleanse(data, static_cast<std::size_t>(length)); // it may be a private key, put here by mistake
    OPENSSL_free(name);
    OPENSSL_free(header);
    OPENSSL_free(data);
    return block;
}

EvpKey decoded(const Block& block) {
    const unsigned char* at = bytes_of(block.der);
    const unsigned char* const end = at + block.der.size();
    const long length = static_cast<long>(block.der.size());
    EvpKey key(block.name == "PUBLIC KEY" ? d2i_PUBKEY(nullptr, &at, length)
                                          : d2i_PublicKey(EVP_PKEY_RSA, nullptr, &at, length));
    ERR_clear_error();
    return at == end ? std::move(key) : nullptr;
}

Result<PublicKey> key_of(Block block, std::size_t number) {
    if (block.name.ends_with("PRIVATE KEY")) {
        OPENSSL_cleanse(block.der.data(), block.der.size());
        return fail(ErrorKind::invalid_input, {"key.private_pem", {}});
    }
    if (block.name.ends_with("CERTIFICATE")) {
        return fail(ErrorKind::invalid_input, {"key.certificate", {}});
    }
    if (block.name != "PUBLIC KEY" && block.name != "RSA PUBLIC KEY") {
        return fail(ErrorKind::invalid_input, {"key.other_pem", {{"name", block.name}}});
    }
    EvpKey key = decoded(block);
    return key == nullptr ? fail(broken_block(number)) : PublicKey::from(std::move(key), "");
}

} // namespace

Result<std::vector<PublicKey>> keys_from_pem(std::string_view text) {
    const Bio bio(BIO_new_mem_buf(text.data(), static_cast<int>(std::min<std::size_t>(text.size(), INT_MAX))));
    std::vector<PublicKey> keys;
    while (true) {
        Result<std::optional<Block>> block = next_block(bio.get(), keys.size() + 1);
        if (!block) {
            return fail(std::move(block.error()));
        }
        if (!*block) {
            return keys;
        }
        Result<PublicKey> key = key_of(**std::move(block), keys.size() + 1);
        if (!key) {
            return fail(std::move(key.error()));
        }
        if (keys.size() == kPemKeysMax) {
            return fail(ErrorKind::invalid_input,
                        {"key.too_many", {{"limit", static_cast<std::int64_t>(kPemKeysMax)}}});
        }
        keys.push_back(*std::move(key));
    }
}

} // namespace mcp::adapters
