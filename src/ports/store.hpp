#pragma once
#include "async/task.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "domain/node_link.hpp"
#include "domain/pub_key.hpp"
#include "domain/user.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

/// What the service keeps: users, reports with their outbox, runs, feedback. One contract suite (tests/contract) runs
/// on every adapter. Whatever a store cannot do atomically in one document is not asked of it: MongoDB alone on a
/// machine has no transactions.
namespace mcp::ports {

inline constexpr std::chrono::days kKept{90}; ///< reports, runs, snapshots, feedback, assets

enum class ReportEnd { completed, failed };

/// A report as it is kept: the document of CONTRACT section 3, and what it is found by.
struct StoredReport {
    std::string report_id;
    std::string user_id;
    std::string tenant_id;
    Day report_date;
    Time generated_at;
    ReportEnd end = ReportEnd::completed;
    std::shared_ptr<const std::string> document; ///< JSON text
};

/// Facts of one node on one day, kept apart from the report's words: what trends are made of when no graph of the day
/// is at hand.
struct Snapshot {
    domain::PubKey node;
    Day day;
    std::string facts; ///< JSON text, written and read by flow/snapshots
};

/// What finish() writes at once: the report, its outbox (if completed, its RAG asset is owed), the day's snapshot and
/// the end of the user's job in the run.
struct FinishedReport {
    StoredReport report;
    std::optional<domain::PubKey> node; ///< nothing in a failure before the profile was read
    std::string run_id;
    double seconds = 0;  ///< that the report took, all tries together
    int retries = 0;     ///< further tries after the first
    std::string failure; ///< empty when completed
    std::optional<Snapshot> snapshot;
};

struct HistoryQuery {
    std::string user_id;
    Day after; ///< reports of later days only
    bool with_failures = false;
    std::int64_t page = 1;
    std::int64_t limit = 10;
};

struct HistoryPage {
    std::vector<StoredReport> reports; ///< newest day first
    std::int64_t total = 0;            ///< that fit the query, on all pages
};

struct ReportCounts {
    std::int64_t completed = 0;
    std::optional<Time> last_generated_at; ///< of the newest completed one
};

struct UserCounts {
    std::int64_t all = 0;
    std::int64_t with_node = 0;
    std::int64_t enabled = 0;
};

/// What was generated on one UTC day, whatever day the reports are about.
struct GenerationStats {
    std::int64_t completed_ever = 0; ///< that are still kept
    std::int64_t completed = 0;
    std::int64_t failed = 0;
    std::vector<double> seconds; ///< of each completed one, ascending
};

struct Feedback {
    std::string report_id;
    std::string user_id;
    int score = 0; ///< 0 .. 10
    std::string comment;
    Time at;
};

enum class RunKind { scheduled, triggered };
enum class RunState { going_on, ended, given_up };

/// One batch of reports: the day's own, or one that an operator asked for.
struct Run {
    std::string id; ///< "daily_reports_YYYYMMDD_HHMMSS"
    RunKind kind = RunKind::scheduled;
    Day day;                           ///< D of its reports
    bool for_all = true;               ///< every user whose daily report is enabled
    std::vector<std::string> user_ids; ///< else these
    RunState state = RunState::going_on;
    Time started_at{};
    std::optional<Time> ended_at = {};
    std::int64_t done = 0;    ///< jobs that ended with a report; derived, ignored by claim()
    std::int64_t failed = 0;  ///< jobs that were given up; derived
    std::string failure = {}; ///< why a run was given up
};

/// Whether a run was taken on.
enum class Claim {
    ours,
    day_taken, ///< a scheduled run of that day exists already
    id_taken
};

/// An opening advice that is kept between days (it is dear to compute), told by keys so that it outlives its graph.
struct KeptOpenings {
    domain::PubKey node;
    std::string channels; ///< digest of the node's channels when it was computed
    Day computed_on;
    std::string advice; ///< JSON text, written and read by flow/openings
};

/// What a source answered to a question (ports/source.hpp), as it gave it, and how the last try went.
struct KeptAnswer {
    std::string source;   ///< "mempool"
    std::string question; ///< "fees"
    std::string subject;  ///< PubKey::hex() of the node asked about; empty: the network
    Time asked_at{};      ///< of the last try
    Time answered_at{};   ///< of `answer`, earlier than asked_at when the last try failed; no matter without an answer
    std::string answer;   ///< empty: there is none
    std::string failure;  ///< of the last try, as flow/outside/failure writes it; empty when it went well

    bool operator==(const KeptAnswer&) const = default;
};

/// How a source is to be treated, kept so that a restart does not make us forget our manners.
struct SourceManners {
    std::string source;
    Time next_at{};            ///< no request before
    int failures = 0;          ///< in a row
    Time breaker_open_until{}; ///< no request before, and only one then; in the epoch: the breaker is closed
    std::string failure;       ///< the last one, English; empty when the last request went well

    bool operator==(const SourceManners&) const = default;
};

/// What a user's own node told for the reports of one day: written and read by flow/node/statement. It is the user's,
/// not the node's: who else has reports about the node never sees it.
struct Statement {
    std::string user_id;
    domain::PubKey node;
    Day day;
    Time read_at{};
    std::string text; ///< JSON

    bool operator==(const Statement&) const = default;
};

/// What a statement is of, without its text, which may be long.
struct StatementHead {
    domain::PubKey node;
    Day day;
    Time read_at{};

    bool operator==(const StatementHead&) const = default;
};

/// How a try of a link ended.
struct LinkTry {
    std::string user_id;
    Time at{};
    std::string failure; ///< empty: it went well
};

/// Time in which a user's node was watched, all of it on one day.
struct WatchedSpan {
    std::string user_id;
    Day day;
    domain::NodeWatched span;
};

/// What a user has to let their node sign.
struct Challenge {
    std::string user_id;
    domain::PubKey node;
    std::string text;
    Time expires_at{};

    bool operator==(const Challenge&) const = default;
};

struct SweepCounts {
    std::int64_t reports = 0;
    std::int64_t others = 0;
};

/// @note All texts are UTF-8. Errors: unavailable for what the disk or server does, conflict where said.
class Store {
public:
    virtual ~Store() = default;

    // Users
    virtual Task<Result<std::optional<domain::User>>> user(std::string id) = 0;
    /// Makes a user, or replaces all but tenant and created_at. Of a user whose node becomes another one or none, the
    /// link goes as by remove_link(). @return conflict (key `store.node_taken`) when another
    /// user has that node, not_found when the id exists in another tenant
    virtual Task<Result<void>> put_user(domain::User user) = 0;
    /// Changes the language, if one is given, and updated_at, and nothing else: what becomes of the user's node at the
    /// same time stays. @return the user as they are then, not_found when there is no such user
    virtual Task<Result<domain::User>> set_language(std::string id, std::optional<domain::Language> language,
                                                    Time now) = 0;
    /// @return not_found when there is no such user
    virtual Task<Result<void>> set_daily_report(std::string id, bool enabled, Time now) = 0;
    /// Removes all that is kept of a user; facts of a node too unless another has it. @return whether there was one
    virtual Task<Result<bool>> remove_user(std::string id) = 0;
    /// In order of their ids, those after `id` ("" is before all).
    virtual Task<Result<std::vector<domain::User>>> users_after(std::string id, std::size_t limit) = 0;
    virtual Task<Result<UserCounts>> count_users() = 0;

    // Reports
    /// Writes a finished report. A completed one replaces whatever stands for that user and day; a failure only another
    /// failure. Of the first one its created_at stays, see created_at(). @return not_found when the user is gone
    virtual Task<Result<void>> finish(FinishedReport finished) = 0;
    /// When a report of this id was first written; nothing when there is none.
    virtual Task<Result<std::optional<Time>>> created_at(std::string report_id) = 0;
    /// The newest completed one.
    virtual Task<Result<std::optional<StoredReport>>> latest(std::string user_id) = 0;
    virtual Task<Result<std::optional<StoredReport>>> report(std::string report_id) = 0;
    virtual Task<Result<HistoryPage>> history(HistoryQuery query) = 0;
    virtual Task<Result<ReportCounts>> count_reports(std::string user_id) = 0;
    virtual Task<Result<GenerationStats>> generated_on(Day day) = 0;
    /// Of one node, days from `from` to before `before`, oldest first.
    virtual Task<Result<std::vector<Snapshot>>> snapshots(domain::PubKey node, Day from, Day before) = 0;

    // The outbox: RAG assets that are written after their report, and before the next start after a crash.
    virtual Task<Result<std::vector<StoredReport>>> owed_assets(std::string after_report_id, std::size_t limit) = 0;
    virtual Task<Result<std::int64_t>> count_owed_assets() = 0;
    /// @param generated_at of the report that was written out: a newer one stays owed
    virtual Task<Result<void>> settle_asset(std::string report_id, Time generated_at) = 0;

    // Feedback: one a user and report, a later one replaces it; of a user who is gone, not_found.
    virtual Task<Result<void>> put_feedback(Feedback feedback) = 0;
    virtual Task<Result<std::vector<int>>> feedback_scores(Time since) = 0;

    // Runs
    virtual Task<Result<Claim>> claim(Run run) = 0;
    virtual Task<Result<std::optional<Run>>> run(std::string id) = 0;
    /// Runs that nobody ended, oldest first: what a crash left.
    virtual Task<Result<std::vector<Run>>> runs_going_on() = 0;
    /// The newest scheduled one, whatever its state.
    virtual Task<Result<std::optional<Run>>> last_scheduled_run() = 0;
    virtual Task<Result<void>> end_run(std::string id, RunState state, Time now, std::string failure) = 0;
    /// Users without their end in the run, ids after `after`: of a run for all those enabled now, else those named.
    virtual Task<Result<std::vector<domain::User>>> owed_users(std::string run_id, std::string after,
                                                               std::size_t limit) = 0;
    virtual Task<Result<std::int64_t>> count_owed_users(std::string run_id) = 0;

    // Openings
    virtual Task<Result<std::optional<KeptOpenings>>> openings(domain::PubKey node) = 0;
    virtual Task<Result<void>> keep_openings(KeptOpenings openings) = 0;

    // Sources
    /// Keeps an answer in place of the last one to the same question about the same subject.
    /// @param by_day it is kept once more, as the last one of the day of its answered_at (unless it is empty); only of
    /// questions about the network
    virtual Task<Result<void>> keep_answer(KeptAnswer answer, bool by_day) = 0;
    /// The last ones about `subject` ("": the network), one a source and question, in the order of these.
    virtual Task<Result<std::vector<KeptAnswer>>> answers(std::string subject) = 0;
    /// The last one of each day of answered_at from `from` to before `before`, oldest first; days without one are left
    /// out. Of a question about the network that is kept by day.
    virtual Task<Result<std::vector<KeptAnswer>>> answers_of_days(std::string source, std::string question, Day from,
                                                                  Day before) = 0;
    /// Nodes of users whose daily report is enabled, and for which `question` was last asked before `asked_before` or
    /// never: never asked ones first, then the longest not asked, then by key.
    virtual Task<Result<std::vector<domain::PubKey>>> nodes_to_ask(std::string source, std::string question,
                                                                   Time asked_before, std::size_t limit) = 0;
    /// In the order of the sources' names.
    virtual Task<Result<std::vector<SourceManners>>> manners() = 0;
    virtual Task<Result<void>> keep_manners(SourceManners manners) = 0;

    // The users' own nodes. What is kept of a link goes with its user.
    virtual Task<Result<std::optional<domain::NodeLink>>> link(std::string user_id) = 0;
    /// Makes a link or replaces it. @return not_found when the user is gone, conflict (key `store.agent_taken`) when
    /// another user has that agent's key
    virtual Task<Result<void>> put_link(domain::NodeLink link) = 0;
    /// Removes the link, and all statements and watched time. @return whether there was one
    virtual Task<Result<bool>> remove_link(std::string user_id) = 0;
    virtual Task<Result<std::optional<domain::NodeLink>>> link_of_agent(std::string agent_key) = 0;
    /// In the order of their users' ids, those after `user_id`. @param enabled_only of users with a daily report only
    virtual Task<Result<std::vector<domain::NodeLink>>> links_after(std::string user_id, std::size_t limit,
                                                                    bool enabled_only) = 0;
    /// Notes the last try of a link; no matter when the link is gone.
    virtual Task<Result<void>> note_link_try(LinkTry tried) = 0;
    /// Keeps what was told for a day in place of what was told before. @return conflict (key `store.statement_old`)
    /// when what is kept of that day was read at the same time or later, not_found when the link is gone
    virtual Task<Result<void>> keep_statement(Statement statement) = 0;
    /// Days from `from` to before `before`, oldest first.
    virtual Task<Result<std::vector<Statement>>> statements(std::string user_id, Day from, Day before) = 0;
    /// The same ones without their texts.
    virtual Task<Result<std::vector<StatementHead>>> statement_heads(std::string user_id, Day from, Day before) = 0;
    /// Adds to what was watched on these days; spans of users without a link are left out.
    virtual Task<Result<void>> add_watched(std::vector<WatchedSpan> spans) = 0;
    virtual Task<Result<std::optional<domain::NodeWatched>>> watched(std::string user_id, Day day) = 0;
    /// One a user: a later one replaces it. @return not_found when the user is gone
    virtual Task<Result<void>> put_challenge(Challenge challenge) = 0;
    /// Takes the user's challenge out: it can be used once.
    virtual Task<Result<std::optional<Challenge>>> take_challenge(std::string user_id) = 0;
    /// Gives a node to a user who showed by `proof` that it is theirs. A signature takes it from whoever else had it
    /// without one: their profile has no node and no daily report then, and their link goes as by remove_link().
    /// Nothing less takes a node from anybody: any program can say that it is some node. The link of a user who had
    /// another node before goes as well. Of one's own node the better proof stays.
    /// @return the id of the user who lost it; conflict (key `store.node_taken`) when another one has it, and `proof`
    /// is no signature or theirs is one; not_found when the user is gone
    virtual Task<Result<std::optional<std::string>>> claim_node(std::string user_id, domain::PubKey node,
                                                                domain::NodeProof proof, Time now) = 0;

    // Upkeep
    /// Removes what is older than kKept at `now`: reports by their date, all else by when it was written. An answer
    /// goes by its answered_at, how the last try went by its asked_at, a statement by its read_at, watched time by its
    /// day, a challenge by its end. Users and links stay.
    virtual Task<Result<SweepCounts>> sweep(Time now) = 0;
    virtual Task<Result<std::optional<Time>>> last_success() = 0; ///< when a report was last completed
    virtual Task<Result<void>> ping() = 0;                        ///< whether it can be read and written just now
};

} // namespace mcp::ports
