#include "flow/outside/failure.hpp"

#include "base/text.hpp"
#include "flow/tell.hpp"

#include <array>

namespace mcp::flow {
namespace {

constexpr std::size_t kBytesMax = 300;

struct KindRow {
    std::string_view word; ///< stands in the store, never changes
    std::string_view key;
};

KindRow row_of(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::timeout:
        return {"timeout", "outside.timeout"};
    case ErrorKind::unavailable:
    case ErrorKind::cancelled:
        return {"unavailable", "outside.unavailable"};
    case ErrorKind::rate_limited:
        return {"rate_limited", "outside.rate_limited"};
    case ErrorKind::bad_upstream:
        return {"bad_upstream", "outside.bad_upstream"};
    case ErrorKind::unauthenticated:
    case ErrorKind::forbidden:
        return {"refused", "outside.refused"};
    case ErrorKind::not_found:
        return {"not_found", "outside.not_found"};
    case ErrorKind::invalid_input:
    case ErrorKind::conflict:
    case ErrorKind::internal:
        break;
    }
    return {"failed", "outside.failed"};
}

/// At most kBytesMax, never cut within a character.
std::string bounded(std::string text) {
    if (text.size() <= kBytesMax) {
        return text;
    }
    std::size_t end = kBytesMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
        --end;
    }
    text.resize(end);
    return text + "…";
}

} // namespace

std::string failure_text(const Error& error) {
    return std::string(row_of(error.kind).word) + ": " + bounded(clean_text(in_english(error)).text);
}

Message failure_message(std::string_view kept) {
    constexpr std::array kKinds = {ErrorKind::timeout,      ErrorKind::unavailable, ErrorKind::rate_limited,
                                   ErrorKind::bad_upstream, ErrorKind::forbidden,   ErrorKind::not_found,
                                   ErrorKind::internal};
    const std::size_t colon = kept.find(": ");
    for (const ErrorKind kind : kKinds) {
        const KindRow row = row_of(kind);
        if (kept.substr(0, colon) == row.word && colon != kept.npos) {
            return {row.key, {{"reason", std::string(kept.substr(colon + 2))}}};
        }
    }
    return {row_of(ErrorKind::internal).key, {{"reason", std::string(kept)}}};
}

} // namespace mcp::flow
