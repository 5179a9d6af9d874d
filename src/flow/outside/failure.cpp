#include "flow/outside/failure.hpp"

#include "base/json/document.hpp"
#include "base/text.hpp"
#include "flow/tell.hpp"
#include "language/messages.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>
#include <vector>

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

std::string_view key_of_kind(std::string_view word) {
    constexpr std::array kKinds = {ErrorKind::timeout,      ErrorKind::unavailable, ErrorKind::rate_limited,
                                   ErrorKind::bad_upstream, ErrorKind::forbidden,   ErrorKind::not_found};
    const auto* kind =
        std::find_if(kKinds.begin(), kKinds.end(), [&](ErrorKind one) { return row_of(one).word == word; });
    return row_of(kind == kKinds.end() ? ErrorKind::internal : *kind).key;
}

/// Clean, at most kBytesMax, never cut within a character.
std::string bounded(std::string_view raw) {
    std::string text = clean_text(raw).text;
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

/// As a JSON string. @param raw made clean, so that quotes and backslashes are all that needs care
std::string quoted(std::string_view raw) {
    std::string text = "\"";
    for (const char letter : bounded(raw)) {
        text += letter == '"' || letter == '\\' ? "\\" : "";
        text += letter;
    }
    return text + "\"";
}

/// @return nothing when a value is neither text nor a whole number: then the English must do
std::optional<std::string> written(const std::vector<MessageArg>& args) {
    std::string all;
    for (const MessageArg& arg : args) {
        const auto* text = std::get_if<std::string>(&arg.value);
        const auto* whole = std::get_if<std::int64_t>(&arg.value);
        if (text == nullptr && whole == nullptr) {
            return std::nullopt;
        }
        all += fmt::format(R"({}"{}":{})", all.empty() ? "" : ",", arg.name,
                           text != nullptr ? quoted(*text) : fmt::to_string(*whole));
    }
    return all;
}

struct Placeholder {
    std::string_view name; ///< a piece of the message table: it outlives all
    bool is_count = false; ///< its words follow the number
};

std::vector<Placeholder> placeholders_of(std::string_view sentence) {
    std::vector<Placeholder> all;
    for (std::size_t at = sentence.find('{'); at != sentence.npos; at = sentence.find('{', at)) {
        if (sentence.substr(at, 2) == "{{") {
            at += 2;
            continue;
        }
        const std::size_t end = std::min(sentence.find_first_of("?}", at), sentence.size() - 1);
        all.push_back({.name = sentence.substr(at + 1, end - at - 1), .is_count = sentence[end] == '?'});
        at = end;
    }
    return all;
}

/// @return nothing when it is no message of this version's table
std::optional<Message> read_message(const json::Cursor& object) {
    const std::string_view key = object.at("key").as_string().value_or(std::string_view());
    const auto rows = language::messages();
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& one) { return one.key == key; });
    if (row == rows.end()) {
        return std::nullopt;
    }
    Message message{row->key, {}};
    for (const Placeholder& place : placeholders_of(row->en)) {
        const json::Cursor value = object.at("args").at(place.name);
        const Result<std::string_view> text = value.as_string();
        const Result<std::int64_t> whole = value.as_i64();
        if (text && !place.is_count) {
            message.args.push_back({place.name, std::string(*text)});
        } else if (whole && !text) {
            message.args.push_back({place.name, *whole});
        } else {
            return std::nullopt;
        }
    }
    return message;
}

} // namespace

std::string failure_text(const Error& error) {
    std::string text = fmt::format(R"({{"kind":"{}","english":{})", row_of(error.kind).word, quoted(in_english(error)));
    if (const std::optional<std::string> args = written(error.what.args)) {
        text += fmt::format(R"(,"key":"{}","args":{{{}}})", error.what.key, *args);
    }
    return text + "}";
}

Message failure_message(std::string_view kept) {
    const Result<json::Document> document = json::Document::parse(kept);
    if (!document || !document->root().at("kind").as_string()) {
        return {row_of(ErrorKind::internal).key, {{"reason", bounded(kept)}}};
    }
    const json::Cursor root = document->root();
    const std::string_view key = key_of_kind(*root.at("kind").as_string());
    if (std::optional<Message> message = read_message(root)) {
        return {key, {{"reason", std::vector<Message>{std::move(*message)}}}};
    }
    return {key, {{"reason", bounded(root.at("english").as_string().value_or(std::string_view("?")))}}};
}

} // namespace mcp::flow
