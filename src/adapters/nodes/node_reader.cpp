#include "adapters/nodes/node_reader.hpp"

#include "adapters/nodes/cln_node.hpp"
#include "adapters/nodes/lnd_node.hpp"

#include <stdexcept>
#include <utility>

namespace mcp::adapters {
namespace {

using domain::NodeDayFlow;
using domain::NodeKind;
using domain::OwnNode;

Task<Result<OwnNode>> read_by_kind(NodeCalls calls, Day day, std::vector<NodeDayFlow> known) {
    switch (calls.access().kind) {
    case NodeKind::lnd:
        return read_lnd(std::move(calls), day, std::move(known));
    case NodeKind::cln:
        return read_cln(std::move(calls), day, std::move(known));
    }
    throw std::logic_error("a kind of node that nobody reads");
}

Task<Result<ports::NodeTrial>> try_by_kind(NodeCalls calls) {
    switch (calls.access().kind) {
    case NodeKind::lnd:
        return try_lnd(std::move(calls));
    case NodeKind::cln:
        return try_cln(std::move(calls));
    }
    throw std::logic_error("a kind of node that nobody tries");
}

Task<Result<void>> knock_by_kind(NodeCalls calls) {
    switch (calls.access().kind) {
    case NodeKind::lnd:
        return knock_lnd(std::move(calls));
    case NodeKind::cln:
        return knock_cln(std::move(calls));
    }
    throw std::logic_error("a kind of node that nobody knocks at");
}

} // namespace

Result<std::string> HttpNodeReader::check_url(std::string_view url) const {
    return node_url(url, tools_.addresses);
}

Result<NodeCalls> HttpNodeReader::calls_to(ports::NodeAccess access, Timer::Span time_max) const {
    Result<std::string> url = check_url(access.url);
    if (!url) {
        return fail(std::move(url.error()));
    }
    access.url = std::move(*url);
    return NodeCalls(tools_, std::move(access), time_max);
}

Task<Result<OwnNode>> HttpNodeReader::read(ports::NodeAccess access, Day day, std::vector<NodeDayFlow> known,
                                           Timer::Span time_max) {
    Result<NodeCalls> calls = calls_to(std::move(access), time_max);
    if (!calls) {
        co_return fail(std::move(calls.error()));
    }
    Result<OwnNode> node = co_await read_by_kind(std::move(*calls), day, std::move(known));
    co_return node;
}

Task<Result<ports::NodeTrial>> HttpNodeReader::try_out(ports::NodeAccess access, Timer::Span time_max) {
    Result<NodeCalls> calls = calls_to(std::move(access), time_max);
    if (!calls) {
        co_return fail(std::move(calls.error()));
    }
    Result<ports::NodeTrial> trial = co_await try_by_kind(std::move(*calls));
    co_return trial;
}

Task<Result<void>> HttpNodeReader::knock(ports::NodeAccess access, Timer::Span time_max) {
    Result<NodeCalls> calls = calls_to(std::move(access), time_max);
    if (!calls) {
        co_return fail(std::move(calls.error()));
    }
    Result<void> reached = co_await knock_by_kind(std::move(*calls));
    co_return reached;
}

} // namespace mcp::adapters
