#include "api/target.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstddef>

namespace mcp::api {
namespace {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    const char small = static_cast<char>(c | 0x20);
    return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

/// Calls `take` with each piece between the separators, also with empty ones. @return false as soon as `take` does
template <typename Take>
bool each_piece(std::string_view text, char separator, Take take) {
    for (;;) {
        const std::size_t end = text.find(separator);
        if (!take(text.substr(0, end))) {
            return false;
        }
        if (end == text.npos) {
            return true;
        }
        text.remove_prefix(end + 1);
    }
}

/// "http://host/path" as "/path"; what does not begin so stays.
std::string without_host(std::string_view text) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (text.starts_with(scheme)) {
            const std::size_t end = std::min(text.find_first_of("/?", scheme.size()), text.size());
            return (text.substr(end).starts_with('/') ? "" : "/") + std::string(text.substr(end));
        }
    }
    return std::string(text);
}

} // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            decoded += ' ';
        } else if (text[i] != '%') {
            decoded += text[i];
        } else {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) {
                return std::nullopt;
            }
            decoded += static_cast<char>(high << 4 | low);
            i += 2;
        }
    }
    const bool is_clean = decoded.find('\0') == decoded.npos && is_utf8(decoded);
    return is_clean ? std::optional(std::move(decoded)) : std::nullopt;
}

std::optional<Target> parse_target(std::string_view text) {
    Target target;
    if (text == "*") {
        target.is_asterisk = true;
        return target;
    }
    std::string path_form;
    if (!text.starts_with('/')) {
        path_form = without_host(text);
        text = path_form;
    }
    text = text.substr(0, text.find('#')); // a fragment is the client's own affair; some send it all the same
    const std::size_t question = text.find('?');
    if (question != text.npos) {
        target.query = text.substr(question + 1);
        text = text.substr(0, question);
    }
    if (!text.starts_with('/')) {
        return std::nullopt;
    }
    const bool is_whole = each_piece(text.substr(1), '/', [&](std::string_view piece) {
        std::optional<std::string> segment = percent_decode(piece);
        if (segment) {
            target.segments.push_back(std::move(*segment));
        }
        return segment.has_value();
    });
    return is_whole ? std::optional(std::move(target)) : std::nullopt;
}

std::optional<QueryParameters> parse_query(std::string_view query) {
    QueryParameters parameters;
    const bool is_whole = each_piece(query, '&', [&](std::string_view piece) {
        if (piece.empty()) {
            return true;
        }
        const std::size_t equals = piece.find('=');
        std::optional<std::string> name = percent_decode(piece.substr(0, equals), true);
        std::optional<std::string> value =
            percent_decode(equals == piece.npos ? std::string_view() : piece.substr(equals + 1), true);
        if (!name || !value) {
            return false;
        }
        parameters.emplace_back(std::move(*name), std::move(*value));
        return true;
    });
    return is_whole ? std::optional(std::move(parameters)) : std::nullopt;
}

} // namespace mcp::api
