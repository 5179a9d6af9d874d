#include "flow/accounts.hpp"

#include <utility>

namespace mcp::flow {
namespace {

tl::unexpected<Error> no_profile() {
    return fail(ErrorKind::not_found, {"account.none", {}});
}

} // namespace

Task<Result<domain::User>> Accounts::profile(ports::Caller caller) {
    Result<std::optional<domain::User>> found = co_await needs_.store.user(caller.user_id);
    if (!found) {
        co_return fail(std::move(found.error()));
    }
    if (!*found || (*found)->tenant != caller.tenant_id) {
        co_return no_profile();
    }
    co_return std::move(**found);
}

domain::User Accounts::changed(domain::User user, const ProfileChange& change, Time now) const {
    if (change.node && user.node != *change.node) {
        user.node = *change.node;
        user.node_proof = domain::NodeProof::none;
        user.daily_report = user.daily_report && user.node.has_value();
    }
    user.language = change.language.value_or(user.language);
    user.updated_at = now;
    return user;
}

Task<Result<PutProfile>> Accounts::put(ports::Caller caller, ProfileChange change) {
    if (!domain::is_valid_id(caller.user_id) || !domain::is_valid_id(caller.tenant_id)) {
        co_return fail(ErrorKind::invalid_input,
                       {"account.bad_id", {{"limit", static_cast<std::int64_t>(domain::kIdBytesMax)}}});
    }
    Result<std::optional<domain::User>> found = co_await needs_.store.user(caller.user_id);
    if (!found) {
        co_return fail(std::move(found.error()));
    }
    if (*found && (*found)->tenant != caller.tenant_id) {
        co_return no_profile();
    }
    const bool is_new = !found->has_value();
    if (!is_new && (!change.node || *change.node == (*found)->node)) {
        co_return co_await put_language(std::move(**found), change);
    }
    const Time now = needs_.env.clock.now();
    const domain::User before = is_new ? domain::User{.id = caller.user_id,
                                                      .tenant = caller.tenant_id,
                                                      .node = {},
                                                      .language = needs_.default_language,
                                                      .created_at = now,
                                                      .updated_at = now}
                                       : std::move(**found);
    domain::User user = changed(before, change, now);
    Result<void> kept = co_await needs_.store.put_user(user);
    if (kept) {
        co_return PutProfile{std::move(user), is_new};
    }
    if (kept.error().kind == ErrorKind::conflict && user.node) {
        co_return fail(ErrorKind::conflict, {"account.node_taken", {{"key", user.node->hex()}}});
    }
    co_return kept.error().kind == ErrorKind::not_found ? no_profile() : fail(std::move(kept.error()));
}

/// Writes nothing of the node: it may be proved, claimed or taken over at the same time.
Task<Result<PutProfile>> Accounts::put_language(domain::User user, ProfileChange change) {
    const Time now = needs_.env.clock.now();
    Result<domain::User> kept = co_await needs_.store.set_language(std::move(user.id), change.language, now);
    if (!kept) {
        co_return kept.error().kind == ErrorKind::not_found ? no_profile() : fail(std::move(kept.error()));
    }
    if (change.node && *change.node && kept->node != *change.node) { // another user took it over just now
        co_return fail(ErrorKind::conflict, {"account.node_taken", {{"key", (*change.node)->hex()}}});
    }
    co_return PutProfile{std::move(*kept), false};
}

Task<Result<void>> Accounts::remove_assets(std::string user_id) {
    auto work = [&assets = needs_.assets, id = std::move(user_id)] { return assets.remove(id); };
    Result<std::int64_t> removed = co_await run_on(needs_.env.blocking, std::move(work));
    if (!removed) {
        co_return fail(std::move(removed.error()));
    }
    co_return Result<void>();
}

Task<Result<void>> Accounts::remove(ports::Caller caller) {
    Result<std::optional<domain::User>> found = co_await needs_.store.user(caller.user_id);
    if (!found) {
        co_return fail(std::move(found.error()));
    }
    if (*found && (*found)->tenant != caller.tenant_id) {
        co_return no_profile();
    }
    // The assets go first, so that a crash leaves a profile to try again with, and once more at the end, because a run
    // may have written one in between. Without a profile they are what an earlier try could not remove.
    Result<void> assets = co_await remove_assets(caller.user_id);
    if (!assets) {
        co_return assets;
    }
    Result<bool> removed = co_await needs_.store.remove_user(caller.user_id);
    if (!removed) {
        co_return fail(std::move(removed.error()));
    }
    assets = co_await remove_assets(caller.user_id);
    if (!assets) {
        co_return assets;
    }
    if (!*removed) {
        co_return no_profile();
    }
    co_return Result<void>();
}

std::optional<Time> Accounts::next_report() const {
    return needs_.schedule.enabled ? std::optional(needs_.schedule.next_after(needs_.env.clock.now())) : std::nullopt;
}

Task<Result<std::optional<Time>>> Accounts::enable(ports::Caller caller) {
    Result<domain::User> user = co_await profile(std::move(caller));
    if (!user) {
        co_return fail(std::move(user.error()));
    }
    if (!user->node) {
        co_return fail(ErrorKind::invalid_input, {"account.no_node", {}});
    }
    if (!user->daily_report) {
        Result<void> set = co_await needs_.store.set_daily_report(user->id, true, needs_.env.clock.now());
        if (!set) {
            co_return set.error().kind == ErrorKind::not_found ? no_profile() : fail(std::move(set.error()));
        }
    }
    co_return next_report();
}

Task<Result<void>> Accounts::disable(ports::Caller caller) {
    Result<domain::User> user = co_await profile(std::move(caller));
    if (!user) {
        co_return fail(std::move(user.error()));
    }
    if (user->daily_report) {
        Result<void> set = co_await needs_.store.set_daily_report(user->id, false, needs_.env.clock.now());
        if (!set) {
            co_return set.error().kind == ErrorKind::not_found ? no_profile() : fail(std::move(set.error()));
        }
    }
    co_return Result<void>();
}

Task<Result<DailyReportStatus>> Accounts::status(ports::Caller caller) {
    Result<domain::User> user = co_await profile(std::move(caller));
    if (!user) {
        co_return fail(std::move(user.error()));
    }
    Result<ports::ReportCounts> reports = co_await needs_.store.count_reports(user->id);
    if (!reports) {
        co_return fail(std::move(reports.error()));
    }
    co_return DailyReportStatus{.enabled = user->daily_report,
                                .last_report = reports->last_generated_at,
                                .total_reports = reports->completed,
                                .next_report = user->daily_report ? next_report() : std::nullopt};
}

} // namespace mcp::flow
