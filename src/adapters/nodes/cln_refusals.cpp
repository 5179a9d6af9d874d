#include "adapters/nodes/cln_refusals.hpp"

#include "adapters/graphs/live/feed_answers.hpp"
#include "base/json/document.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace mcp::adapters {
namespace {

constexpr std::size_t kParsedMax = 64 << 10; // no error's JSON is longer

struct Told {
    std::optional<std::int64_t> code; ///< absent: it is no JSON of clnrest
    std::string words;
};

Told told_in(std::string_view body) {
    Told told{.code = {}, .words = said_in(body)};
    const Result<json::Document> document = json::Document::parse(body.substr(0, kParsedMax));
    if (!document) {
        return told;
    }
    const json::Cursor wrapped = document->root().at("error");
    const json::Cursor error = wrapped.is_object() ? wrapped : document->root();
    const Result<std::int64_t> code = error.at("code").as_i64();
    told.code = code ? std::optional(*code) : std::nullopt;
    if (wrapped.is_object()) {
        told.words = said_in(wrapped.text());
    }
    return told;
}

/// What checkrune says (lightningd/runes.c); the first that is found counts.
struct Saying {
    std::string_view words;
    ClnRefusal why;
};

constexpr std::array kSayings = {
    Saying{"Missing rune", ClnRefusal::no_rune},         Saying{"too soon", ClnRefusal::too_soon}, // since v23.11
    Saying{"per minute exceeded", ClnRefusal::too_soon},                                           // v23.08
    Saying{"time is greater", ClnRefusal::expired},      Saying{"time not less", ClnRefusal::expired},
    Saying{"Not permitted", ClnRefusal::not_permitted},
};

ClnRefusal by_words(std::string_view words) {
    for (const Saying& saying : kSayings) {
        if (words.find(saying.words) != std::string_view::npos) {
            return saying.why;
        }
    }
    return ClnRefusal::not_authorized;
}

ClnRefusal why_of(int status, const Told& told) {
    constexpr std::int64_t kUnknownMethod = -32601;
    constexpr std::int64_t kWrongParameters = -32602;
    if (status == 401) {
        return by_words(told.words);
    }
    if (status == 403) {
        return ClnRefusal::no_rune;
    }
    if (!told.code) {
        return ClnRefusal::not_cln;
    }
    if (*told.code == kUnknownMethod) {
        return ClnRefusal::no_method;
    }
    return *told.code == kWrongParameters ? ClnRefusal::wrong_parameters : ClnRefusal::failed;
}

} // namespace

ClnRefused read_cln_refusal(const ports::HttpResponse& answer) {
    Told told = told_in(answer.body);
    const ClnRefusal why = why_of(answer.status, told);
    return {.why = why, .said = std::move(told.words)};
}

} // namespace mcp::adapters
