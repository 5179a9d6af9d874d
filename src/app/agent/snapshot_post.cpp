#include "app/agent/snapshot_post.hpp"

#include "app/config/value_forms.hpp"
#include "base/ip_address.hpp"
#include "base/json/document.hpp"
#include "base/text.hpp"
#include "flow/node/pushed.hpp"
#include "flow/node/statement.hpp"

#include <utility>

namespace mcp::app {
namespace {

constexpr std::size_t kShownBytes = 400;

bool is_loopback(const std::string& address) {
    static const std::optional<IpNetwork> kFour = IpNetwork::parse("127.0.0.0/8");
    static const std::optional<IpNetwork> kSix = IpNetwork::parse("::1");
    const std::optional<IpAddress> parsed = IpAddress::parse(address);
    return parsed && (kFour->contains(*parsed) || kSix->contains(*parsed));
}

/// "127.0.0.1" of "http://127.0.0.1:8000/api"
std::string host_of(std::string_view url) {
    std::string_view rest = url.substr(url.find("://") + 3);
    rest = rest.substr(0, rest.find('/'));
    if (rest.starts_with('[')) {
        return std::string(rest.substr(1, rest.find(']') - 1));
    }
    return std::string(rest.substr(0, rest.find(':')));
}

/// What the service says of itself: `detail` of its errors, else nothing.
std::string detail_of(const std::string& body) {
    const Result<json::Document> document = json::Document::parse(body);
    const Result<std::string_view> detail =
        document ? document->root().at("detail").as_string() : fail(document.error());
    const std::string text = clean_text(detail ? *detail : std::string_view()).text;
    return text.size() <= kShownBytes ? text : clean_text(text.substr(0, kShownBytes)).text + "...";
}

ErrorKind kind_of(int status) {
    switch (status) {
    case 401:
    case 403:
    case 404:
        return ErrorKind::unauthenticated;
    case 409:
        return ErrorKind::conflict;
    case 400:
    case 413:
    case 415:
    case 422:
        return ErrorKind::invalid_input;
    case 429:
        return ErrorKind::rate_limited;
    default:
        return status >= 500 ? ErrorKind::unavailable : ErrorKind::bad_upstream;
    }
}

Error refusal(const ports::HttpResponse& answer, const AgentSigner& signer) {
    const std::int64_t status = answer.status;
    const ErrorKind kind = kind_of(answer.status);
    const std::string detail = detail_of(answer.body);
    if (detail.empty()) {
        return {.kind = kind, .what = {"agent.service_status", {{"status", status}}}};
    }
    if (kind == ErrorKind::unauthenticated) {
        return {.kind = kind,
                .what = {"agent.not_known",
                         {{"status", status}, {"text", detail}, {"key", signer.key}, {"user", signer.user}}}};
    }
    return {.kind = kind, .what = {"agent.service_said", {{"status", status}, {"text", detail}}}};
}

} // namespace

bool is_service_url(std::string_view url) {
    if (!is_http_url(url)) {
        return false;
    }
    const std::string host = host_of(url);
    return fold_case(url.substr(0, url.find("://"))) == "https" || host == "localhost" || is_loopback(host);
}

SnapshotPost::SnapshotPost(ports::HttpClient& http, std::string_view service, AgentSigner signer)
    : http_(http), url_(service.substr(0, service.find_last_not_of('/') + 1)), signer_(std::move(signer)) {
    url_ += "/api/v1/agent/snapshot";
}

Task<Result<void>> SnapshotPost::send(std::string statement) {
    if (statement.size() > flow::kStatementBytesMax) {
        const auto bytes = static_cast<std::int64_t>(statement.size());
        const auto most = static_cast<std::int64_t>(flow::kStatementBytesMax);
        co_return fail(ErrorKind::invalid_input, {"agent.too_large", {{"bytes", bytes}, {"limit", most}}});
    }
    ports::HttpRequest request;
    request.method = "POST";
    request.url = url_;
    request.headers = {{"Content-Type", "application/json"},
                       {"Accept-Language", "en"},
                       {"MCP-Agent-Key", signer_.key},
                       {"MCP-Signature", signer_.sign(flow::snapshot_bytes(signer_.user, statement))}};
    request.body = std::move(statement);
    request.body_bytes_max = 64 << 10;
    if (fold_case(url_).starts_with("http://")) { // "localhost" might be made to mean another machine
        request.may_connect = is_loopback;
    }
    Result<ports::HttpResponse> answer = co_await http_.send(std::move(request));
    if (!answer) {
        co_return fail(std::move(answer.error()));
    }
    if (answer->status >= 200 && answer->status < 300) {
        co_return Result<void>();
    }
    co_return fail(refusal(*answer, signer_));
}

} // namespace mcp::app
