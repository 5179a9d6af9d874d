#include "flow/node/pushed.hpp"

#include "flow/node/statement.hpp"
#include "flow/outside/failure.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace mcp::flow {
namespace {

constexpr std::size_t kKeyDigits = 64;
constexpr std::size_t kSignatureDigits = 128;

/// The same for whatever is wrong with it, so that nobody learns which keys are known.
Error unknown() {
    return {.kind = ErrorKind::unauthenticated, .what = {"push.unknown", {}}};
}

/// Hexadecimal digits in small letters; nothing for anything else.
std::optional<std::string> digits(std::string_view text, std::size_t count) {
    std::string small(text);
    for (char& letter : small) {
        letter = letter >= 'A' && letter <= 'F' ? static_cast<char>(letter | 0x20) : letter;
    }
    const bool is_good = small.size() == count && small.find_first_not_of("0123456789abcdef") == small.npos;
    return is_good ? std::optional(std::move(small)) : std::nullopt;
}

/// What was fresh and signed, and is about the wrong node: only its user can mend that.
bool is_for_its_user(ErrorKind kind) {
    return kind == ErrorKind::forbidden || kind == ErrorKind::conflict;
}

} // namespace

std::string snapshot_bytes(std::string_view user_id, std::string_view body) {
    constexpr std::string_view kPurpose = "mcp-api snapshot v1 for ";
    std::string bytes;
    bytes.reserve(kPurpose.size() + user_id.size() + 1 + body.size());
    bytes += kPurpose;
    bytes += user_id; // has no control characters, so it ends at the line's end
    bytes += '\n';
    bytes += body;
    return bytes;
}

struct PushedSnapshots::Told {
    domain::OwnNode node;
    std::string text; ///< as we write it
};

Task<Result<domain::NodeLink>> PushedSnapshots::link_of(std::string agent_key) {
    std::optional<std::string> key = digits(agent_key, kKeyDigits);
    if (!key) {
        co_return fail(unknown());
    }
    Result<std::optional<domain::NodeLink>> link = co_await needs_.store.link_of_agent(std::move(*key));
    if (!link) {
        co_return fail(std::move(link.error()));
    }
    co_return *link ? Result<domain::NodeLink>(std::move(**link)) : fail(unknown());
}

Task<Result<PushPace::Turn>> PushedSnapshots::let_in(std::string agent_key) {
    Result<domain::NodeLink> link = co_await link_of(std::move(agent_key));
    co_return link ? pace_.begin(link->agent_key, needs_.env.timer.now()) : fail(std::move(link.error()));
}

/// Checks the signature and reads the statement, both over megabytes.
Task<Result<PushedSnapshots::Told>> PushedSnapshots::read(std::string user_id, PushedSnapshot pushed) {
    auto work = [&signatures = needs_.signatures, user = std::move(user_id),
                 given = std::move(pushed)]() -> Result<Told> {
        if (!signatures.is_signed(given.agent_key, snapshot_bytes(user, given.body), given.signature)) {
            return fail(unknown());
        }
        Result<domain::OwnNode> node = read_statement(given.body);
        if (!node) {
            return fail(std::move(node.error()));
        }
        std::string text = statement_text(*node);
        return Told{.node = std::move(*node), .text = std::move(text)};
    };
    Result<Told> told = co_await run_on(needs_.env.compute, std::move(work));
    co_return told;
}

Result<void> PushedSnapshots::check_time(const domain::OwnNode& node) const {
    const Time now = needs_.env.clock.now();
    const Day today = std::chrono::floor<std::chrono::days>(now);
    if (node.day != today) {
        return fail(ErrorKind::invalid_input, {"push.wrong_day", {{"day", node.day}, {"today", today}}});
    }
    if (node.read_at < now - kOldest) {
        return fail(ErrorKind::invalid_input,
                    {"push.too_late", {{"time", node.read_at}, {"minutes", std::int64_t{kOldest.count()}}}});
    }
    if (node.read_at > now + kAhead) {
        return fail(ErrorKind::invalid_input, {"push.too_early", {{"time", node.read_at}, {"now", now}}});
    }
    return {};
}

/// Whether the profile names this node. A key that anybody could make proves nothing about a node, so that a snapshot
/// gives none to its sender.
Task<Result<void>> PushedSnapshots::check_node(std::string user_id, domain::PubKey node) {
    Result<std::optional<domain::User>> user = co_await needs_.store.user(std::move(user_id));
    if (!user) {
        co_return fail(std::move(user.error()));
    }
    if (!*user) {
        co_return fail(unknown());
    }
    if (!(*user)->node) {
        co_return fail(ErrorKind::conflict, {"push.no_node", {}});
    }
    if ((*user)->node != node) {
        co_return fail(ErrorKind::forbidden,
                       {"link.other_node", {{"told", node.hex()}, {"profile", (*user)->node->hex()}}});
    }
    co_return Result<void>();
}

Task<Result<KeptSnapshot>> PushedSnapshots::take(PushedSnapshot pushed) {
    Result<domain::NodeLink> link = co_await link_of(pushed.agent_key);
    if (!link) {
        co_return fail(std::move(link.error()));
    }
    std::optional<std::string> signature = digits(pushed.signature, kSignatureDigits);
    if (!signature) {
        co_return fail(unknown());
    }
    pushed.agent_key = link->agent_key;
    pushed.signature = std::move(*signature);
    Result<Told> told = co_await read(link->user_id, std::move(pushed));
    if (!told) {
        co_return fail(std::move(told.error()));
    }
    if (Result<void> timely = check_time(told->node); !timely) {
        co_return fail(std::move(timely.error()));
    }
    ports::LinkTry tried{.user_id = link->user_id, .at = needs_.env.clock.now(), .failure = {}};
    Result<void> right = co_await check_node(link->user_id, told->node.key);
    if (!right && is_for_its_user(right.error().kind)) {
        tried.failure = failure_text(right.error());
        Result<void> noted = co_await needs_.store.note_link_try(std::move(tried));
        co_return noted ? fail(std::move(right.error())) : fail(std::move(noted.error()));
    }
    if (!right) {
        co_return fail(std::move(right.error()));
    }
    const KeptSnapshot kept{.node = told->node.key, .day = told->node.day};
    ports::Statement statement{.user_id = link->user_id,
                               .node = kept.node,
                               .day = kept.day,
                               .read_at = told->node.read_at,
                               .text = std::move(told->text)};
    Result<void> written = co_await needs_.store.keep_statement(std::move(statement));
    if (!written) {
        co_return written.error().kind == ErrorKind::not_found ? fail(unknown()) : fail(std::move(written.error()));
    }
    Result<void> noted = co_await needs_.store.note_link_try(std::move(tried));
    if (!noted) {
        co_return fail(std::move(noted.error()));
    }
    co_return kept;
}

} // namespace mcp::flow
