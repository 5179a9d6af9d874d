#include "adapters/nodes/node_call.hpp"

#include "adapters/graphs/live/feed_answers.hpp"

#include <algorithm>
#include <memory>
#include <optional>

namespace mcp::adapters {
namespace {

constexpr std::chrono::seconds kConnectMax{10};
constexpr std::chrono::seconds kTorConnectMax{30}; // a circuit is built first

} // namespace

Error no_time_left() {
    return {.kind = ErrorKind::timeout, .what = {"own_node.no_time", {}}};
}

Error behind_chain(Day day) {
    return {.kind = ErrorKind::not_found, .what = {"own_node.behind_chain", {{"day", day}}}};
}

Error at_question(Error error, const NodeQuestion& question) {
    const std::string path = question.path.substr(0, question.path.find('?'));
    return at_request(std::move(error), question.method + " " + path);
}

bool is_gap(const Error& error) {
    // An address that must not be connected to is forbidden too: nothing more is to be asked there.
    const bool is_transfer = error.what.key.starts_with("fetch.");
    switch (error.kind) {
    case ErrorKind::forbidden:
    case ErrorKind::not_found:
        return !is_transfer;
    case ErrorKind::timeout:
        return error.what.key == "fetch.timeout" || error.what.key == "fetch.stalled";
    case ErrorKind::bad_upstream:
        return error.what.key == "fetch.too_large";
    case ErrorKind::invalid_input:
    case ErrorKind::unauthenticated:
    case ErrorKind::conflict:
    case ErrorKind::rate_limited:
    case ErrorKind::unavailable:
    case ErrorKind::cancelled:
    case ErrorKind::internal:
        return false;
    }
    return false;
}

namespace {

/// Of parts that no other part is checked against, one odd value costs that part only.
bool stands_alone(domain::NodePart part) {
    switch (part) {
    case domain::NodePart::pending:
    case domain::NodePart::closings:
    case domain::NodePart::wallet:
    case domain::NodePart::chain_costs:
    case domain::NodePart::peers:
        return true;
    case domain::NodePart::channels:
    case domain::NodePart::balances:
    case domain::NodePart::forwards:
        return false;
    }
    return false;
}

bool is_too_much(const Error& error) {
    return error.what.key == "own_node.too_many_rows" || error.what.key == "own_node.too_many_forwards" ||
           error.what.key == "own_node.cln_endless";
}

} // namespace

bool is_gap_of(domain::NodePart part, const Error& error, const Deadline& deadline) {
    const bool is_late =
        error.kind == ErrorKind::timeout && (error.what.key == "own_node.no_time" || deadline.passed());
    const bool is_odd = error.kind == ErrorKind::bad_upstream && !error.what.key.starts_with("fetch.");
    return is_gap(error) || is_late || is_too_much(error) || (is_odd && stands_alone(part));
}

Task<Result<ports::HttpResponse>> NodeCalls::ask(NodeQuestion question) const {
    if (deadline_.passed()) {
        co_return fail(at_question(no_time_left(), question));
    }
    ports::HttpRequest request;
    request.method = question.method;
    request.url = access_.url + question.path;
    request.headers = question.headers;
    request.body = question.body;
    if (!access_.certificate.empty()) {
        request.trusted_certificate = access_.certificate;
    }
    request.body_bytes_max = question.body_bytes_max;
    request.may_connect = connects_only_to(tools_->addresses);
    request.proxy = proxy_for(access_.url, tools_->addresses);
    request.connect_time_max = request.proxy.empty() ? kConnectMax : kTorConnectMax;
    request.time_max = std::min(question.time_max, deadline_.left());
    const auto began = std::make_shared<bool>(false);
    if (question.only_whether) {
        request.on_body = [began](std::string_view) {
            *began = true;
            return false;
        };
    }
    Result<ports::HttpResponse> answer = co_await tools_->http.send(std::move(request));
    if (!answer && answer.error().kind == ErrorKind::cancelled && *began) {      // and not because the client closes
        co_return ports::HttpResponse{.status = 200, .headers = {}, .body = {}}; // that is all we wanted
    }
    if (!answer) {
        co_return fail(at_question(std::move(answer.error()), question));
    }
    co_return answer;
}

Task<bool> NodeCalls::pause(Timer::Span span) const {
    if (deadline_.left() <= span) {
        co_return false;
    }
    co_await tools_->timer.wait(span);
    co_return true;
}

} // namespace mcp::adapters
