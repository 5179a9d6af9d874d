#include "api/api.hpp"
#include "api/inputs.hpp"
#include "api/routes/answers.hpp"
#include "api/routes/handlers.hpp"
#include "language/language.hpp"

#include <fmt/format.h>

namespace mcp::api::handlers {
namespace {

namespace json = boost::json;

} // namespace

Task<Result<Response>> claim_node(Api& api, const Request& request) {
    constexpr std::string_view kName = "lightning_pubkey";
    Result<BodyReader> body = BodyReader::open(request);
    if (!body) {
        co_return fail(std::move(body.error()));
    }
    body->know({std::string(kName)});
    std::optional<domain::PubKey> key;
    if (body->has(kName) && !body->is_null(kName)) {
        const Result<std::string_view> hex = body->at(kName).as_string();
        key = hex ? domain::PubKey::parse(*hex) : std::nullopt;
        if (!key) {
            body->faults().add({"http.member_no_pubkey", {{"name", std::string(kName)}}});
        }
    }
    if (!body->faults().empty()) {
        co_return fail(std::move(body->faults()).error());
    }
    Result<ports::Challenge> challenge = co_await api.claims.begin(*request.caller, key);
    if (!challenge) {
        co_return fail(std::move(challenge.error()));
    }
    const std::string& text = challenge->text; // has nothing in it that a shell would read, flow/node/claims sees to it
    co_return json_answer(json::object{{"status", "success"},
                                       {"lightning_pubkey", challenge->node.hex()},
                                       {"challenge", text},
                                       {"expires_at", iso_time(challenge->expires_at)},
                                       {"commands",
                                        {{"lnd", fmt::format("lncli signmessage \"{}\"", text)},
                                         {"cln", fmt::format("lightning-cli signmessage \"{}\"", text)}}}});
}

Task<Result<Response>> verify_claim(Api& api, const Request& request) {
    Result<BodyReader> body = BodyReader::open(request);
    if (!body) {
        co_return fail(std::move(body.error()));
    }
    body->know({"signature"});
    std::optional<std::string> signature = body->text("signature", flow::NodeClaims::kSignatureMax);
    if (!body->faults().empty()) {
        co_return fail(std::move(body->faults()).error());
    }
    Result<domain::PubKey> node = co_await api.claims.verify(*request.caller, std::move(*signature));
    if (!node) {
        co_return fail(std::move(node.error()));
    }
    const Message said{"answer.claimed", {}};
    co_return json_answer(json::object{{"status", "success"},
                                       {"message", language::render(said, request.language)},
                                       {"lightning_pubkey", node->hex()},
                                       {"pubkey_verified_by", "signature"}});
}

} // namespace mcp::api::handlers
