#include "api/api.hpp"
#include "api/inputs.hpp"
#include "api/routes/answers.hpp"
#include "api/routes/handlers.hpp"
#include "language/language.hpp"

namespace mcp::api::handlers {
namespace {

namespace json = boost::json;

json::value word_or_null(std::string_view word) {
    return word.empty() ? json::value() : json::value(word);
}

std::string_view proof_word(domain::NodeProof proof) {
    switch (proof) {
    case domain::NodeProof::none:
        return "";
    case domain::NodeProof::connection:
        return "connection";
    case domain::NodeProof::signature:
        return "signature";
    }
    return "";
}

json::object profile_json(const domain::User& user, std::optional<domain::LinkKind> link) {
    return {{"user_id", user.id},
            {"tenant_id", user.tenant},
            {"lightning_pubkey", user.node ? json::value(user.node->hex()) : json::value()},
            {"pubkey_verified", user.is_node_verified()},
            {"pubkey_verified_by", word_or_null(proof_word(user.node_proof))},
            {"node_connected", word_or_null(link ? kind_word(*link) : "")},
            {"language", language::code(user.language)},
            {"daily_report_enabled", user.daily_report},
            {"created_at", iso_time(user.created_at)},
            {"updated_at", iso_time(user.updated_at)}};
}

void read_node(BodyReader& body, flow::ProfileChange& change) {
    constexpr std::string_view kName = "lightning_pubkey";
    if (!body.has(kName)) {
        return;
    }
    if (body.is_null(kName)) {
        change.node.emplace(std::nullopt);
        return;
    }
    const Result<std::string_view> hex = body.at(kName).as_string();
    const std::optional<domain::PubKey> key = hex ? domain::PubKey::parse(*hex) : std::nullopt;
    if (key) {
        change.node.emplace(*key);
    } else {
        body.faults().add({"http.member_no_pubkey", {{"name", std::string(kName)}}});
    }
}

void read_language(BodyReader& body, flow::ProfileChange& change) {
    if (!body.has("language")) {
        return;
    }
    const Result<std::string_view> code = body.at("language").as_string();
    if (code && (*code == "fr" || *code == "en")) {
        change.language = language::parse_language(*code);
    } else {
        body.faults().add(
            {"http.member_no_word", {{"name", std::string("language")}, {"words", std::string("fr, en")}}});
    }
}

bool is_same(const BodyReader& body, std::string_view name, const json::value& known) {
    if (known.is_null() || body.is_null(name)) {
        return known.is_null() && body.is_null(name);
    }
    const Result<std::string_view> text = body.at(name).as_string();
    const Result<bool> flag = body.at(name).as_bool();
    return known.is_bool() ? flag && *flag == known.as_bool() : text && *text == std::string_view(known.as_string());
}

/// Members that the service sets itself: whoever sends back what they got sends them too, and changes nothing by that.
/// @param as_it_is the profile that they got, or would get if it were made now
void check_fixed(BodyReader& body, const json::object& as_it_is) {
    for (const char* name : {"user_id", "tenant_id", "pubkey_verified", "pubkey_verified_by", "node_connected",
                             "daily_report_enabled", "created_at", "updated_at"}) {
        if (body.has(name) && !is_same(body, name, as_it_is.at(name))) {
            body.faults().add({"http.member_fixed", {{"name", std::string(name)}}});
        }
    }
}

} // namespace

Task<Result<Response>> get_profile(Api& api, const Request& request) {
    Result<domain::User> user = co_await api.accounts.profile(*request.caller);
    if (!user) {
        co_return fail(std::move(user.error()));
    }
    Result<std::optional<domain::LinkKind>> link = co_await api.links.kind_of(user->id);
    if (!link) {
        co_return fail(std::move(link.error()));
    }
    co_return json_answer(profile_json(*user, *link));
}

Task<Result<Response>> put_profile(Api& api, const Request& request) {
    Result<BodyReader> body = BodyReader::open(request);
    if (!body) {
        co_return fail(std::move(body.error()));
    }
    Result<domain::User> before = co_await api.accounts.profile(*request.caller);
    if (!before && before.error().kind != ErrorKind::not_found) {
        co_return fail(std::move(before.error()));
    }
    std::optional<domain::LinkKind> link;
    if (before) {
        Result<std::optional<domain::LinkKind>> kind = co_await api.links.kind_of(before->id);
        if (!kind) {
            co_return fail(std::move(kind.error()));
        }
        link = *kind;
    }
    body->know({"lightning_pubkey", "language", "user_id", "tenant_id", "pubkey_verified", "pubkey_verified_by",
                "node_connected", "daily_report_enabled", "created_at", "updated_at"});
    flow::ProfileChange change;
    read_node(*body, change);
    read_language(*body, change);
    const domain::User new_one{.id = request.caller->user_id,
                               .tenant = request.caller->tenant_id,
                               .node = {},
                               .created_at = request.now,
                               .updated_at = request.now};
    check_fixed(*body, profile_json(before ? *before : new_one, link));
    if (!body->faults().empty()) {
        co_return fail(std::move(body->faults()).error());
    }
    Result<flow::PutProfile> put = co_await api.accounts.put(*request.caller, change);
    if (!put) {
        co_return fail(std::move(put.error()));
    }
    if (before && before->node && before->node != put->user.node) {
        link.reset(); // it was of the node before
    }
    co_return json_answer(profile_json(put->user, link), put->created ? 201 : 200);
}

Task<Result<Response>> delete_profile(Api& api, const Request& request) {
    Result<void> removed = co_await api.accounts.remove(*request.caller);
    if (!removed) {
        co_return fail(std::move(removed.error()));
    }
    const Message said{"answer.removed", {}};
    co_return json_answer(
        boost::json::object{{"status", "success"}, {"message", language::render(said, request.language)}});
}

} // namespace mcp::api::handlers
