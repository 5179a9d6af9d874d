#include "api/api.hpp"
#include "api/inputs.hpp"
#include "api/problem.hpp"
#include "api/routes/answers.hpp"
#include "api/routes/handlers.hpp"
#include "language/language.hpp"

#include <algorithm>

namespace mcp::api::handlers {
namespace {

namespace json = boost::json;
using domain::LinkKind;
using domain::NodePart;
using flow::LinkGiven;
using flow::LinkView;

constexpr std::size_t kUrlMax = 2048; // characters
constexpr std::size_t kSecretMax = 16 * 1024;
constexpr std::size_t kAgentKeyDigits = 64;
constexpr std::chrono::minutes kBetweenTelling{1};

std::string_view name_of(NodePart part) {
    switch (part) {
    case NodePart::channels:
        return "channels";
    case NodePart::balances:
        return "balances";
    case NodePart::pending:
        return "pending";
    case NodePart::closings:
        return "closings";
    case NodePart::forwards:
        return "forwards";
    case NodePart::wallet:
        return "wallet";
    case NodePart::chain_costs:
        return "chain_costs";
    case NodePart::peers:
        return "peers";
    }
    return "";
}

std::string_view state_of(const LinkView& view) {
    if (!view.tried_at) {
        return "untried";
    }
    return view.failure ? "failing" : "ok";
}

/// The right that is lacking, where the reason names one.
json::value right_in(const Error& why) {
    for (const MessageArg& arg : why.what.args) {
        const auto* right = std::get_if<std::string>(&arg.value);
        if (arg.name == "right" && right != nullptr) {
            return json::value(*right);
        }
    }
    return {};
}

json::value missing_json(const LinkView& view, domain::Language language) {
    if (!view.missing) {
        return {};
    }
    json::array missing;
    for (const domain::NodeGap& gap : *view.missing) {
        missing.push_back(json::object{{"part", name_of(gap.part)},
                                       {"right", right_in(gap.why)},
                                       {"reason", language::render(gap.why, language)}});
    }
    return missing;
}

Response node_answer(const LinkView& view, domain::Language language) {
    json::array advice;
    for (const Message& one : view.advice) {
        advice.emplace_back(language::render(one, language));
    }
    json::object node{{"kind", kind_word(view.kind)},
                      {"url", view.url.empty() ? json::value() : json::value(view.url)},
                      {"state", state_of(view)},
                      {"pubkey", view.node ? json::value(view.node->hex()) : json::value()},
                      {"alias", value_or_null(view.alias)},
                      {"version", value_or_null(view.version)},
                      {"tried_at", time_or_null(view.tried_at)},
                      {"read_at", time_or_null(view.read_at)},
                      {"error", view.failure ? json::value(language::render(*view.failure, language)) : json::value()},
                      {"credential_expires_at", time_or_null(view.expires_at)},
                      {"created_at", iso_time(view.created_at)}};
    return json_answer(json::object{{"status", "success"},
                                    {"node", std::move(node)},
                                    {"missing", missing_json(view, language)},
                                    {"advice", std::move(advice)}});
}

/// Tells the operator that credentials cannot be kept, once a minute however often users come.
void tell_operator(Api& api, const Error& error) {
    const Timer::Span now = api.services.env.timer.now();
    if (api.no_secrets_told && now < *api.no_secrets_told + kBetweenTelling) {
        return;
    }
    api.no_secrets_told = now;
    api.services.env.log.write(LogLevel::error, "node",
                               "a user's node cannot be connected: " + language::render(error, domain::Language::en));
}

/// Faults inside are not told, but for what only the operator can mend: the user must know whom to ask.
Result<Response> answered(Api& api, const Request& request, Result<LinkView> view) {
    if (view) {
        return node_answer(*view, request.language);
    }
    const Error& error = view.error();
    if (error.kind != ErrorKind::unavailable || !error.what.key.starts_with("secrets.")) {
        return fail(error);
    }
    tell_operator(api, error);
    Response response = problem(503, error.what, {request.language, request.id, request.now});
    response.headers.push_back({"Retry-After", std::to_string(kRetryAfter.count())});
    return response;
}

std::string text_of(BodyReader& body, std::string_view name, std::size_t characters_max) {
    return body.text(name, characters_max).value_or("");
}

std::string agent_key_of(BodyReader& body) {
    std::string key = text_of(body, "agent_key", kAgentKeyDigits);
    for (char& letter : key) {
        letter = letter >= 'A' && letter <= 'F' ? static_cast<char>(letter | 0x20) : letter;
    }
    if (key.size() != kAgentKeyDigits || key.find_first_not_of("0123456789abcdef") != key.npos) {
        body.faults().add({"http.member_no_agent_key", {{"name", std::string("agent_key")}}});
    }
    return key;
}

LinkGiven read_agent(BodyReader& body) {
    body.know({"kind", "agent_key"});
    return {.kind = LinkKind::agent, .agent_key = agent_key_of(body)};
}

LinkGiven read_node(BodyReader& body, LinkKind kind) {
    const std::string secret = kind == LinkKind::cln ? "rune" : "macaroon";
    body.know({"kind", "url", secret, "tls_cert"});
    LinkGiven given{.kind = kind, .url = text_of(body, "url", kUrlMax), .secret = text_of(body, secret, kSecretMax)};
    if (body.has("tls_cert") && !body.is_null("tls_cert")) {
        given.certificate = text_of(body, "tls_cert", flow::NodeLinks::kCertificateMax);
    }
    return given;
}

Result<LinkGiven> read_link(const Request& request) {
    Result<BodyReader> body = BodyReader::open(request);
    if (!body) {
        return fail(std::move(body.error()));
    }
    LinkGiven given;
    const Result<std::string_view> kind = body->at("kind").as_string();
    if (kind && *kind == kind_word(LinkKind::agent)) {
        given = read_agent(*body);
    } else if (kind && (*kind == kind_word(LinkKind::lnd) || *kind == kind_word(LinkKind::cln))) {
        given = read_node(*body, *kind == kind_word(LinkKind::cln) ? LinkKind::cln : LinkKind::lnd);
    } else {
        body->faults().add(
            {"http.member_no_word", {{"name", std::string("kind")}, {"words", std::string("lnd, cln, agent")}}});
    }
    if (!body->faults().empty()) {
        return fail(std::move(body->faults()).error());
    }
    return given;
}

} // namespace

std::string_view kind_word(LinkKind kind) {
    switch (kind) {
    case LinkKind::lnd:
        return "lnd";
    case LinkKind::cln:
        return "cln";
    case LinkKind::agent:
        return "agent";
    }
    return "";
}

Task<Result<Response>> get_node(Api& api, const Request& request) {
    Result<LinkView> view = co_await api.links.status(*request.caller);
    co_return answered(api, request, std::move(view));
}

Task<Result<Response>> put_node(Api& api, const Request& request) {
    Result<LinkGiven> given = read_link(request);
    if (!given) {
        co_return fail(std::move(given.error()));
    }
    Result<LinkView> view = co_await api.links.connect(*request.caller, std::move(*given));
    co_return answered(api, request, std::move(view));
}

Task<Result<Response>> test_node(Api& api, const Request& request) {
    Result<LinkView> view = co_await api.links.test(*request.caller);
    co_return answered(api, request, std::move(view));
}

Task<Result<Response>> delete_node(Api& api, const Request& request) {
    Result<void> forgotten = co_await api.links.forget(*request.caller);
    if (!forgotten) {
        co_return fail(std::move(forgotten.error()));
    }
    const Message said{"answer.node_forgotten", {}};
    co_return json_answer(json::object{{"status", "success"}, {"message", language::render(said, request.language)}});
}

} // namespace mcp::api::handlers
