#include "app/node/kept_statements.hpp"

#include "flow/node/statement.hpp"

#include <utility>

namespace mcp::app {
namespace {

constexpr const char* kLocal = "local"; // tenant of a report made on the command line
constexpr std::chrono::days kLookedBack{7};

/// A store takes statements of its users' links only.
Task<bool> keep(ports::Store& store, domain::OwnNode node) {
    const std::string id = node.key.hex();
    domain::User user{
        .id = id, .tenant = kLocal, .node = node.key, .created_at = node.read_at, .updated_at = node.read_at};
    const Result<void> known = co_await store.put_user(std::move(user));
    if (!known) {
        co_return false;
    }
    const auto kind = node.kind == domain::NodeKind::lnd ? domain::LinkKind::lnd : domain::LinkKind::cln;
    domain::NodeLink link{.user_id = id,
                          .kind = kind,
                          .url = {},
                          .sealed = {},
                          .agent_key = {},
                          .expires_at = {},
                          .created_at = node.read_at};
    const Result<void> linked = co_await store.put_link(std::move(link));
    if (!linked) {
        co_return false;
    }
    ports::Statement statement{
        .user_id = id, .node = node.key, .day = node.day, .read_at = node.read_at, .text = flow::statement_text(node)};
    const Result<void> kept = co_await store.keep_statement(std::move(statement));
    co_return kept.has_value();
}

} // namespace

Task<std::vector<domain::OwnNode>> keep_and_recall(ports::Store& store, domain::OwnNode node) {
    std::vector<domain::OwnNode> told;
    domain::OwnNode today = node;
    const bool is_kept = co_await keep(store, std::move(today));
    (void)is_kept; // the next call has one day less to compare with
    const Result<std::vector<ports::Statement>> earlier =
        co_await store.statements(node.key.hex(), node.day - kLookedBack, node.day);
    if (earlier) {
        for (const ports::Statement& statement : *earlier) {
            Result<domain::OwnNode> read = flow::read_statement(statement.text);
            if (read && read->key == node.key && read->day == statement.day) {
                told.push_back(std::move(*read));
            }
        }
    }
    told.push_back(std::move(node));
    co_return told;
}

} // namespace mcp::app
