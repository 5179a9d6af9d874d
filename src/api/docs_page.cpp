#include "api/docs_page.hpp"

#include "language/language.hpp"

#include <fmt/format.h>

namespace mcp::api {
namespace {

using domain::Language;

std::string escaped(std::string_view text) {
    std::string html;
    for (const char c : text) {
        switch (c) {
        case '&':
            html += "&amp;";
            break;
        case '<':
            html += "&lt;";
            break;
        case '>':
            html += "&gt;";
            break;
        case '"':
            html += "&quot;";
            break;
        default:
            html += c;
        }
    }
    return html;
}

/// A word of the page for its script.
struct Label {
    std::string_view attribute;
    std::string_view key;
};

constexpr Label kLabels[] = {
    {"copy", "page.copy"},     {"copied", "page.copied"},     {"parameters", "page.parameters"},
    {"body", "page.body"},     {"answer", "page.answer"},     {"answers", "page.answers"},
    {"fields", "page.fields"}, {"required", "page.required"}, {"otherwise", "page.otherwise"},
    {"common", "page.common"}, {"failed", "page.failed"},
};

constexpr std::string_view kFrame = R"html(<!doctype html>
<html lang="{lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>mcp-api · {title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs.css">
<script src="docs.js" defer></script>
</head>
<body{labels}>
<header>
<div class="bar">
<h1>mcp-api <span id="version"></span></h1>
<nav class="meta"><a href="openapi.json?lang={lang}">openapi.json</a><a href="docs?lang={other}" hreflang="{other}" lang="{other}">{other_name}</a></nav>
</div>
<p id="about"></p>
<label class="token"><span>{token}</span><input id="token" type="password" autocomplete="off" spellcheck="false" placeholder="eyJ…"></label>
<p class="hint">{token_hint}</p>
</header>
<div class="columns">
<details id="contents" open><summary>{contents}</summary></details>
<main id="routes" aria-busy="true"><p class="hint">{loading}</p><noscript><p>{no_script}</p></noscript></main>
</div>
</body>
</html>
)html";

} // namespace

std::string docs_html(Language language) {
    const auto say = [&](std::string_view key) { return escaped(language::render(Message{key, {}}, language)); };
    std::string labels;
    for (const Label& label : kLabels) {
        labels += fmt::format(" data-{}=\"{}\"", label.attribute, say(label.key));
    }
    const bool is_english = language == Language::en;
    return fmt::format(fmt::runtime(kFrame), fmt::arg("lang", language::code(language)),
                       fmt::arg("other", language::code(is_english ? Language::fr : Language::en)),
                       fmt::arg("other_name", is_english ? "Français" : "English"), fmt::arg("labels", labels),
                       fmt::arg("title", say("page.title")), fmt::arg("token", say("page.token")),
                       fmt::arg("token_hint", say("page.token_hint")), fmt::arg("contents", say("page.contents")),
                       fmt::arg("loading", say("page.loading")), fmt::arg("no_script", say("page.no_script")));
}

} // namespace mcp::api
