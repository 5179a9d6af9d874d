#include "api/api.hpp"
#include "api/inputs.hpp"
#include "api/routes/answers.hpp"
#include "api/routes/handlers.hpp"
#include "language/language.hpp"

namespace mcp::api::handlers {
namespace {

namespace json = boost::json;

json::object profile_json(const domain::User& user) {
    return {{"user_id", user.id},
            {"tenant_id", user.tenant},
            {"lightning_pubkey", user.node ? json::value(user.node->hex()) : json::value()},
            {"pubkey_verified", user.node_verified},
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

/// Members that the service sets itself: whoever sends back what they got sends them too, and changes nothing by that.
/// @param now_so the profile as it is; nothing: there is none yet
void check_fixed(BodyReader& body, const std::optional<domain::User>& now_so, const domain::User& would_be) {
    const json::object as_it_is = profile_json(now_so.value_or(would_be));
    for (const char* name :
         {"user_id", "tenant_id", "pubkey_verified", "daily_report_enabled", "created_at", "updated_at"}) {
        if (!body.has(name)) {
            continue;
        }
        const json::value& known = as_it_is.at(name);
        const Result<std::string_view> text = body.at(name).as_string();
        const Result<bool> flag = body.at(name).as_bool();
        const bool is_same =
            known.is_bool() ? flag && *flag == known.as_bool() : text && *text == std::string_view(known.as_string());
        if (!is_same) {
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
    co_return json_answer(profile_json(*user));
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
    body->know({"lightning_pubkey", "language", "user_id", "tenant_id", "pubkey_verified", "daily_report_enabled",
                "created_at", "updated_at"});
    flow::ProfileChange change;
    read_node(*body, change);
    read_language(*body, change);
    const domain::User new_one{.id = request.caller->user_id,
                               .tenant = request.caller->tenant_id,
                               .node = {},
                               .created_at = request.now,
                               .updated_at = request.now};
    check_fixed(*body, before ? std::optional(*before) : std::nullopt, new_one);
    if (!body->faults().empty()) {
        co_return fail(std::move(body->faults()).error());
    }
    Result<flow::PutProfile> put = co_await api.accounts.put(*request.caller, change);
    if (!put) {
        co_return fail(std::move(put.error()));
    }
    co_return json_answer(profile_json(put->user), put->created ? 201 : 200);
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
