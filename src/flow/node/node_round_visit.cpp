#include "flow/node/node_round_visit.hpp"

#include "async/pool.hpp"
#include "flow/crew.hpp"
#include "flow/node/statement.hpp"
#include "flow/outside/failure.hpp"
#include "flow/tell.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace mcp::flow {
namespace {

using domain::NodeDayFlow;
using domain::NodeLink;
using domain::OwnNode;
using ports::Statement;
using ports::StatementHead;

constexpr std::string_view kName = "node";
constexpr int kStoreTries = 3;
constexpr std::chrono::seconds kStorePause{1};

domain::NodeKind kind_of(const NodeLink& link) {
    return link.kind == domain::LinkKind::cln ? domain::NodeKind::cln : domain::NodeKind::lnd;
}

std::string_view outcome_of(ErrorKind kind) {
    switch (kind) {
    case ErrorKind::timeout:
        return "timeout";
    case ErrorKind::unavailable:
    case ErrorKind::cancelled:
        return "unreachable";
    case ErrorKind::unauthenticated:
    case ErrorKind::forbidden:
        return "refused";
    case ErrorKind::bad_upstream:
    case ErrorKind::invalid_input:
        return "bad_answer";
    case ErrorKind::not_found:
    case ErrorKind::conflict:
    case ErrorKind::rate_limited:
    case ErrorKind::internal:
        break;
    }
    return "failed";
}

bool is_same(const NodeLink& a, const NodeLink& b) {
    return a.kind == b.kind && a.url == b.url && a.sealed == b.sealed;
}

/// Whether the chain's part was refused, which will not change by asking for the day again.
bool is_chain_refused(const OwnNode& told) {
    return std::any_of(told.gaps.begin(), told.gaps.end(), [](const domain::NodeGap& gap) {
        return gap.part == domain::NodePart::chain_costs && gap.why.kind == ErrorKind::forbidden;
    });
}

/// The complete days that a statement of the node tells of; nothing when it tells of no days. On the compute pool.
std::optional<std::vector<NodeDayFlow>> days_of(const Statement& kept, const domain::PubKey& node,
                                                domain::NodeKind kind, Day day) {
    if (kept.node != node) { // it was replaced meanwhile
        return std::nullopt;
    }
    const Result<OwnNode> told = read_statement(kept.text); // else another version wrote it
    if (!told || told->kind != kind || told->days.empty()) {
        return std::nullopt;
    }
    return complete_days(*told, day);
}

/// The text that will be kept; it must be one that reports can read. On the compute pool.
Result<std::string> text_of(const OwnNode& node) {
    std::string text = statement_text(node);
    const Result<OwnNode> again = read_statement(text);
    if (!again) {
        Error error = again.error();
        error.kind = ErrorKind::bad_upstream; // it is the node that told what cannot be
        return fail(std::move(error));
    }
    return text;
}

} // namespace

std::string host_of(std::string_view url) {
    const std::size_t scheme = url.find("://");
    url = scheme == url.npos ? url : url.substr(scheme + 3);
    url = url.substr(0, url.find_first_of("/?#"));
    const std::size_t user = url.rfind('@');
    return std::string(user == url.npos ? url : url.substr(user + 1));
}

std::vector<NodeDayFlow> complete_days(const OwnNode& told, Day day) {
    std::vector<NodeDayFlow> days;
    if (std::any_of(told.gaps.begin(), told.gaps.end(),
                    [](const domain::NodeGap& gap) { return gap.part == domain::NodePart::forwards; })) {
        return days; // it is not known of which day something is missing
    }
    const bool needs_chain = !is_chain_refused(told);
    for (const NodeDayFlow& flow : told.days) {
        const bool is_wanted = flow.day >= day - std::chrono::days{domain::kFlowDays} && flow.day < day;
        const bool is_settled = told.read_at >= Time(flow.day) + std::chrono::days{1} + kDaySettles;
        if (is_wanted && is_settled && (flow.chain || !needs_chain)) {
            days.push_back(flow);
        }
    }
    return days;
}

template <typename Ask>
auto NodeVisit::patiently(Ask ask) -> decltype(ask()) {
    for (int tries = 1;; ++tries) {
        auto answer = co_await ask();
        if (answer || answer.error().kind != ErrorKind::unavailable || tries == kStoreTries) {
            co_return answer;
        }
        co_await env_.timer.wait(kStorePause);
    }
}

Task<VisitEnd> NodeVisit::visit(NodeLink link, Day day) {
    Fault fault{.outcome = "failed", .error = {.kind = ErrorKind::internal, .what = {"node_round.fault", {}}}};
    std::string thrown;
    try {
        const Try<VisitEnd> end = co_await try_once(link, day);
        if (end) {
            co_return *end;
        }
        fault = end.error();
    } catch (const std::exception& error) { // a programmer's: it must not take the other users' nodes with it
        if (is_cancellation(std::current_exception())) {
            throw;
        }
        thrown = error.what();
    }
    const bool is_wanted = !fault.is_gone && co_await is_still(link);
    if (!is_wanted) {
        co_return VisitEnd::dropped;
    }
    if (!thrown.empty()) {
        env_.log.write(LogLevel::error, kName, fmt::format("Reading a node met a fault of the program: {}", thrown));
    }
    tell(link, fault);
    env_.metrics.count(Metric::node_reads, {fault.outcome});
    co_await note(std::move(link), failure_text(fault.error));
    co_return VisitEnd::failed;
}

void NodeVisit::tell(const NodeLink& link, const Fault& fault) {
    env_.log.write(LogLevel::warning, kName,
                   fmt::format("The node at {} could not be read: {}", host_of(link.url), in_english(fault.error)),
                   {{"user_id", link.user_id}});
}

Task<NodeVisit::Try<VisitEnd>> NodeVisit::try_once(NodeLink link, Day day) {
    const Try<bool> fresh = co_await is_fresh(link, day);
    if (!fresh) {
        co_return tl::unexpected(fresh.error());
    }
    if (*fresh) {
        co_return VisitEnd::fresh;
    }
    const Try<domain::PubKey> expected = co_await profile_node(link.user_id);
    if (!expected) {
        co_return tl::unexpected(expected.error());
    }
    Try<OwnNode> node = co_await read(link, *expected, day);
    if (!node) {
        co_return tl::unexpected(node.error());
    }
    const Try<void> kept = co_await keep(link, std::move(*node));
    if (!kept) {
        co_return tl::unexpected(kept.error());
    }
    env_.metrics.count(Metric::node_reads, {"read"});
    std::string no_failure;
    co_await note(std::move(link), std::move(no_failure));
    co_return VisitEnd::read;
}

/// A restart or a second run need not trouble the node, unless it was connected anew since. What was told on the day
/// itself is not replaced by what a run that is made up later would be told.
Task<NodeVisit::Try<bool>> NodeVisit::is_fresh(NodeLink link, Day day) {
    const Time now = env_.clock.now();
    const bool is_late = now >= Time(day) + std::chrono::days{1};
    if (!link.read_at || (!is_late && now - *link.read_at >= kReadingFresh)) {
        co_return false;
    }
    auto ask = [this, &link, day] { return store_.statement_heads(link.user_id, day, day + std::chrono::days{1}); };
    const Result<std::vector<StatementHead>> kept = co_await patiently(ask);
    if (!kept) {
        co_return tl::unexpected(Fault{"failed", kept.error()});
    }
    co_return !kept->empty() && kept->back().read_at >= link.created_at &&
        (is_late || now - kept->back().read_at < kReadingFresh);
}

Task<NodeVisit::Try<domain::PubKey>> NodeVisit::profile_node(std::string user_id) {
    auto ask = [this, &user_id] { return store_.user(user_id); };
    const Result<std::optional<domain::User>> user = co_await patiently(ask);
    if (!user) {
        co_return tl::unexpected(Fault{"failed", user.error()});
    }
    if (!*user) {
        co_return tl::unexpected(
            Fault{.outcome = {}, .error = {ErrorKind::not_found, {"job.gone", {}}}, .is_gone = true});
    }
    if (!(*user)->node) {
        co_return tl::unexpected(Fault{"failed", {ErrorKind::invalid_input, {"node_round.no_node", {}}}});
    }
    co_return *(*user)->node;
}

/// Days that were told completely before: they do not change any more. The newest statement that tells of any is
/// taken; texts may be long, hence one at a time.
Task<NodeVisit::Try<std::vector<NodeDayFlow>>> NodeVisit::known_days(NodeLink link, domain::PubKey node, Day day) {
    const Day oldest = day - std::chrono::days{domain::kFlowDays};
    auto ask = [this, &link, oldest, day] {
        return store_.statement_heads(link.user_id, oldest, day + std::chrono::days{1});
    };
    const Result<std::vector<StatementHead>> heads = co_await patiently(ask);
    if (!heads) {
        co_return tl::unexpected(Fault{"failed", heads.error()});
    }
    for (auto head = heads->rbegin(); head != heads->rend(); ++head) {
        if (head->node != node) {
            continue;
        }
        auto ask_text = [this, &link, of = head->day] {
            return store_.statements(link.user_id, of, of + std::chrono::days{1});
        };
        const Result<std::vector<Statement>> kept = co_await patiently(ask_text);
        if (!kept) {
            co_return tl::unexpected(Fault{"failed", kept.error()});
        }
        if (kept->empty()) {
            continue; // it went meanwhile
        }
        auto work = [&kept, node, kind = kind_of(link), day] { return days_of(kept->front(), node, kind, day); };
        std::optional<std::vector<NodeDayFlow>> days = co_await run_on(env_.compute, work);
        if (days) {
            co_return std::move(*days);
        }
    }
    co_return std::vector<NodeDayFlow>();
}

Task<NodeVisit::Try<OwnNode>> NodeVisit::read(NodeLink link, domain::PubKey expected, Day day) {
    Try<std::vector<NodeDayFlow>> known = co_await known_days(link, expected, day);
    if (!known) {
        co_return tl::unexpected(known.error());
    }
    Result<ports::NodeSecret> secret = vault_.open(link.user_id, link.sealed);
    if (!secret) {
        co_return tl::unexpected(Fault{"secret", secret.error()});
    }
    ports::NodeAccess access{.kind = kind_of(link),
                             .url = link.url,
                             .secret = std::move(secret->secret),
                             .certificate = std::move(secret->certificate)};
    const Timer::Span begun = env_.timer.now();
    Result<OwnNode> node = co_await reader_.read(std::move(access), day, std::move(*known), kReadingMost);
    env_.metrics.observe(Metric::node_read_duration, seconds_of(env_.timer.now() - begun));
    if (!node) {
        co_return tl::unexpected(Fault{outcome_of(node.error().kind), node.error()});
    }
    if (node->key != expected) {
        Message what{"node_round.other_node", {{"found", node->key.hex()}, {"expected", expected.hex()}}};
        co_return tl::unexpected(Fault{"other_node", {ErrorKind::conflict, std::move(what)}});
    }
    node->day = day;
    node->credential_expires = node->credential_expires ? node->credential_expires : link.expires_at;
    co_return std::move(*node);
}

Task<NodeVisit::Try<void>> NodeVisit::keep(NodeLink link, OwnNode node) {
    const Day yesterday = node.day - std::chrono::days{1};
    auto ask_watched = [this, &link, yesterday] { return store_.watched(link.user_id, yesterday); };
    const Result<std::optional<domain::NodeWatched>> watched = co_await patiently(ask_watched);
    if (!watched) {
        co_return tl::unexpected(Fault{"failed", watched.error()});
    }
    if (node.watched = *watched; node.watched) { // a calendar that jumped may have counted an hour twice
        node.watched->watched = std::min<std::chrono::seconds>(node.watched->watched, std::chrono::days{1});
        node.watched->reached = std::min(node.watched->reached, node.watched->watched);
    }
    Statement statement{
        .user_id = link.user_id, .node = node.key, .day = node.day, .read_at = node.read_at, .text = {}};
    auto work = [&node] { return text_of(node); };
    Result<std::string> text = co_await run_on(env_.compute, work);
    if (!text) {
        co_return tl::unexpected(Fault{"bad_answer", text.error()});
    }
    statement.text = std::move(*text);
    const bool is_wanted = co_await is_still(link);
    if (!is_wanted) {
        co_return tl::unexpected(
            Fault{.outcome = {}, .error = {ErrorKind::not_found, {"job.gone", {}}}, .is_gone = true});
    }
    auto ask_keep = [this, &statement] { return store_.keep_statement(statement); };
    const Result<void> kept = co_await patiently(ask_keep);
    if (!kept && kept.error().kind != ErrorKind::conflict) { // conflict: a newer one is kept, which is as well
        co_return tl::unexpected(
            Fault{.outcome = "failed", .error = kept.error(), .is_gone = kept.error().kind == ErrorKind::not_found});
    }
    co_return Try<void>();
}

/// Whether the link is still the one that the visit began with. When the store cannot tell, it is taken for it.
Task<bool> NodeVisit::is_still(NodeLink link) {
    auto ask = [this, &link] { return store_.link(link.user_id); };
    const Result<std::optional<NodeLink>> now = co_await patiently(ask);
    co_return !now || (*now && is_same(**now, link));
}

Task<void> NodeVisit::note(NodeLink link, std::string failure) {
    const ports::LinkTry tried{
        .user_id = std::move(link.user_id), .at = env_.clock.now(), .failure = std::move(failure)};
    auto ask = [this, &tried] { return store_.note_link_try(tried); };
    const Result<void> noted = co_await patiently(ask);
    if (!noted) {
        env_.log.write(LogLevel::error, kName,
                       fmt::format("How the reading of a node went could not be kept: {}", in_english(noted.error())));
    }
}

} // namespace mcp::flow
