#include "flow/node/own_statements.hpp"

#include "flow/node/statement.hpp"
#include "flow/outside/failure.hpp"

#include <algorithm>

namespace mcp::flow {
namespace {

using domain::SourceState;
using domain::SourceStatus;

/// Why nothing of the day is there.
Message reason(const domain::NodeLink& link, const std::optional<Error>& unreadable) {
    if (unreadable) {
        return failure_message(failure_text(*unreadable));
    }
    if (!link.failure.empty()) {
        return failure_message(link.failure);
    }
    return {link.kind == domain::LinkKind::agent ? "node_round.not_sent" : "node_round.not_yet", {}};
}

} // namespace

std::vector<analysis::OwnNodeOfDay> OwnDays::pointers() const {
    std::vector<analysis::OwnNodeOfDay> all;
    all.reserve(nodes.size());
    for (const domain::OwnNode& node : nodes) {
        all.push_back({.day = node.day, .node = &node});
    }
    return all;
}

OwnDays read_own_days(const OwnStatements& own, const domain::PubKey& node, Day day, Time now, const Stop& stop) {
    OwnDays days;
    if (!own.link) {
        return days;
    }
    std::optional<Error> unreadable; // of the report's day
    for (const ports::Statement& statement : own.kept) {
        if (stopped(stop)) {
            break;
        }
        if (statement.node != node) {
            continue;
        }
        Result<domain::OwnNode> told = read_statement(statement.text);
        if (told && told->key == node && told->day == statement.day) {
            days.nodes.push_back(std::move(*told));
        } else if (!told && statement.day == day) {
            unreadable = std::move(told.error());
        }
    }
    SourceState state{.name = domain::source::kNode,
                      .status = SourceStatus::unavailable,
                      .fetched_at = {},
                      .age_seconds = {},
                      .error = {}};
    if (!days.nodes.empty() && days.nodes.back().day == day) {
        state.status = SourceStatus::ok;
        state.fetched_at = days.nodes.back().read_at;
        state.age_seconds = std::max<std::int64_t>(0, (now - *state.fetched_at).count());
    } else {
        state.error = reason(*own.link, unreadable);
    }
    days.source = std::move(state);
    return days;
}

} // namespace mcp::flow
