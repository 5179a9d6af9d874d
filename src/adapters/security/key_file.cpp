#include "adapters/security/key_file.hpp"

#include "adapters/files/read_file.hpp"
#include "adapters/security/jwks.hpp"
#include "adapters/security/pem_keys.hpp"

namespace mcp::adapters {
namespace {

constexpr std::size_t kFileBytesMax = 256 * 1024;

bool looks_like_json(std::string_view text) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    text.remove_prefix(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    return first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
}

} // namespace

Result<std::vector<PublicKey>> parse_public_keys(std::string_view text) {
    Result<std::vector<PublicKey>> keys = looks_like_json(text) ? keys_from_jwks(text) : keys_from_pem(text);
    if (keys && keys->empty()) {
        return fail(ErrorKind::invalid_input, {"key.none", {}});
    }
    return keys;
}

Result<std::vector<PublicKey>> read_public_keys(const std::string& path) {
    const Result<std::string> text = read_file(path, kFileBytesMax);
    Result<std::vector<PublicKey>> keys = text ? parse_public_keys(*text) : fail(text.error());
    if (!keys) {
        return fail(std::move(keys.error()).in({"file.path", {{"path", path}}}));
    }
    return keys;
}

} // namespace mcp::adapters
