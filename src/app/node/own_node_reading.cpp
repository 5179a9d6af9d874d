#include "app/node/own_node_reading.hpp"

#include "adapters/nodes/node_reader.hpp"
#include "adapters/security/credentials.hpp"
#include "analysis/find_node.hpp"
#include "app/commands/io.hpp"
#include "domain/figure.hpp"

#include <utility>

namespace mcp::app {
namespace {

constexpr std::chrono::minutes kReadingMost{5};

} // namespace

Task<Result<domain::OwnNode>> read_own_node(NodeOptions options, Env& env, ports::HttpClient& http,
                                            std::string tor_proxy, Day day, Io& io) {
    adapters::HttpNodeReader reader({.http = http,
                                     .timer = env.timer,
                                     .clock = env.clock,
                                     .work = env.compute,
                                     .addresses = {.anywhere = true, .tor_proxy = std::move(tor_proxy)}});
    const adapters::NodeCredentials credentials;
    Result<GivenNode> given = given_node(options, reader, credentials, env.clock.now());
    if (!given) {
        co_return fail(std::move(given.error()));
    }
    for (const Message& advice : given->advice) {
        show_progress(io, advice);
    }
    show_progress(io, {"progress.own_node", {}});
    std::vector<domain::NodeDayFlow> nothing_known; // until it has answered nobody knows which node it is
    Result<domain::OwnNode> node =
        co_await reader.read(std::move(given->access), day, std::move(nothing_known), kReadingMost);
    if (!node) {
        co_return fail(std::move(node.error()).in({"usage.option", {{"option", std::string("--node-url")}}}));
    }
    node->credential_expires = given->expires_at;
    co_return node;
}

Result<domain::NodeId> find_own_node(const domain::Network& network, const domain::PubKey& own,
                                     const std::string& asked) {
    const Result<domain::NodeId> node = analysis::find_node(network, own.hex());
    if (asked.empty() || !node) {
        return node;
    }
    const Result<domain::NodeId> meant = analysis::find_node(network, asked);
    if (meant && *meant != *node) {
        return fail(ErrorKind::conflict, {"usage.node_is_other", {{"given", asked}, {"own", own.hex()}}});
    }
    return meant ? node : meant;
}

domain::SourceState source_state(const domain::OwnNode& node, Time now) {
    return {.name = domain::source::kNode,
            .status = domain::SourceStatus::ok,
            .fetched_at = node.read_at,
            .age_seconds = (now - node.read_at).count(),
            .error = {}};
}

} // namespace mcp::app
