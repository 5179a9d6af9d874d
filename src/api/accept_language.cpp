#include "api/accept_language.hpp"

#include "language/language.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace mcp::api {
namespace {

using domain::Language;

std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t");
    const std::size_t last = text.find_last_not_of(" \t");
    return first == text.npos ? std::string_view() : text.substr(first, last - first + 1);
}

/// "fr-CA" is French, "en" English, "free" neither.
std::optional<Language> language_of(std::string_view tag) {
    const std::string_view primary = tag.substr(0, tag.find('-'));
    if (primary.size() != 2) {
        return std::nullopt;
    }
    const std::string small{static_cast<char>(primary[0] | 0x20), static_cast<char>(primary[1] | 0x20)};
    return language::parse_language(small);
}

/// Thousandths of "q=0.8"; 1000 without one, 0 for what is none.
int weight_of(std::string_view parameters) {
    const std::size_t q = parameters.find("q=");
    if (q == parameters.npos) {
        return 1000;
    }
    const std::string_view number = trimmed(parameters.substr(q + 2));
    if (number.starts_with('1')) {
        return 1000;
    }
    int weight = 0;
    int unit = 100;
    for (std::size_t i = 2; i < number.size() && number.starts_with("0.") && unit > 0; ++i, unit /= 10) {
        if (number[i] < '0' || number[i] > '9') {
            break;
        }
        weight += unit * (number[i] - '0');
    }
    return weight;
}

} // namespace

Language accepted_language(std::string_view header, Language otherwise) {
    Language best = otherwise;
    int best_weight = 0;
    while (!header.empty()) {
        const std::size_t comma = header.find(',');
        const std::string_view item = trimmed(header.substr(0, comma));
        header.remove_prefix(comma == header.npos ? header.size() : comma + 1);
        const std::size_t semicolon = item.find(';');
        const std::optional<Language> language = language_of(trimmed(item.substr(0, semicolon)));
        const int weight = semicolon == item.npos ? 1000 : weight_of(item.substr(semicolon + 1));
        if (language && weight > best_weight) {
            best = *language;
            best_weight = weight;
        }
    }
    return best;
}

} // namespace mcp::api
