#include "api/inputs.hpp"

#include "api/route.hpp"
#include "base/nearest.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace mcp::api {
namespace {

constexpr std::size_t kShownBytes = 60;

/// What a client sent, fit to be repeated to them.
std::string shown(std::string_view text) {
    const std::string clean = clean_text(text.substr(0, kShownBytes)).text;
    return text.size() <= kShownBytes ? clean : clean + "...";
}

const Parameter& row_of(const Request& request, std::string_view name) {
    const auto& rows = request.route->parameters;
    return *std::find_if(rows.begin(), rows.end(), [&](const Parameter& row) { return row.name == name; });
}

std::optional<std::int64_t> whole_number(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    return fault == std::errc() && end == text.data() + text.size() ? std::optional(number) : std::nullopt;
}

std::string joined(const std::vector<std::string_view>& words) {
    std::string text;
    for (const std::string_view word : words) {
        text += text.empty() ? "" : ", ";
        text += word;
    }
    return text;
}

/// @pre valid UTF-8
std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == text.npos;
}

/// What the reader of JSON says, in words that fit a request's body.
Message body_fault(const Error& error) {
    constexpr std::array<std::string_view, 3> kHavePlace = {"json.syntax", "json.truncated", "json.trailing"};
    const Message& what = error.what;
    if (std::find(kHavePlace.begin(), kHavePlace.end(), what.key) == kHavePlace.end()) {
        return {"http.body_not_json", {}};
    }
    return {"http.body_not_json_at", {what.args.front()}}; // the byte
}

} // namespace

void Faults::add(Message fault) {
    if (!is_full()) {
        found_.push_back(std::move(fault));
    }
}

Error Faults::error() && {
    return {.kind = ErrorKind::invalid_input, .what = {"http.bad_input", {{"faults", std::move(found_)}}}};
}

QueryReader::QueryReader(const Request& request) : request_(request) {
    std::optional<QueryParameters> given = parse_query(request.query);
    if (given) {
        given_ = std::move(*given);
    } else {
        faults_.add({"http.query_undecodable", {}});
    }
}

std::optional<std::string> QueryReader::value(std::string_view name) {
    std::optional<std::string> found;
    for (auto& [given_name, given_value] : given_) {
        if (given_name != name) {
            continue;
        }
        if (found) {
            faults_.add({"http.given_twice", {{"name", std::string(name)}}});
            return std::nullopt;
        }
        found = given_value;
    }
    return found;
}

std::int64_t QueryReader::integer(std::string_view name) {
    const Parameter& row = row_of(request_, name);
    const std::optional<std::string> text = value(name);
    if (!text) {
        return row.otherwise;
    }
    const std::optional<std::int64_t> number = whole_number(*text);
    if (!number || *number < row.least || *number > row.most) {
        faults_.add({"http.not_in_range",
                     {{"name", std::string(name)}, {"least", row.least}, {"most", row.most}, {"given", shown(*text)}}});
        return row.otherwise;
    }
    return *number;
}

std::string QueryReader::word(std::string_view name) {
    const Parameter& row = row_of(request_, name);
    std::optional<std::string> text = value(name);
    if (!text) {
        return std::string(row.words.front());
    }
    if (std::find(row.words.begin(), row.words.end(), *text) == row.words.end()) {
        faults_.add(
            {"http.not_a_word", {{"name", std::string(name)}, {"words", joined(row.words)}, {"given", shown(*text)}}});
    }
    return std::move(*text);
}

BodyReader::BodyReader(json::Document document) : document_(std::move(document)), names_(document_.root().names()) {}

Result<BodyReader> BodyReader::open(const Request& request) {
    const bool is_absent = is_blank(request.body);
    if (is_absent && request.route->body_use == BodyUse::required) {
        return fail(ErrorKind::invalid_input,
                    {"http.body_missing", {{"example", std::string(request.route->request_example)}}});
    }
    const json::Limits limits{
        .depth = 16, .string_bytes = request.route->body_max, .text_bytes = request.route->body_max};
    Result<json::Document> document = json::Document::parse(is_absent ? "{}" : request.body, limits);
    if (!document) {
        return fail(ErrorKind::invalid_input, body_fault(document.error()));
    }
    if (!document->root().is_object()) {
        return fail(ErrorKind::invalid_input,
                    {"http.body_no_object", {{"example", std::string(request.route->request_example)}}});
    }
    return BodyReader(std::move(*document));
}

void BodyReader::know(const std::vector<std::string>& names) {
    for (const std::string& given : names_) {
        if (faults_.is_full()) {
            return;
        }
        if (std::find(names.begin(), names.end(), given) != names.end()) {
            continue;
        }
        const std::optional<std::string> meant = given.size() <= kShownBytes ? nearest(given, names) : std::nullopt;
        if (meant) {
            faults_.add({"http.unknown_member_near", {{"name", shown(given)}, {"meant", *meant}}});
        } else {
            const std::vector<std::string_view> known(names.begin(), names.end());
            faults_.add({"http.unknown_member", {{"name", shown(given)}, {"known", joined(known)}}});
        }
    }
}

bool BodyReader::has(std::string_view name) const {
    return std::find(names_.begin(), names_.end(), name) != names_.end();
}

bool BodyReader::is_null(std::string_view name) const {
    return has(name) && at(name).is_absent();
}

std::optional<std::int64_t> BodyReader::integer(std::string_view name, std::int64_t least, std::int64_t most) {
    const json::Cursor cursor = at(name);
    const Result<std::int64_t> number = cursor.as_i64(); // takes a text of digits as well, which is no number here
    if (number && !cursor.as_string() && *number >= least && *number <= most) {
        return *number;
    }
    faults_.add({"http.member_not_in_range", {{"name", std::string(name)}, {"least", least}, {"most", most}}});
    return std::nullopt;
}

std::optional<std::string> BodyReader::text(std::string_view name, std::size_t characters_max) {
    const Result<std::string_view> text = at(name).as_string();
    if (text && characters(*text) <= characters_max) {
        return std::string(*text);
    }
    faults_.add(
        {"http.member_no_text", {{"name", std::string(name)}, {"limit", static_cast<std::int64_t>(characters_max)}}});
    return std::nullopt;
}

std::optional<std::vector<std::string>> BodyReader::texts(std::string_view name, std::size_t count_max,
                                                          std::size_t characters_max) {
    std::vector<std::string> texts;
    const Result<std::vector<json::Cursor>> items = at(name).items();
    bool is_good = items && !items->empty() && items->size() <= count_max;
    for (std::size_t i = 0; is_good && i < items->size(); ++i) {
        const Result<std::string_view> text = (*items)[i].as_string();
        is_good = text && !text->empty() && characters(*text) <= characters_max;
        if (is_good) {
            texts.emplace_back(*text);
        }
    }
    if (is_good) {
        return texts;
    }
    faults_.add({"http.member_no_list",
                 {{"name", std::string(name)},
                  {"count", static_cast<std::int64_t>(count_max)},
                  {"limit", static_cast<std::int64_t>(characters_max)}}});
    return std::nullopt;
}

} // namespace mcp::api
