#include "flow/outside/failure.hpp"

#include "base/clock.hpp"
#include "base/json/document.hpp"
#include "base/text.hpp"
#include "flow/tell.hpp"
#include "language/messages.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

namespace mcp::flow {
namespace {

constexpr std::size_t kBytesMax = 300;
constexpr std::size_t kListMax = 100;

struct KindRow {
    std::string_view word; ///< stands in the store, never changes
    std::string_view key;
};

KindRow row_of(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::timeout:
        return {"timeout", "outside.timeout"};
    case ErrorKind::unavailable:
        return {"unavailable", "outside.unavailable"};
    case ErrorKind::cancelled:
        return {"cancelled", "outside.unavailable"};
    case ErrorKind::rate_limited:
        return {"rate_limited", "outside.rate_limited"};
    case ErrorKind::bad_upstream:
        return {"bad_upstream", "outside.bad_upstream"};
    case ErrorKind::unauthenticated:
        return {"unauthenticated", "outside.refused"};
    case ErrorKind::forbidden:
        return {"refused", "outside.refused"};
    case ErrorKind::not_found:
        return {"not_found", "outside.not_found"};
    case ErrorKind::invalid_input:
        return {"invalid_input", "outside.failed"};
    case ErrorKind::conflict:
        return {"conflict", "outside.failed"};
    case ErrorKind::internal:
        break;
    }
    return {"failed", "outside.failed"};
}

ErrorKind kind_of_word(std::string_view word) {
    constexpr std::array kKinds = {ErrorKind::timeout,      ErrorKind::unavailable,  ErrorKind::cancelled,
                                   ErrorKind::rate_limited, ErrorKind::bad_upstream, ErrorKind::unauthenticated,
                                   ErrorKind::forbidden,    ErrorKind::not_found,    ErrorKind::invalid_input,
                                   ErrorKind::conflict};
    const auto* kind =
        std::find_if(kKinds.begin(), kKinds.end(), [&](ErrorKind one) { return row_of(one).word == word; });
    return kind == kKinds.end() ? ErrorKind::internal : *kind;
}

/// Clean, at most kBytesMax, never cut within a character.
std::string bounded(std::string_view raw) {
    std::string text = clean_text(raw).text;
    if (text.size() <= kBytesMax) {
        return text;
    }
    constexpr std::string_view kMore = "…";
    std::size_t end = kBytesMax - kMore.size();
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) {
        --end;
    }
    text.resize(end);
    return text.append(kMore);
}

/// As a JSON string. @param raw made clean, so that quotes and backslashes are all that needs care
std::string in_quotes(std::string_view raw) {
    std::string text = "\"";
    for (const char letter : bounded(raw)) {
        text += letter == '"' || letter == '\\' ? "\\" : "";
        text += letter;
    }
    return text + "\"";
}

std::string written(const Message& message);

struct ValueWriter {
    std::string operator()(const std::string& text) const { return in_quotes(text); }
    std::string operator()(std::int64_t whole) const { return fmt::to_string(whole); }
    std::string operator()(Decimal number) const {
        return fmt::format(R"({{"decimal":{},"decimals":{}}})", finite(number.value), number.decimals);
    }
    std::string operator()(Share share) const {
        return fmt::format(R"({{"share":{},"decimals":{}}})", finite(share.value), share.decimals);
    }
    std::string operator()(Sat amount) const { return fmt::format(R"({{"sat":{}}})", amount.value); }
    std::string operator()(Msat amount) const { return fmt::format(R"({{"msat":{}}})", amount.value); }
    std::string operator()(Ppm rate) const { return fmt::format(R"({{"ppm":{}}})", rate.value); }
    std::string operator()(Time time) const { return fmt::format(R"({{"time":{}}})", time.time_since_epoch().count()); }
    std::string operator()(Day day) const { return fmt::format(R"({{"day":{}}})", day.time_since_epoch().count()); }
    std::string operator()(const std::vector<Message>& list) const {
        std::string all;
        for (const Message& one : list) {
            all += (all.empty() ? "{" : ",{") + written(one) + "}";
        }
        return "[" + all + "]";
    }

private:
    /// JSON knows no other number.
    static double finite(double value) { return std::isfinite(value) ? value : 0; }
};

/// Its members.
std::string written(const Message& message) {
    std::string args;
    for (const MessageArg& arg : message.args) {
        args += fmt::format(R"({}"{}":{})", args.empty() ? "" : ",", arg.name, std::visit(ValueWriter(), arg.value));
    }
    return fmt::format(R"("key":"{}","args":{{{}}})", message.key, args);
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

std::optional<Message> read_message(const json::Cursor& object, int depth_left = 4);

std::optional<MessageValue> read_list(const json::Cursor& value, int depth_left) {
    const Result<std::vector<json::Cursor>> items = value.items();
    if (!items || items->size() > kListMax || depth_left == 0) {
        return std::nullopt;
    }
    std::vector<Message> list;
    for (const json::Cursor& item : *items) {
        std::optional<Message> message = read_message(item, depth_left - 1);
        if (!message) {
            return std::nullopt;
        }
        list.push_back(std::move(*message));
    }
    return list;
}

/// A figure with its unit.
std::optional<MessageValue> read_figure(const json::Cursor& value) {
    const auto whole = [&value](std::string_view unit, std::int64_t most) -> std::optional<std::int64_t> {
        const Result<std::int64_t> told = value.at(unit).as_i64();
        return told && *told >= -most && *told <= most ? std::optional(*told) : std::nullopt;
    };
    constexpr std::int64_t kSecondsMax = 100'000'000'000; // some 3,000 years, either way
    constexpr std::int64_t kDaysMax = 1'000'000;
    constexpr std::int64_t kAny = std::numeric_limits<std::int64_t>::max();
    if (const auto amount = whole("sat", kAllBitcoin.value)) {
        return Sat{*amount};
    }
    if (const auto amount = whole("msat", to_msat(kAllBitcoin).value)) {
        return Msat{*amount};
    }
    if (const auto rate = whole("ppm", kAny)) {
        return Ppm{*rate};
    }
    if (const auto time = whole("time", kSecondsMax)) {
        return Time{std::chrono::seconds{*time}};
    }
    if (const auto day = whole("day", kDaysMax)) {
        return Day{std::chrono::days{*day}};
    }
    const auto decimals = static_cast<int>(whole("decimals", 9).value_or(0));
    if (const Result<double> share = value.at("share").as_double()) {
        return Share{*share, std::abs(decimals)};
    }
    if (const Result<double> number = value.at("decimal").as_double()) {
        return Decimal{*number, std::abs(decimals)};
    }
    return std::nullopt;
}

std::optional<MessageValue> read_value(const json::Cursor& value, bool is_count, int depth_left) {
    const Result<std::string_view> text = value.as_string();
    if (text && !is_count) {
        return bounded(*text);
    }
    const Result<std::int64_t> whole = value.as_i64();
    if (whole && !text) {
        return *whole;
    }
    if (is_count) {
        return std::nullopt;
    }
    return value.is_object() ? read_figure(value) : read_list(value, depth_left);
}

/// @return nothing when it is no message of this version's table
std::optional<Message> read_message(const json::Cursor& object, int depth_left) {
    const std::string_view key = object.at("key").as_string().value_or(std::string_view());
    const auto rows = language::messages();
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& one) { return one.key == key; });
    if (row == rows.end()) {
        return std::nullopt;
    }
    Message message{row->key, {}};
    for (const Placeholder& place : placeholders_of(row->en)) {
        std::optional<MessageValue> value = read_value(object.at("args").at(place.name), place.is_count, depth_left);
        if (!value) {
            return std::nullopt;
        }
        message.args.push_back({place.name, std::move(*value)});
    }
    return message;
}

std::optional<std::vector<Message>> read_steps(const json::Cursor& root) {
    const json::Cursor steps = root.at("steps");
    std::optional<MessageValue> list = steps.is_absent() ? std::vector<Message>() : read_list(steps, 4);
    return list ? std::optional(std::get<std::vector<Message>>(std::move(*list))) : std::nullopt;
}

} // namespace

std::string failure_text(const Error& error) {
    std::string text =
        fmt::format(R"({{"kind":"{}","english":{})", row_of(error.kind).word, in_quotes(in_english(error)));
    if (!error.steps.empty()) {
        text += R"(,"steps":)" + ValueWriter()(error.steps);
    }
    return text + "," + written(error.what) + "}";
}

Message failure_message(std::string_view kept) {
    const Result<json::Document> document = json::Document::parse(kept);
    if (!document || !document->root().at("kind").as_string()) {
        return {row_of(ErrorKind::internal).key, {{"reason", bounded(kept)}}};
    }
    const json::Cursor root = document->root();
    const std::string_view key = row_of(kind_of_word(*root.at("kind").as_string())).key;
    if (std::optional<Message> message = read_message(root)) {
        return {key, {{"reason", std::vector<Message>{std::move(*message)}}}};
    }
    return {key, {{"reason", bounded(root.at("english").as_string().value_or(std::string_view("?")))}}};
}

Error failure_error(std::string_view kept) {
    const Result<json::Document> document = json::Document::parse(kept);
    const Result<std::string_view> word = document ? document->root().at("kind").as_string() : fail(document.error());
    if (!word) {
        return {.kind = ErrorKind::internal, .what = {"outside.as_told", {{"text", bounded(kept)}}}};
    }
    const json::Cursor root = document->root();
    std::optional<Message> what = read_message(root);
    std::optional<std::vector<Message>> steps = read_steps(root);
    if (what && steps) {
        return {.kind = kind_of_word(*word), .what = std::move(*what), .steps = std::move(*steps)};
    }
    std::string english = bounded(root.at("english").as_string().value_or(std::string_view("?")));
    return {.kind = kind_of_word(*word), .what = {"outside.as_told", {{"text", std::move(english)}}}};
}

} // namespace mcp::flow
