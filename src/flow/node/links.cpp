#include "flow/node/links.hpp"

#include "flow/node/statement.hpp"
#include "flow/outside/failure.hpp"
#include "flow/tell.hpp"

#include <utility>

namespace mcp::flow {
namespace {

using domain::LinkKind;
using domain::NodeDoubt;
using domain::NodeKind;

constexpr std::chrono::days kExpirySoon{14};

/// @pre not of an agent
NodeKind node_kind(LinkKind kind) {
    return kind == LinkKind::cln ? NodeKind::cln : NodeKind::lnd;
}

Message doubt_message(NodeDoubt doubt) {
    switch (doubt) {
    case NodeDoubt::not_synced_to_chain:
        return {"link.not_synced_to_chain", {}};
    case NodeDoubt::not_synced_to_graph:
        return {"link.not_synced_to_graph", {}};
    case NodeDoubt::no_channel_active:
        return {"link.no_channel_active", {}};
    }
    return {"link.not_synced_to_chain", {}};
}

Result<void> check_certificate(std::string_view certificate) {
    if (certificate.empty()) {
        return {};
    }
    if (certificate.find("PRIVATE KEY-----") != certificate.npos) {
        return fail(ErrorKind::invalid_input, {"link.private_key", {}});
    }
    const bool is_one = certificate.size() <= NodeLinks::kCertificateMax &&
                        certificate.find("-----BEGIN CERTIFICATE-----") != certificate.npos &&
                        certificate.find("-----END CERTIFICATE-----") != certificate.npos;
    return is_one ? Result<void>() : fail(ErrorKind::invalid_input, {"link.no_certificate", {}});
}

void see_node(LinkView& view, const ports::NodeTrial& trial) {
    view.node = trial.key;
    view.alias = trial.alias;
    view.version = trial.version;
    view.missing = trial.missing;
    for (const NodeDoubt doubt : trial.doubts) {
        view.advice.push_back(doubt_message(doubt));
    }
}

/// What a node told that was read whole, as a try would tell it.
ports::NodeTrial as_trial(domain::OwnNode node) {
    return {.key = node.key,
            .alias = std::move(node.alias),
            .version = std::move(node.version),
            .doubts = std::move(node.doubts),
            .missing = std::move(node.gaps)};
}

} // namespace

/// All of a link that needs no asking.
struct NodeLinks::Prepared {
    domain::NodeLink link;
    ports::NodeAccess access;
    std::vector<Message> advice;
};

Result<NodeLinks::Prepared> NodeLinks::prepare(const domain::User& user, const LinkGiven& given) const {
    const Time now = needs_.env.clock.now();
    Result<ports::CredentialFacts> facts = needs_.credentials.examine(node_kind(given.kind), given.secret, now);
    if (!facts) {
        return fail(std::move(facts.error()));
    }
    Result<std::string> url = needs_.reader.check_url(given.url);
    if (!url) {
        return fail(std::move(url.error()));
    }
    if (Result<void> certificate = check_certificate(given.certificate); !certificate) {
        return fail(std::move(certificate.error()));
    }
    Result<std::string> sealed =
        needs_.vault.seal(user.id, {.secret = facts->secret, .certificate = given.certificate});
    if (!sealed) {
        return fail(std::move(sealed.error()));
    }
    return Prepared{.link = {.user_id = user.id,
                             .kind = given.kind,
                             .url = *url,
                             .sealed = std::move(*sealed),
                             .agent_key = {},
                             .expires_at = facts->expires_at,
                             .created_at = now},
                    .access = {.kind = node_kind(given.kind),
                               .url = *url,
                               .secret = std::move(facts->secret),
                               .certificate = given.certificate},
                    .advice = std::move(facts->advice)};
}

LinkView NodeLinks::view_of(const domain::NodeLink& link) const {
    LinkView view{.kind = link.kind,
                  .url = link.url,
                  .created_at = link.created_at,
                  .tried_at = link.tried_at,
                  .read_at = link.read_at,
                  .expires_at = link.expires_at,
                  .failure = {},
                  .node = {},
                  .alias = {},
                  .version = {},
                  .missing = {},
                  .advice = {}};
    if (!link.failure.empty()) {
        view.failure = failure_error(link.failure);
    }
    const Time now = needs_.env.clock.now();
    if (link.expires_at && *link.expires_at <= now) {
        view.advice.push_back({"link.expired", {{"time", *link.expires_at}}});
    } else if (link.expires_at && *link.expires_at < now + kExpirySoon) {
        view.advice.push_back({"link.expires_soon", {{"time", *link.expires_at}}});
    }
    return view;
}

Task<Result<void>> NodeLinks::keep(domain::NodeLink link) {
    Result<void> kept = co_await needs_.store.put_link(std::move(link));
    if (!kept && kept.error().kind == ErrorKind::not_found) {
        co_return fail(ErrorKind::not_found, {"account.none", {}});
    }
    co_return kept;
}

/// Makes a node that was connected its user's, as far as a connection can: it takes none from anybody. The profile is
/// looked at anew: a try takes its time.
Task<Result<void>> NodeLinks::own(ports::Caller caller, domain::PubKey node) {
    Result<domain::User> user = co_await needs_.accounts.profile(std::move(caller));
    if (!user) {
        co_return fail(std::move(user.error()));
    }
    if (user->node && user->node != node) {
        co_return fail(ErrorKind::conflict,
                       {"link.other_node", {{"told", node.hex()}, {"profile", user->node->hex()}}});
    }
    if (user->is_node_verified()) {
        co_return Result<void>();
    }
    const Time now = needs_.env.clock.now();
    Result<std::optional<std::string>> claimed =
        co_await needs_.store.claim_node(user->id, node, domain::NodeProof::connection, now);
    if (!claimed && claimed.error().kind == ErrorKind::conflict) {
        co_return fail(ErrorKind::conflict, {"link.node_taken", {{"key", node.hex()}}});
    }
    if (!claimed) {
        co_return fail(std::move(claimed.error()));
    }
    co_return Result<void>();
}

Task<Result<LinkView>> NodeLinks::connect_agent(domain::User user, std::string key) {
    const bool has_node = user.node.has_value();
    domain::NodeLink link{.user_id = std::move(user.id),
                          .kind = LinkKind::agent,
                          .url = {},
                          .sealed = {},
                          .agent_key = std::move(key),
                          .expires_at = {},
                          .created_at = needs_.env.clock.now()};
    Result<void> kept = co_await keep(link);
    if (!kept) {
        co_return fail(std::move(kept.error()));
    }
    LinkView view = view_of(link);
    view.advice.push_back({"link.agent_waits", {}});
    if (!has_node) {
        view.advice.push_back({"push.no_node", {}});
    }
    co_return view;
}

Task<Result<LinkView>> NodeLinks::connect(ports::Caller caller, LinkGiven given) {
    Result<domain::User> user = co_await needs_.accounts.profile(caller);
    if (!user) {
        co_return fail(std::move(user.error()));
    }
    if (given.kind == LinkKind::agent) {
        Result<LinkView> agent = co_await connect_agent(std::move(*user), std::move(given.agent_key));
        co_return agent;
    }
    Result<Prepared> prepared = prepare(*user, given);
    if (!prepared) {
        co_return fail(std::move(prepared.error()));
    }
    domain::NodeLink& link = prepared->link;
    const Result<TryPace::Turn> turn = pace_.begin(link.user_id, needs_.env.timer.now());
    if (!turn) {
        co_return fail(turn.error());
    }
    Result<ports::NodeTrial> trial = co_await needs_.reader.try_out(std::move(prepared->access), kTryMost);
    if (!trial && trial.error().what.key == "fetch.address_refused") {
        co_return fail(std::move(trial.error())); // where we may never ask is no node that will come back
    }
    link.tried_at = needs_.env.clock.now();
    if (trial) {
        Result<void> owned = co_await own(std::move(caller), trial->key);
        if (!owned) {
            co_return fail(std::move(owned.error()));
        }
        link.read_at = link.tried_at;
    } else {
        link.failure = failure_text(trial.error());
    }
    Result<void> kept = co_await keep(link);
    if (!kept) {
        co_return fail(std::move(kept.error()));
    }
    LinkView view = view_of(link);
    view.advice.insert(view.advice.end(), prepared->advice.begin(), prepared->advice.end());
    if (trial) {
        see_node(view, *trial);
    } else {
        view.advice.push_back({"link.kept_unread", {}});
    }
    co_return view;
}

Task<Result<domain::NodeLink>> NodeLinks::link_of(ports::Caller caller) {
    Result<domain::User> user = co_await needs_.accounts.profile(std::move(caller));
    if (!user) {
        co_return fail(std::move(user.error()));
    }
    Result<std::optional<domain::NodeLink>> link = co_await needs_.store.link(user->id);
    if (!link) {
        co_return fail(std::move(link.error()));
    }
    if (!*link) {
        co_return fail(ErrorKind::not_found, {"link.none", {}});
    }
    co_return std::move(**link);
}

Task<Result<LinkView>> NodeLinks::status(ports::Caller caller) {
    Result<domain::NodeLink> link = co_await link_of(caller);
    if (!link) {
        co_return fail(std::move(link.error()));
    }
    LinkView view = view_of(*link);
    const Result<domain::User> user = co_await needs_.accounts.profile(std::move(caller));
    if (user && link->read_at) { // it was read, so it named itself as the profile does
        view.node = user->node;
    }
    const Day today = std::chrono::floor<std::chrono::days>(needs_.env.clock.now());
    const std::chrono::days day{1};
    Result<std::vector<ports::Statement>> told =
        co_await needs_.store.statements(link->user_id, today - day, today + day);
    if (!told) {
        co_return fail(std::move(told.error()));
    }
    if (told->empty() || told->back().read_at < link->created_at) {
        co_return view; // what an earlier link brought says nothing of this one
    }
    auto read = [text = std::move(told->back().text)] { return read_statement(text); };
    Result<domain::OwnNode> node = co_await run_on(needs_.env.compute, std::move(read));
    if (node) {
        see_node(view, as_trial(std::move(*node)));
    }
    co_return view;
}

Task<Result<LinkView>> NodeLinks::test(ports::Caller caller) {
    Result<domain::NodeLink> link = co_await link_of(caller);
    if (!link) {
        co_return fail(std::move(link.error()));
    }
    if (link->kind == LinkKind::agent) {
        co_return fail(ErrorKind::conflict, {"link.agent_sends", {}});
    }
    Result<ports::NodeSecret> secret = needs_.vault.open(link->user_id, link->sealed);
    if (!secret) { // what was changed can only be given anew: that is no fault inside for the user to report
        const bool is_spoilt = secret.error().kind == ErrorKind::internal;
        co_return fail(is_spoilt ? ErrorKind::conflict : secret.error().kind, std::move(secret.error().what));
    }
    ports::NodeAccess access{.kind = node_kind(link->kind),
                             .url = link->url,
                             .secret = std::move(secret->secret),
                             .certificate = std::move(secret->certificate)};
    const Result<TryPace::Turn> turn = pace_.begin(link->user_id, needs_.env.timer.now());
    if (!turn) {
        co_return fail(turn.error());
    }
    Result<ports::NodeTrial> trial = co_await needs_.reader.try_out(std::move(access), kTryMost);
    if (trial) {
        Result<void> owned = co_await own(std::move(caller), trial->key);
        if (!owned && owned.error().kind != ErrorKind::conflict) {
            co_return fail(std::move(owned.error()));
        }
        if (!owned) {
            trial = fail(std::move(owned.error()));
        }
    }
    link->tried_at = needs_.env.clock.now();
    link->read_at = trial ? link->tried_at : link->read_at;
    link->failure = trial ? "" : failure_text(trial.error());
    ports::LinkTry noted{.user_id = link->user_id, .at = *link->tried_at, .failure = link->failure};
    Result<void> kept = co_await needs_.store.note_link_try(std::move(noted));
    if (!kept) {
        co_return fail(std::move(kept.error()));
    }
    LinkView view = view_of(*link);
    if (trial) {
        see_node(view, *trial);
    }
    co_return view;
}

Task<Result<void>> NodeLinks::forget(ports::Caller caller) {
    Result<domain::User> user = co_await needs_.accounts.profile(std::move(caller));
    if (!user) {
        co_return fail(std::move(user.error()));
    }
    Result<bool> removed = co_await needs_.store.remove_link(user->id);
    if (!removed) {
        co_return fail(std::move(removed.error()));
    }
    if (!*removed) {
        co_return fail(ErrorKind::not_found, {"link.none", {}});
    }
    co_return Result<void>();
}

Task<Result<std::optional<LinkKind>>> NodeLinks::kind_of(std::string user_id) {
    Result<std::optional<domain::NodeLink>> link = co_await needs_.store.link(std::move(user_id));
    if (!link) {
        co_return fail(std::move(link.error()));
    }
    co_return *link ? std::optional((*link)->kind) : std::nullopt;
}

} // namespace mcp::flow
