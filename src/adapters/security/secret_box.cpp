#include "adapters/security/secret_box.hpp"

#include "adapters/security/base64url.hpp"
#include "adapters/security/credentials_bytes.hpp"

#include <algorithm>
#include <sodium.h>
#include <stdexcept>

namespace mcp::adapters {
namespace {

constexpr char kVersion = 1;
constexpr std::size_t kIdBytes = std::tuple_size_v<decltype(SealKey::id)>;
constexpr std::size_t kHeadBytes = 1 + kIdBytes + crypto_secretbox_NONCEBYTES;
constexpr std::size_t kLengthBytes = 4;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

std::array<char, kIdBytes> id_of(const SecretBytes& key) {
    constexpr std::string_view kContext = "mcp-api: id of a key for secrets";
    std::array<unsigned char, crypto_generichash_BYTES> hash{};
    crypto_generichash(hash.data(), hash.size(), bytes_of(kContext), kContext.size(), key.data(), key.size());
    std::array<char, kIdBytes> id{};
    std::copy_n(hash.begin(), id.size(), id.begin());
    return id;
}

void add_counted(std::string& text, std::string_view part) {
    for (std::size_t i = 0; i < kLengthBytes; ++i) {
        text += static_cast<char>(part.size() >> (8 * i) & 0xFF);
    }
    text += part;
}

std::optional<std::string_view> take_counted(std::string_view& text) {
    if (text.size() < kLengthBytes) {
        return std::nullopt;
    }
    std::size_t size = 0;
    for (std::size_t i = 0; i < kLengthBytes; ++i) {
        size |= static_cast<std::size_t>(static_cast<unsigned char>(text[i])) << (8 * i);
    }
    text.remove_prefix(kLengthBytes);
    if (size > text.size()) {
        return std::nullopt;
    }
    const std::string_view part = text.substr(0, size);
    text.remove_prefix(size);
    return part;
}

/// What is in the box, overwritten at the end.
class OpenBox {
public:
    explicit OpenBox(std::size_t bytes) { text.reserve(bytes); }
    ~OpenBox() { sodium_memzero(text.data(), text.size()); }
    OpenBox(const OpenBox&) = delete;
    OpenBox& operator=(const OpenBox&) = delete;

    std::string text;
};

/// The bytes of a sealed text; nothing when it is none of ours.
std::optional<std::string> bytes_of_sealed(std::string_view sealed) {
    std::optional<std::string> bytes = from_base64url(sealed);
    const bool is_ours =
        bytes && bytes->starts_with(kVersion) && bytes->size() >= kHeadBytes + crypto_secretbox_MACBYTES;
    if (!is_ours) {
        bytes.reset();
    }
    return bytes;
}

bool is_sealed_by(const SealKey& key, std::string_view bytes) {
    return bytes.substr(1, kIdBytes) == std::string_view(key.id.data(), key.id.size());
}

bool open_box(const SealKey& key, std::string_view bytes, OpenBox& box) {
    const std::string_view nonce = bytes.substr(1 + kIdBytes, crypto_secretbox_NONCEBYTES);
    const std::string_view closed = bytes.substr(kHeadBytes);
    box.text.resize(closed.size() - crypto_secretbox_MACBYTES);
    return crypto_secretbox_open_easy(bytes_of(box.text), bytes_of(closed), closed.size(), bytes_of(nonce),
                                      key.bytes.data()) == 0;
}

Result<ports::NodeSecret> read_box(std::string_view user_id, std::string_view text) {
    const std::optional<std::string_view> user = take_counted(text);
    const std::optional<std::string_view> secret = user == user_id ? take_counted(text) : std::nullopt;
    const std::optional<std::string_view> certificate = secret ? take_counted(text) : std::nullopt;
    if (!certificate || !text.empty()) {
        return fail(ErrorKind::internal, {"secrets.not_intact", {}});
    }
    return ports::NodeSecret{std::string(*secret), std::string(*certificate)};
}

} // namespace

Result<SealKey> parse_seal_key(std::string_view text) {
    const bool may_be_hex = text.size() == 2 * crypto_secretbox_KEYBYTES;
    std::optional<std::string> bytes = may_be_hex ? from_hex(text) : from_base64(text);
    if (!bytes || bytes->size() != crypto_secretbox_KEYBYTES) {
        return fail(ErrorKind::invalid_input, {"secrets.bad_key", {}});
    }
    SecretBytes key(bytes->size());
    std::copy(bytes->begin(), bytes->end(), key.data());
    sodium_memzero(bytes->data(), bytes->size());
    const std::array<char, kIdBytes> id = id_of(key);
    return SealKey{std::move(key), id};
}

SecretBox::SecretBox(const std::vector<std::string>& keys) {
    for (const std::string& text : keys) {
        if (text.empty()) {
            continue;
        }
        Result<SealKey> key = parse_seal_key(text);
        if (!key) {
            throw std::invalid_argument("a key for secrets that is not 32 bytes");
        }
        keys_.push_back(*std::move(key));
    }
}

Result<std::string> SecretBox::seal(std::string_view user_id, const ports::NodeSecret& secret) const {
    if (keys_.empty()) {
        return fail(ErrorKind::unavailable, {"secrets.no_key", {}});
    }
    const SealKey& key = keys_.front();
    OpenBox box(3 * kLengthBytes + user_id.size() + secret.secret.size() + secret.certificate.size());
    add_counted(box.text, user_id);
    add_counted(box.text, secret.secret);
    add_counted(box.text, secret.certificate);
    std::string bytes(1, kVersion);
    bytes.append(key.id.data(), key.id.size());
    bytes.resize(kHeadBytes + crypto_secretbox_MACBYTES + box.text.size());
    unsigned char* nonce = bytes_of(bytes) + 1 + kIdBytes;
    randombytes_buf(nonce, crypto_secretbox_NONCEBYTES);
    crypto_secretbox_easy(bytes_of(bytes) + kHeadBytes, bytes_of(box.text), box.text.size(), nonce, key.bytes.data());
    return base64url(bytes);
}

Result<ports::NodeSecret> SecretBox::open(std::string_view user_id, std::string_view sealed) const {
    const std::optional<std::string> bytes = bytes_of_sealed(sealed);
    if (!bytes) {
        return fail(ErrorKind::internal, {"secrets.not_intact", {}});
    }
    bool is_key_there = false;
    for (const SealKey& key : keys_) {
        if (!is_sealed_by(key, *bytes)) {
            continue;
        }
        is_key_there = true;
        OpenBox box(bytes->size());
        if (open_box(key, *bytes, box)) {
            return read_box(user_id, box.text);
        }
    }
    return is_key_there ? fail(ErrorKind::internal, {"secrets.not_intact", {}})
                        : fail(ErrorKind::unavailable, {keys_.empty() ? "secrets.no_key" : "secrets.other_key", {}});
}

bool SecretBox::is_outdated(std::string_view sealed) const {
    if (keys_.empty() || sealed.empty()) {
        return false;
    }
    const std::optional<std::string> bytes = bytes_of_sealed(sealed);
    return !bytes || !is_sealed_by(keys_.front(), *bytes);
}

} // namespace mcp::adapters
