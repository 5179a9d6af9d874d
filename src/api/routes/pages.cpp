#include "api/api.hpp"
#include "api/docs_page.hpp"
#include "api/inputs.hpp"
#include "api/routes/answers.hpp"
#include "api/routes/handlers.hpp"
#include "language/language.hpp"

namespace mcp::api::handlers {
namespace {

/// `?lang=` goes before `Accept-Language`: a page must be able to link to itself in the other language.
Result<language::Language> asked_language(const Request& request) {
    QueryReader query(request);
    const std::string word = query.word("lang");
    if (!query.faults().empty()) {
        return fail(std::move(query.faults()).error());
    }
    return language::parse_language(word).value_or(request.language);
}

Response page(std::string_view type, Body body) {
    Response response;
    response.content_type = type;
    response.body = std::move(body);
    response.content_policy = kPagePolicy;
    response.headers.push_back({"Vary", "Accept-Language"});
    return response;
}

Body shared_body(const Body::Shared& text) {
    Body body;
    body.add(text);
    return body;
}

Body literal_body(std::string_view text) {
    Body body;
    body.add_literal(text);
    return body;
}

} // namespace

Task<Result<Response>> openapi(Api& api, const Request& request) {
    Result<language::Language> language = asked_language(request);
    if (!language) {
        co_return fail(std::move(language.error()));
    }
    Response response = page(kJson, shared_body(api.pages.openapi(*language)));
    response.content_policy = kDataPolicy;
    co_return response;
}

Task<Result<Response>> docs(Api& api, const Request& request) {
    Result<language::Language> language = asked_language(request);
    if (!language) {
        co_return fail(std::move(language.error()));
    }
    co_return page("text/html; charset=utf-8", shared_body(api.pages.docs(*language)));
}

Task<Result<Response>> docs_script(Api& /*api*/, const Request& /*request*/) {
    co_return page("text/javascript; charset=utf-8", literal_body(docs_script_text()));
}

Task<Result<Response>> docs_style(Api& /*api*/, const Request& /*request*/) {
    co_return page("text/css; charset=utf-8", literal_body(docs_style_text()));
}

} // namespace mcp::api::handlers
