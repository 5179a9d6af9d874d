#include "flow/report_job.hpp"

#include "analysis/compose.hpp"
#include "analysis/open_search.hpp"
#include "flow/asset_keeper.hpp"
#include "flow/openings.hpp"
#include "flow/snapshots.hpp"
#include "flow/tell.hpp"

#include <fmt/format.h>

namespace mcp::flow {

using analysis::OpenAdvice;
using ports::FinishedReport;
using ports::KeptOpenings;

/// One job from its first try to its end.
struct ReportJob::Attempt {
    std::shared_ptr<const RunContext> context;
    std::string user_id;
    std::string report_id;
    Timer::Span begun;
    Deadline deadline;
    int tries = 0;
    double seconds = 0;               ///< that it took, until the report was written
    std::optional<domain::User> user; ///< as last read
    domain::NodeId node = 0;          ///< in the day's graph, once the profile is read
    std::optional<OpenAdvice> advice; ///< one that is kept, while it is fresh
    std::optional<Time> created_at;   ///< of the first report of the day, if there was one

    [[nodiscard]] Material& material() const { return **context->material; }
    [[nodiscard]] Day day() const { return context->run.day; }
    [[nodiscard]] const domain::Network& network() const { return material().today().network; }
};

/// Why a try ended, and whether another one may do better.
struct ReportJob::Fault {
    std::string_view stage; ///< of daily_reports_errors_total
    Error error;
    bool may_pass = true;
    bool is_gone = false; ///< nobody wants the report any more: no failure
};

/// The figures and words of a report, ready to be kept.
struct ReportJob::Made {
    std::string document;
    ports::Snapshot snapshot;
    std::optional<KeptOpenings> openings; ///< those that were computed anew
};

namespace {

template <typename FaultT>
tl::unexpected<FaultT> fault(std::string_view stage, Error error, bool may_pass) {
    return tl::unexpected(FaultT{.stage = stage, .error = std::move(error), .may_pass = may_pass});
}

} // namespace

Task<JobEnd> ReportJob::make(std::string user_id, std::shared_ptr<const RunContext> context) {
    std::string report_id = documents_.report_id(user_id, context->run.day);
    Attempt attempt{.context = std::move(context),
                    .user_id = std::move(user_id),
                    .report_id = std::move(report_id),
                    .begun = env_.timer.now(),
                    .deadline = Deadline(env_.timer, settings_.time_max),
                    .user = {},
                    .advice = {},
                    .created_at = {}};
    co_await prepare(attempt);
    attempt.begun = env_.timer.now(); // the day's graph has a deadline of its own
    attempt.deadline = Deadline(env_.timer, settings_.time_max);
    while (true) {
        ++attempt.tries;
        const tl::expected<Made, Fault> made = co_await try_once(attempt);
        if (made) {
            tell_success(attempt);
            co_return JobEnd::completed;
        }
        const Fault& cause = made.error();
        if (cause.is_gone) {
            co_return JobEnd::gone;
        }
        if (halt_.is_urgent) {
            co_return JobEnd::unrecorded;
        }
        env_.metrics.count(Metric::report_errors, {cause.stage});
        const Timer::Span pause = settings_.backoff.before_next(attempt.tries, env_.chance);
        if (!cause.may_pass || attempt.tries > settings_.retries_max || attempt.deadline.left() <= pause) {
            co_return co_await give_up(attempt, cause);
        }
        env_.log.write(LogLevel::warning, "daily_report",
                       fmt::format("Try {} of report {} did not succeed, the next one follows in {:.1f} s: {}",
                                   attempt.tries, attempt.report_id, seconds_of(pause), in_english(cause.error)));
        co_await pause_unless_halted(pause);
        if (halt_.is_asked) {
            co_return JobEnd::unrecorded;
        }
    }
}

Task<void> ReportJob::pause_unless_halted(Timer::Span span) {
    const Deadline end(env_.timer, span);
    while (!halt_.is_asked && !end.passed()) {
        const Timer::Span step = std::min<Timer::Span>(end.left(), std::chrono::seconds{1});
        co_await env_.timer.wait(step);
    }
}

/// Waits for the what-if table where the report will need it: that is the day's work, not the report's.
Task<void> ReportJob::prepare(Attempt& attempt) {
    const tl::expected<void, Fault> read = co_await read_profile(attempt);
    if (read && !attempt.advice) {
        co_await attempt.material().what_if(env_);
    }
}

Task<tl::expected<ReportJob::Made, ReportJob::Fault>> ReportJob::try_once(Attempt& attempt) {
    std::string thrown;
    try {
        const tl::expected<void, Fault> read = co_await read_profile(attempt);
        if (!read) {
            co_return tl::unexpected(read.error());
        }
        tl::expected<Made, Fault> made = co_await compute(attempt);
        if (!made) {
            co_return made;
        }
        const tl::expected<void, Fault> kept = co_await keep(attempt, *made);
        if (!kept) {
            co_return tl::unexpected(kept.error());
        }
        co_return made;
    } catch (const std::exception& error) { // a programmer's: it must not take the other users' reports with it
        thrown = error.what();
    }
    env_.log.write(LogLevel::error, "daily_report",
                   fmt::format("Report {} met a fault of the program: {}", attempt.report_id, thrown));
    co_return fault<Fault>("internal", {.kind = ErrorKind::internal, .what = {"job.internal", {}}}, false);
}

Task<tl::expected<void, ReportJob::Fault>> ReportJob::read_profile(Attempt& attempt) {
    Result<std::optional<domain::User>> user = co_await store_.user(attempt.user_id);
    if (!user) {
        co_return fault<Fault>("profile", std::move(user.error()), true);
    }
    attempt.user = std::move(*user);
    if (!attempt.user || (attempt.context->run.for_all && !attempt.user->daily_report)) {
        Fault gone{.stage = "profile", .error = {.kind = ErrorKind::not_found, .what = {"job.gone", {}}}};
        gone.is_gone = true;
        co_return tl::unexpected(std::move(gone));
    }
    if (!attempt.user->node) {
        co_return fault<Fault>("profile", {.kind = ErrorKind::invalid_input, .what = {"job.no_node", {}}}, false);
    }
    if (!attempt.context->material) {
        co_return fault<Fault>("graph", attempt.context->material.error(), false);
    }
    const std::optional<domain::NodeId> node = attempt.network().find(*attempt.user->node);
    if (!node) {
        Message what{"job.node_not_in_graph", {{"key", attempt.user->node->hex()}}};
        co_return fault<Fault>("graph", {.kind = ErrorKind::not_found, .what = std::move(what)}, false);
    }
    attempt.node = *node;
    Result<std::optional<KeptOpenings>> kept = co_await store_.openings(*attempt.user->node);
    if (!kept) {
        co_return fault<Fault>("store", std::move(kept.error()), true);
    }
    attempt.advice.reset();
    if (*kept && is_fresh(**kept, attempt.network(), attempt.node, attempt.day())) {
        Result<OpenAdvice> advice = from_kept(**kept, attempt.network());
        if (advice) { // else another version wrote it, and it is searched anew
            attempt.advice = std::move(*advice);
        }
    }
    co_return tl::expected<void, Fault>();
}

namespace {

/// What is computed on the pool: all of it values or things that outlive the job.
struct Question {
    const Material& material;
    const graph::WhatIf* what_if; ///< nullptr: `kept_advice` is used
    const std::optional<OpenAdvice>& kept_advice;
    const RunOutside* outside; ///< nullptr: no source beside the graph is configured
    std::vector<ports::KeptAnswer> about_node;
    OwnStatements own;
    const domain::User& user;
    domain::NodeId node;
    std::string report_id;
    Time now;
    std::vector<analysis::PastDay> past;
    ports::Bookkeeping bookkeeping;
};

std::optional<OpenAdvice> advice_for(const Question& asked, const Stop& stop) {
    const analysis::DayFacts& today = asked.material.today();
    if (asked.what_if == nullptr) {
        return asked.kept_advice;
    }
    return analysis::search_openings(today, *asked.what_if, asked.node, stop);
}

domain::Report compose(const Question& asked, const OpenAdvice* advice, const OwnDays& own) {
    const ports::GraphDays& days = asked.material.days();
    const std::vector<const analysis::DayFacts*> history = days.history_pointers();
    std::vector<domain::SourceState> other_graphs;
    for (const domain::SourceState& source : days.other_sources) {
        other_graphs.push_back(asked.material.aged(source, asked.now));
    }
    std::optional<domain::Outside> outside;
    if (asked.outside != nullptr) {
        outside = asked.outside->of(asked.about_node, asked.now);
    }
    const std::vector<analysis::OwnNodeOfDay> own_days = own.pointers();
    return analysis::compose({.today = *days.today,
                              .history = history,
                              .node = asked.node,
                              .open_advice = advice,
                              .past = asked.past,
                              .graph_source = asked.material.aged(days.source, asked.now),
                              .other_graph_sources = other_graphs,
                              .graph_is_live = days.is_live,
                              .outside = outside ? &*outside : nullptr,
                              .own = own_days,
                              .node_source = own.source,
                              .report_id = asked.report_id,
                              .user_id = asked.user.id,
                              .tenant_id = asked.user.tenant,
                              .generated_at = asked.now});
}

} // namespace

/// What other sources said of the report's node.
Task<Result<std::vector<ports::KeptAnswer>>> ReportJob::answers_about(const Attempt& attempt) {
    if (!attempt.context->outside) {
        co_return std::vector<ports::KeptAnswer>();
    }
    std::string node = attempt.user->node->hex();
    co_return co_await store_.answers(std::move(node));
}

/// What the user's own node told, where one is connected.
Task<Result<OwnStatements>> ReportJob::own_statements(const Attempt& attempt) {
    if (!attempt.context->has_links) {
        co_return OwnStatements();
    }
    Result<std::optional<domain::NodeLink>> link = co_await store_.link(attempt.user_id);
    if (!link) {
        co_return fail(std::move(link.error()));
    }
    if (!*link) {
        co_return OwnStatements();
    }
    const Day day = attempt.day();
    const Day oldest = day - std::chrono::days{domain::kFlowDays};
    const Day end = day + std::chrono::days{1};
    Result<std::vector<ports::Statement>> kept = co_await store_.statements(attempt.user_id, oldest, end);
    if (!kept) {
        co_return fail(std::move(kept.error()));
    }
    co_return OwnStatements{.link = std::move(*link), .kept = std::move(*kept)};
}

Task<tl::expected<ReportJob::Made, ReportJob::Fault>> ReportJob::compute(Attempt& attempt) {
    const Day day = attempt.day();
    Result<std::optional<Time>> created = co_await store_.created_at(attempt.report_id);
    const Day oldest = day - std::chrono::days{domain::kTrendDays - 1};
    Result<std::vector<ports::Snapshot>> snapshots = co_await store_.snapshots(*attempt.user->node, oldest, day);
    Result<std::vector<ports::KeptAnswer>> about_node = co_await answers_about(attempt);
    if (!created || !snapshots) {
        co_return fault<Fault>("store", std::move(created ? snapshots.error() : created.error()), true);
    }
    Result<OwnStatements> own = co_await own_statements(attempt);
    if (!about_node || !own) {
        co_return fault<Fault>("store", std::move(about_node ? own.error() : about_node.error()), true);
    }
    attempt.created_at = *created;
    const Time now = env_.clock.now();
    Question asked{.material = attempt.material(),
                   .what_if = nullptr,
                   .kept_advice = attempt.advice,
                   .outside = attempt.context->outside.get(),
                   .about_node = std::move(*about_node),
                   .own = std::move(*own),
                   .user = *attempt.user,
                   .node = attempt.node,
                   .report_id = attempt.report_id,
                   .now = now,
                   .past = past_days(*snapshots),
                   .bookkeeping = {.retry_count = attempt.tries - 1,
                                   .created_at = attempt.created_at.value_or(now),
                                   .updated_at = now}};
    if (!attempt.advice) {
        asked.what_if = co_await attempt.material().what_if(env_);
    }
    const Stop stop = [this, deadline = attempt.deadline] { return deadline.passed() || halt_.is_urgent; };
    auto work = [&asked, &stop, &documents = documents_, day]() -> std::optional<Made> {
        const std::optional<OpenAdvice> advice = advice_for(asked, stop);
        const OwnDays own_days = read_own_days(asked.own, *asked.user.node, day, asked.now, stop);
        if (stopped(stop)) {
            return std::nullopt;
        }
        const domain::Report report = compose(asked, advice ? &*advice : nullptr, own_days);
        Made made{.document = documents.completed(report, asked.user.language, asked.bookkeeping),
                  .snapshot = snapshot_of(report, asked.material.days().fingerprint),
                  .openings = {}};
        if (asked.what_if != nullptr && advice) {
            made.openings = to_keep(*advice, asked.material.today().network, asked.node, day);
        }
        return made;
    };
    std::optional<Made> made = co_await run_on(env_.compute, work);
    if (!made || attempt.deadline.passed()) {
        Message what{"job.too_late",
                     {{"seconds", std::chrono::duration_cast<std::chrono::seconds>(settings_.time_max).count()}}};
        co_return fault<Fault>("compute", {.kind = ErrorKind::timeout, .what = std::move(what)}, false);
    }
    co_return std::move(*made);
}

FinishedReport ReportJob::finished(Attempt& attempt) const {
    attempt.seconds = seconds_of(env_.timer.now() - attempt.begun);
    return {.report = {.report_id = attempt.report_id,
                       .user_id = attempt.user_id,
                       .tenant_id = attempt.user ? attempt.user->tenant : std::string(),
                       .report_date = attempt.day(),
                       .generated_at = env_.clock.now(),
                       .end = ports::ReportEnd::completed,
                       .document = {}},
            .node = attempt.user ? attempt.user->node : std::nullopt,
            .run_id = attempt.context->run.id,
            .seconds = attempt.seconds,
            .retries = attempt.tries - 1,
            .failure = {},
            .snapshot = {}};
}

Task<tl::expected<void, ReportJob::Fault>> ReportJob::keep(Attempt& attempt, const Made& made) {
    if (made.openings) {
        Result<void> kept = co_await store_.keep_openings(*made.openings);
        if (!kept) {
            co_return fault<Fault>("store", std::move(kept.error()), true);
        }
    }
    FinishedReport report = finished(attempt);
    report.report.document = std::make_shared<const std::string>(made.document);
    report.snapshot = made.snapshot;
    AssetKeeper assets(env_, store_, assets_);
    ports::StoredReport asset = report.report;
    Result<void> kept = co_await store_.finish(std::move(report));
    if (!kept) {
        co_return fault<Fault>("store", std::move(kept.error()), true);
    }
    co_await assets.write(std::move(asset));
    co_return tl::expected<void, Fault>();
}

void ReportJob::tell_success(const Attempt& attempt) {
    env_.metrics.count(Metric::reports_generated, {"completed"});
    env_.metrics.observe(Metric::generation_duration, attempt.seconds);
    env_.metrics.set(Metric::last_success, static_cast<double>(env_.clock.now().time_since_epoch().count()));
    env_.log.write(LogLevel::info, "daily_report", fmt::format("Report {} generated successfully", attempt.report_id),
                   {{"report_id", attempt.report_id}, {"user_id", attempt.user_id}});
    env_.log.write(
        LogLevel::info, "daily_report",
        fmt::format("generation_duration of report {} in seconds: {:.3f}", attempt.report_id, attempt.seconds),
        {{"report_id", attempt.report_id}, {"seconds", attempt.seconds}});
}

Task<JobEnd> ReportJob::give_up(Attempt& attempt, const Fault& cause) {
    const Time now = env_.clock.now();
    env_.log.write(LogLevel::error, "daily_report",
                   fmt::format("Report {} failed after {} {}: {}", attempt.report_id, attempt.tries,
                               attempt.tries == 1 ? "try" : "tries", in_english(cause.error)),
                   {{"report_id", attempt.report_id}, {"user_id", attempt.user_id}});
    if (!attempt.user) {
        co_return JobEnd::unrecorded; // the store could not even tell whose report it is
    }
    FinishedReport report = finished(attempt);
    report.report.end = ports::ReportEnd::failed;
    report.failure = in_english(cause.error);
    report.report.document = std::make_shared<const std::string>(documents_.failed(
        {.report_id = attempt.report_id,
         .user = *attempt.user,
         .report_date = attempt.day(),
         .error = cause.error,
         .bookkeeping = {
             .retry_count = attempt.tries - 1, .created_at = attempt.created_at.value_or(now), .updated_at = now}}));
    const Result<void> kept = co_await store_.finish(std::move(report));
    if (!kept) {
        env_.log.write(LogLevel::error, "daily_report",
                       fmt::format("The failure of report {} could not be kept; it stays owed: {}", attempt.report_id,
                                   in_english(kept.error())));
        co_return JobEnd::unrecorded;
    }
    env_.metrics.count(Metric::reports_generated, {"failed"});
    co_return JobEnd::failed;
}

} // namespace mcp::flow
