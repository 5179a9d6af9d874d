#include "api/reference_page.hpp"

#include "api/openapi.hpp"
#include "api/route.hpp"
#include "base/json_text.hpp"
#include "language/language.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <string_view>

namespace mcp::api {
namespace {

using domain::Language;

constexpr std::string_view kBase = "http://127.0.0.1:8000";

std::string say(std::string_view key, Language language) {
    return language::render(Message{key, {}}, language);
}

/// English, and French behind it.
std::string both(std::string_view key) {
    return say(key, Language::en) + " · *" + say(key, Language::fr) + "*";
}

std::string range_of(const Parameter& row) {
    switch (row.kind) {
    case Parameter::Kind::integer:
        return fmt::format("{} to {}, otherwise {}", row.least, row.most, row.otherwise);
    case Parameter::Kind::word:
        return fmt::format("`{}`, otherwise `{}`", fmt::join(row.words, "`, `"), row.words.front());
    case Parameter::Kind::text:
        return "text";
    }
    return "";
}

/// The path with the examples of its parameters, and those of the query that are not what would count anyway.
std::string example_target(const Route& route) {
    std::string path(route.path);
    std::string query;
    for (const Parameter& row : route.parameters) {
        if (row.place == Parameter::Place::header) {
            continue;
        }
        const std::string hole = fmt::format("{{{}}}", row.name);
        const bool is_usual =
            row.example == std::to_string(row.otherwise) || (!row.words.empty() && row.example == row.words.front());
        if (const std::size_t place = path.find(hole); place != path.npos) {
            path.replace(place, hole.size(), row.example);
        } else if (!is_usual) {
            query += fmt::format("{}{}={}", query.empty() ? "?" : "&", row.name, row.example);
        }
    }
    return path + query;
}

std::string curl_of(const Route& route) {
    std::string call = "curl ";
    call += route.method == Method::get ? "" : fmt::format("-X {} ", name(route.method));
    call += fmt::format("'{}{}'", kBase, example_target(route));
    if (route.access != Access::open) {
        call += " \\\n  -H \"Authorization: Bearer $TOKEN\"";
    }
    for (const Parameter& row : route.parameters) {
        if (row.place == Parameter::Place::header) {
            call += fmt::format(" \\\n  -H '{}: {}'", row.name, row.example);
        }
    }
    if (route.body_use != BodyUse::none) {
        call += fmt::format(" \\\n  -H 'Content-Type: application/json' \\\n  -d '{}'", route.request_example);
    }
    return call;
}

std::string answers_of(const Route& route) {
    std::string statuses;
    for (const int status : route.successes) {
        statuses += fmt::format("{}{}", statuses.empty() ? "" : ", ", status);
    }
    for (const int status : refusals_of(route)) {
        const bool is_own = std::find(route.refusals.begin(), route.refusals.end(), status) != route.refusals.end();
        statuses += is_own || !is_common_refusal(status) ? fmt::format(", {}", status) : "";
    }
    return statuses;
}

std::string route_text(const Route& route) {
    std::string text = fmt::format("### {} {}\n\n{}: {}.\n", name(route.method), route.path,
                                   say(access_key(route.access), Language::en), both(route.summary_key));
    if (!route.about_key.empty()) {
        text += fmt::format("\n{}\n\n*{}*\n", say(route.about_key, Language::en), say(route.about_key, Language::fr));
    }
    if (!route.parameters.empty()) {
        text += "\n| parameter | takes | meaning | sens |\n| --- | --- | --- | --- |\n";
        for (const Parameter& row : route.parameters) {
            text += fmt::format("| `{}` | {} | {} | {} |\n", row.name, range_of(row), say(row.about_key, Language::en),
                                say(row.about_key, Language::fr));
        }
    }
    text += fmt::format("\n```sh\n{}\n```\n\nAnswers {}.\n", curl_of(route), answers_of(route));
    if (!route.response_example.empty() && route.response_type == kJson) {
        text += fmt::format("\n```json\n{}```\n", json_text(boost::json::parse(route.response_example)));
    }
    return text + "\n";
}

std::string overview() {
    std::string text = "| method and path | who | what | quoi |\n| --- | --- | --- | --- |\n";
    for (const Route& route : routes()) {
        text += fmt::format("| `{} {}` | {} | {} | {} |\n", name(route.method), route.path,
                            say(access_key(route.access), Language::en), say(route.summary_key, Language::en),
                            say(route.summary_key, Language::fr));
    }
    return text;
}

std::string errors() {
    std::string text = "| status | meaning | sens |\n| --- | --- | --- |\n";
    for (const int status : {400, 401, 403, 404, 405, 408, 409, 413, 414, 415, 429, 431, 500, 503}) {
        text += fmt::format("| {} | {} | {} |\n", status, say(refusal_key(status), Language::en),
                            say(refusal_key(status), Language::fr));
    }
    return text;
}

} // namespace

std::string reference_page() {
    std::string page = fmt::format(
        "# HTTP API\n\nPrinted from the table of routes by `./dev docs`; do not edit. The same as OpenAPI 3.1: "
        "`GET /openapi.json`; as a page: `GET /docs`.\n\n{}\n\n*{}*\n\n{}\n",
        say("api.about", Language::en), say("api.about", Language::fr), overview());
    page += fmt::format("## Token\n\n{}\n\n*{}*\n\n", say("api.bearer", Language::en), say("api.bearer", Language::fr));
    page +=
        fmt::format("## Errors\n\nEvery error is `{{\"detail\", \"status_code\", \"timestamp\", \"request_id\"}}`; its "
                    "detail follows `Accept-Language` (fr, en). Every answer carries `X-Request-ID`.\n\n{}\n",
                    errors());
    std::string_view tag;
    for (const Route& route : routes()) {
        if (route.tag != tag) {
            tag = route.tag;
            page += fmt::format("## {}\n\n", both(tag_key(tag)));
        }
        page += route_text(route);
    }
    page.pop_back(); // the last blank line
    return page;
}

} // namespace mcp::api
