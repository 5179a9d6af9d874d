#include "adapters/security/compact_token.hpp"

#include "adapters/security/base64url.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace mcp::adapters {
namespace {

tl::unexpected<Error> malformed(Message fault) {
    return fail(ErrorKind::unauthenticated, {"token.malformed", {{"fault", std::vector<Message>{std::move(fault)}}}});
}

} // namespace

Result<CompactToken> split_token(std::string_view token) {
    if (token.size() > kTokenBytesMax) {
        return malformed({"token.too_long", {{"limit", static_cast<std::int64_t>(kTokenBytesMax)}}});
    }
    const std::size_t first = token.find('.');
    const std::size_t last = token.rfind('.');
    if (first == last || std::count(token.begin(), token.end(), '.') != 2) {
        return malformed({"token.parts", {}});
    }
    std::optional<std::string> header = from_base64url(token.substr(0, first));
    std::optional<std::string> claims = from_base64url(token.substr(first + 1, last - first - 1));
    std::optional<std::string> signature = from_base64url(token.substr(last + 1));
    if (!header || !claims || !signature) {
        return malformed({"token.base64", {}});
    }
    if (signature->empty()) {
        return malformed({"token.unsigned", {}});
    }
    return CompactToken{*std::move(header), *std::move(claims), *std::move(signature), token.substr(0, last)};
}

} // namespace mcp::adapters
