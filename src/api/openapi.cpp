#include "api/openapi.hpp"

#include "api/schemas.hpp"
#include "base/json_text.hpp"
#include "language/language.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <cctype>
#include <set>
#include <stdexcept>

namespace mcp::api {
namespace {

using domain::Language;
namespace json = boost::json;

constexpr int kCommonRefusals[] = {400, 405, 408, 413, 414, 431, 500, 503};

std::string say(std::string_view key, Language language) {
    return key.empty() ? "" : language::render(Message{key, {}}, language);
}

json::value reference(std::string_view place, std::string_view name) {
    return json::object{{"$ref", "#/components/" + std::string(place) + "/" + std::string(name)}};
}

std::string lower(std::string_view text) {
    std::string small(text);
    std::transform(small.begin(), small.end(), small.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? c | 0x20 : c; });
    return small;
}

json::object parameter_schema(const Parameter& row) {
    switch (row.kind) {
    case Parameter::Kind::integer:
        return {{"type", "integer"}, {"minimum", row.least}, {"maximum", row.most}, {"default", row.otherwise}};
    case Parameter::Kind::word:
        return {{"type", "string"},
                {"enum", json::array(row.words.begin(), row.words.end())},
                {"default", row.words.front()}};
    case Parameter::Kind::text:
        return {{"type", "string"}, {"minLength", 1}};
    }
    return {};
}

json::value parameter_example(const Parameter& row) {
    return row.kind == Parameter::Kind::integer ? json::value(std::stoll(std::string(row.example)))
                                                : json::value(row.example);
}

std::string_view place_of(Parameter::Place place) {
    switch (place) {
    case Parameter::Place::path:
        return "path";
    case Parameter::Place::query:
        return "query";
    case Parameter::Place::header:
        return "header";
    }
    return "";
}

json::object parameter_json(const Parameter& row, Language language) {
    return {{"name", row.name},
            {"in", place_of(row.place)},
            {"required", row.place != Parameter::Place::query},
            {"description", say(row.about_key, language)},
            {"schema", parameter_schema(row)},
            {"example", parameter_example(row)}};
}

json::object content_json(std::string_view type, std::string_view schema, std::string_view example) {
    json::object media{{"schema", reference("schemas", schema)}};
    if (!example.empty()) {
        media["example"] = json::parse(example);
    }
    return {{type, std::move(media)}};
}

json::object responses_json(const Route& route, Language language) {
    json::object responses;
    for (const int status : route.successes) {
        responses[std::to_string(status)] =
            json::object{{"description", say(success_key(status), language)},
                         {"headers", {{"X-Request-ID", reference("headers", "X-Request-ID")}}},
                         {"content", content_json(route.response_type, route.response_schema, route.response_example)}};
    }
    for (const int status : refusals_of(route)) {
        responses[std::to_string(status)] = reference("responses", "Error" + std::to_string(status));
    }
    return responses;
}

/// What a reader of this route should know of, apart from what every route may answer.
json::array own_refusals(const Route& route) {
    json::array statuses;
    for (const int status : refusals_of(route)) {
        const bool is_own = std::find(route.refusals.begin(), route.refusals.end(), status) != route.refusals.end();
        if (is_own || !is_common_refusal(status)) {
            statuses.emplace_back(status);
        }
    }
    return statuses;
}

json::object operation_json(const Route& route, Language language) {
    json::object operation{
        {"operationId", route.id}, {"tags", json::array{route.tag}}, {"summary", say(route.summary_key, language)}};
    if (!route.about_key.empty()) {
        operation["description"] = say(route.about_key, language);
    }
    if (!route.parameters.empty()) {
        json::array parameters;
        for (const Parameter& row : route.parameters) {
            parameters.push_back(parameter_json(row, language));
        }
        operation["parameters"] = std::move(parameters);
    }
    if (route.body_use != BodyUse::none) {
        operation["requestBody"] =
            json::object{{"required", route.body_use == BodyUse::required},
                         {"content", content_json(kJson, route.request_schema, route.request_example)}};
    }
    operation["responses"] = responses_json(route, language);
    operation["security"] =
        route.access == Access::open ? json::array{} : json::array{json::object{{"bearer", json::array{}}}};
    operation["x-access"] = say(access_key(route.access), language);
    operation["x-own-refusals"] = own_refusals(route);
    return operation;
}

json::object paths_json(Language language) {
    json::object paths;
    for (const Route& route : routes()) {
        if (!paths.contains(route.path)) {
            paths[route.path] = json::object{};
        }
        paths[route.path].as_object()[lower(name(route.method))] = operation_json(route, language);
    }
    return paths;
}

json::array tags_json(Language language) {
    json::array tags;
    std::set<std::string_view> told;
    for (const Route& route : routes()) {
        if (told.insert(route.tag).second) {
            tags.push_back(json::object{{"name", route.tag}, {"description", say(tag_key(route.tag), language)}});
        }
    }
    return tags;
}

json::object header_json(json::object schema, std::string_view about_key, Language language) {
    return {{"description", say(about_key, language)}, {"schema", std::move(schema)}};
}

json::object headers_json(Language language) {
    const json::object text{{"type", "string"}};
    const json::object id{{"type", "string"}, {"pattern", "^[A-Za-z0-9._-]{1,64}$"}};
    const json::object seconds{{"type", "integer"}, {"minimum", 1}};
    return {{"X-Request-ID", header_json(id, "api.header.request_id", language)},
            {"WWW-Authenticate", header_json(text, "api.header.authenticate", language)},
            {"Retry-After", header_json(seconds, "api.header.retry_after", language)},
            {"Allow", header_json(text, "api.header.allow", language)}};
}

json::object error_response_json(int status, Language language) {
    json::object headers{{"X-Request-ID", reference("headers", "X-Request-ID")}};
    if (status == 401) {
        headers["WWW-Authenticate"] = reference("headers", "WWW-Authenticate");
    }
    if (status == 405) {
        headers["Allow"] = reference("headers", "Allow");
    }
    if (status == 429 || status == 503) {
        headers["Retry-After"] = reference("headers", "Retry-After");
    }
    const json::object example{{"detail", say(refusal_key(status), language)},
                               {"status_code", status},
                               {"timestamp", "2025-10-25T06:10:00Z"},
                               {"request_id", "5f0c6a1b9d3e4f27"}};
    return {{"description", say(refusal_key(status), language)},
            {"headers", std::move(headers)},
            {"content", {{kJson, {{"schema", reference("schemas", "Error")}, {"example", example}}}}}};
}

json::object components_json(Language language) {
    json::object shapes;
    for (const Schema& schema : schemas()) {
        shapes[schema.name] = json::parse(schema.json);
    }
    std::set<int> statuses;
    for (const Route& route : routes()) {
        const std::vector<int> refusals = refusals_of(route);
        statuses.insert(refusals.begin(), refusals.end());
    }
    json::object responses;
    for (const int status : statuses) {
        responses["Error" + std::to_string(status)] = error_response_json(status, language);
    }
    const json::object bearer{
        {"type", "http"}, {"scheme", "bearer"}, {"bearerFormat", "JWT"}, {"description", say("api.bearer", language)}};
    return {{"securitySchemes", {{"bearer", bearer}}},
            {"schemas", std::move(shapes)},
            {"headers", headers_json(language)},
            {"responses", std::move(responses)}};
}

} // namespace

bool is_common_refusal(int status) {
    return std::find(std::begin(kCommonRefusals), std::end(kCommonRefusals), status) != std::end(kCommonRefusals);
}

std::vector<int> refusals_of(const Route& route) {
    std::set<int> statuses(std::begin(kCommonRefusals), std::end(kCommonRefusals));
    statuses.insert(route.refusals.begin(), route.refusals.end());
    if (route.access != Access::open) {
        statuses.insert(401);
    }
    if (route.access == Access::admin) {
        statuses.insert(403);
    }
    if (route.body_use != BodyUse::none) {
        statuses.insert(415);
    }
    if (route.is_limited) {
        statuses.insert(429);
    }
    return {statuses.begin(), statuses.end()};
}

std::string_view success_key(int status) {
    switch (status) {
    case 200:
        return "api.success.200";
    case 201:
        return "api.success.201";
    case 202:
        return "api.success.202";
    default:
        throw std::logic_error("a status that no route succeeds with");
    }
}

std::string_view refusal_key(int status) {
    switch (status) {
    case 400:
        return "api.refusal.400";
    case 401:
        return "api.refusal.401";
    case 403:
        return "api.refusal.403";
    case 404:
        return "api.refusal.404";
    case 405:
        return "api.refusal.405";
    case 408:
        return "api.refusal.408";
    case 409:
        return "api.refusal.409";
    case 413:
        return "api.refusal.413";
    case 414:
        return "api.refusal.414";
    case 415:
        return "api.refusal.415";
    case 429:
        return "api.refusal.429";
    case 431:
        return "api.refusal.431";
    case 500:
        return "api.refusal.500";
    case 503:
        return "api.refusal.503";
    default:
        throw std::logic_error("a status that no route refuses with");
    }
}

std::string_view tag_key(std::string_view tag) {
    if (tag == "profile") {
        return "api.tag.profile";
    }
    if (tag == "reports") {
        return "api.tag.reports";
    }
    if (tag == "node") {
        return "api.tag.node";
    }
    return tag == "admin" ? "api.tag.admin" : "api.tag.service";
}

std::string_view access_key(Access access) {
    switch (access) {
    case Access::open:
        return "api.access.open";
    case Access::user:
        return "api.access.user";
    case Access::admin:
        return "api.access.admin";
    }
    return "";
}

std::string openapi_text(Language language) {
    const json::object document{
        {"openapi", "3.1.0"},
        {"info", {{"title", "mcp-api"}, {"version", kApiVersion}, {"description", say("api.about", language)}}},
        {"servers", json::array{json::object{{"url", "/"}}}},
        {"tags", tags_json(language)},
        {"paths", paths_json(language)},
        {"components", components_json(language)}};
    return json_text(document);
}

} // namespace mcp::api
