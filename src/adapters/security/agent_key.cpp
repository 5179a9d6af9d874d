#include "adapters/security/agent_key.hpp"

#include "adapters/files/atomic_file.hpp"
#include "adapters/files/raw_file.hpp"
#include "adapters/files/system_fault.hpp"
#include "adapters/security/credentials_bytes.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace mcp::adapters {
namespace {

constexpr std::string_view kMark = "mcp-api-agent-key-1 "; ///< begins the file; then the seed in digits, a line break
constexpr std::size_t kFileBytes = kMark.size() + 2 * crypto_sign_SEEDBYTES + 1;

tl::unexpected<Error> at(const std::string& path, Error error) {
    return fail(std::move(error).in({"file.path", {{"path", path}}}));
}

/// The content of a file that its owner alone can read, one byte more than a key at most.
Result<std::string> read_private(const std::string& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    struct stat facts {};
    if (file.number() < 0 || ::fstat(file.number(), &facts) != 0) {
        return fail(system_fault("file.cannot_open", errno));
    }
    if (!S_ISREG(facts.st_mode)) {
        return fail(ErrorKind::invalid_input, {"agent_key.malformed", {}});
    }
    if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return fail(ErrorKind::forbidden, {"agent_key.readable_by_others", {{"path", path}}});
    }
    std::string content(kFileBytes + 1, '\0');
    const ssize_t got = ::read(file.number(), content.data(), content.size());
    if (got < 0) {
        return fail(system_fault("file.cannot_read", errno));
    }
    content.resize(static_cast<std::size_t>(got));
    return content;
}

/// @return whether `content` is of a key; `seed` is then it
bool read_seed(std::string_view content, SecretBytes& seed) {
    if (content.size() != kFileBytes || !content.starts_with(kMark) || !content.ends_with('\n')) {
        return false;
    }
    std::size_t written = 0;
    const std::string_view digits = content.substr(kMark.size(), 2 * seed.size());
    return sodium_hex2bin(seed.data(), seed.size(), digits.data(), digits.size(), nullptr, &written, nullptr) == 0 &&
           written == seed.size();
}

SecretBytes key_of(const SecretBytes& seed) {
    std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> public_key{};
    SecretBytes secret(crypto_sign_SECRETKEYBYTES);
    crypto_sign_seed_keypair(public_key.data(), secret.data(), seed.data());
    return secret;
}

} // namespace

AgentKey::AgentKey(SecretBytes secret) : secret_(std::move(secret)) {}

AgentKey AgentKey::make() {
    SecretBytes seed(crypto_sign_SEEDBYTES);
    randombytes_buf(seed.data(), seed.size());
    return AgentKey(key_of(seed));
}

Result<AgentKey> AgentKey::load(const std::string& path) {
    Result<std::string> content = read_private(path);
    if (!content) {
        return at(path, std::move(content.error()));
    }
    SecretBytes seed(crypto_sign_SEEDBYTES);
    const bool is_key = read_seed(*content, seed);
    sodium_memzero(content->data(), content->size());
    if (!is_key) {
        return at(path, {ErrorKind::invalid_input, {"agent_key.malformed", {}}});
    }
    return AgentKey(key_of(seed));
}

Result<void> AgentKey::save(const std::string& path) const {
    if (::access(path.c_str(), F_OK) == 0) {
        return at(path, {ErrorKind::conflict, {"agent_key.exists", {}}});
    }
    std::string content(kMark);
    std::array<char, 2 * crypto_sign_SEEDBYTES + 1> digits{};
    content += sodium_bin2hex(digits.data(), digits.size(), secret_.data(), crypto_sign_SEEDBYTES);
    content += '\n';
    Result<void> written = write_atomically(path, content, S_IRUSR | S_IWUSR);
    sodium_memzero(content.data(), content.size());
    sodium_memzero(digits.data(), digits.size());
    return written ? Result<void>{} : at(path, std::move(written.error()));
}

std::string AgentKey::public_key() const {
    const auto* text = reinterpret_cast<const char*>(secret_.data()) + crypto_sign_SEEDBYTES;
    return to_hex({text, crypto_sign_PUBLICKEYBYTES});
}

std::string AgentKey::sign(std::string_view bytes) const {
    std::array<unsigned char, crypto_sign_BYTES> signature{};
    crypto_sign_detached(signature.data(), nullptr, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                         secret_.data());
    return to_hex({reinterpret_cast<const char*>(signature.data()), signature.size()});
}

} // namespace mcp::adapters
