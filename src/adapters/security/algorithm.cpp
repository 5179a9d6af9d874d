#include "adapters/security/algorithm.hpp"

namespace mcp::adapters {

std::string_view name_of(Algorithm algorithm) {
    switch (algorithm) {
    case Algorithm::hs256:
        return "HS256";
    case Algorithm::rs256:
        return "RS256";
    case Algorithm::es256:
        return "ES256";
    case Algorithm::eddsa:
        return "EdDSA";
    }
    return {};
}

std::optional<Algorithm> parse_algorithm(std::string_view name) {
    for (const Algorithm known : {Algorithm::hs256, Algorithm::rs256, Algorithm::es256, Algorithm::eddsa}) {
        if (name_of(known) == name) {
            return known;
        }
    }
    return std::nullopt;
}

} // namespace mcp::adapters
