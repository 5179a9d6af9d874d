#include "api/api.hpp"
#include "api/problem.hpp"
#include "api/routes/answers.hpp"
#include "api/routes/handlers.hpp"

namespace mcp::api::handlers {
namespace {

/// A refusal of an agent asks for its signature, not for a token.
Result<Response> refused(const Request& request, const Error& error) {
    if (error.kind != ErrorKind::unauthenticated) {
        return fail(error);
    }
    Response response = problem(401, error.what, {request.language, request.id, request.now});
    response.headers.push_back({"WWW-Authenticate", R"(MCP-Signature realm="mcp-api")"});
    return response;
}

} // namespace

Task<Result<std::optional<Response>>> know_agent(Api& api, Request& request) {
    Result<flow::PushPace::Turn> turn = co_await api.pushed.let_in(request.agent_key);
    if (turn) {
        request.turn = std::move(*turn);
        co_return std::nullopt;
    }
    Result<Response> refusal = refused(request, turn.error());
    co_return refusal ? Result<std::optional<Response>>(std::move(*refusal)) : fail(std::move(refusal.error()));
}

Task<Result<Response>> take_snapshot(Api& api, const Request& request) {
    flow::PushedSnapshot pushed{.agent_key = request.agent_key, .signature = request.signature, .body = request.body};
    Result<flow::KeptSnapshot> kept = co_await api.pushed.take(std::move(pushed));
    if (!kept) {
        co_return refused(request, kept.error());
    }
    co_return json_answer(boost::json::object{
        {"status", "success"}, {"day", iso_time(Time(kept->day))}, {"node", kept->node.hex()}, {"kept", true}});
}

} // namespace mcp::api::handlers
