#pragma once
#include "ports/store.hpp"

#include <chrono>
#include <memory>
#include <string>

namespace mcp::adapters {

enum class StoreMode {
    create_and_migrate, ///< serve, migrate, demo: makes folder and store where there are none, brings old ones up to
                        ///< date
    existing,           ///< the other commands: beside a running server if need be
    read_only
};

struct StoreOptions {
    bool serves = false; ///< takes the folder for itself: a second server in it is refused, other commands are not
    bool threads = true; ///< false: all work is done on the executor of the caller, in one order every time (tests)
    bool is_safe = true; ///< false: not synced to disk, a power cut takes what was acknowledged (tests)
    int readers = 2;     ///< threads that read, beside the one that writes
    int pages_max = 0;   ///< of 4 KiB each, that the file may grow to; 0: no bound but the disk
    std::chrono::milliseconds patience{5000}; ///< with another process that holds the file locked
};

/// The embedded store: one SQLite file `mcp.db` (WAL) in the data folder.
///
/// One connection writes, others read; none waits for the other. All writes that wait are done in one transaction, each
/// in its own savepoint, and answered after its sync to disk: an answered write outlives a crash. Answers come back on
/// the caller's executor. To be destroyed before these executors; finishes what was asked for first.
/// user() and latest() answer without a thread change, from memory, as long as nobody wrote in between.
class SqliteStore final : public ports::Store {
public:
    /// @return an error with the remedy: no store, another server in the folder, a folder or file that cannot be used,
    /// a damaged file, one of another program, one that is too new (with the version that reads it) or too old
    [[nodiscard]] static Result<std::unique_ptr<SqliteStore>> open(const std::string& folder, StoreMode mode,
                                                                   const StoreOptions& options = {});
    ~SqliteStore() override;

    Task<Result<std::optional<domain::User>>> user(std::string id) override;
    Task<Result<void>> put_user(domain::User user) override;
    Task<Result<domain::User>> set_language(std::string id, std::optional<domain::Language> language,
                                            Time now) override;
    Task<Result<void>> set_daily_report(std::string id, bool enabled, Time now) override;
    Task<Result<bool>> remove_user(std::string id) override;
    Task<Result<std::vector<domain::User>>> users_after(std::string id, std::size_t limit) override;
    Task<Result<ports::UserCounts>> count_users() override;

    Task<Result<void>> finish(ports::FinishedReport finished) override;
    Task<Result<std::optional<Time>>> created_at(std::string report_id) override;
    Task<Result<std::optional<ports::StoredReport>>> latest(std::string user_id) override;
    Task<Result<std::optional<ports::StoredReport>>> report(std::string report_id) override;
    Task<Result<ports::HistoryPage>> history(ports::HistoryQuery query) override;
    Task<Result<ports::ReportCounts>> count_reports(std::string user_id) override;
    Task<Result<ports::GenerationStats>> generated_on(Day day) override;
    Task<Result<std::vector<ports::Snapshot>>> snapshots(domain::PubKey node, Day from, Day before) override;

    Task<Result<std::vector<ports::StoredReport>>> owed_assets(std::string after_report_id, std::size_t limit) override;
    Task<Result<std::int64_t>> count_owed_assets() override;
    Task<Result<void>> settle_asset(std::string report_id, Time generated_at) override;

    Task<Result<void>> put_feedback(ports::Feedback feedback) override;
    Task<Result<std::vector<int>>> feedback_scores(Time since) override;

    Task<Result<ports::Claim>> claim(ports::Run run) override;
    Task<Result<std::optional<ports::Run>>> run(std::string id) override;
    Task<Result<std::vector<ports::Run>>> runs_going_on() override;
    Task<Result<std::optional<ports::Run>>> last_scheduled_run() override;
    Task<Result<void>> end_run(std::string id, ports::RunState state, Time now, std::string failure) override;
    Task<Result<std::vector<domain::User>>> owed_users(std::string run_id, std::string after,
                                                       std::size_t limit) override;
    Task<Result<std::int64_t>> count_owed_users(std::string run_id) override;

    Task<Result<std::optional<ports::KeptOpenings>>> openings(domain::PubKey node) override;
    Task<Result<void>> keep_openings(ports::KeptOpenings openings) override;

    Task<Result<void>> keep_answer(ports::KeptAnswer answer, bool by_day) override;
    Task<Result<std::vector<ports::KeptAnswer>>> answers(std::string subject) override;
    Task<Result<std::vector<ports::KeptAnswer>>> answers_of_days(std::string source, std::string question, Day from,
                                                                 Day before) override;
    Task<Result<std::vector<domain::PubKey>>> nodes_to_ask(std::string source, std::string question, Time asked_before,
                                                           std::size_t limit) override;
    Task<Result<std::vector<ports::SourceManners>>> manners() override;
    Task<Result<void>> keep_manners(ports::SourceManners manners) override;

    Task<Result<std::optional<domain::NodeLink>>> link(std::string user_id) override;
    Task<Result<void>> put_link(domain::NodeLink link) override;
    Task<Result<bool>> remove_link(std::string user_id) override;
    Task<Result<std::optional<domain::NodeLink>>> link_of_agent(std::string agent_key) override;
    Task<Result<std::vector<domain::NodeLink>>> links_after(std::string user_id, std::size_t limit,
                                                            bool enabled_only) override;
    Task<Result<void>> note_link_try(ports::LinkTry tried) override;
    Task<Result<void>> keep_statement(ports::Statement statement) override;
    Task<Result<std::vector<ports::Statement>>> statements(std::string user_id, Day from, Day before) override;
    Task<Result<std::vector<ports::StatementHead>>> statement_heads(std::string user_id, Day from, Day before) override;
    Task<Result<void>> add_watched(std::vector<ports::WatchedSpan> spans) override;
    Task<Result<std::optional<domain::NodeWatched>>> watched(std::string user_id, Day day) override;
    Task<Result<void>> put_challenge(ports::Challenge challenge) override;
    Task<Result<std::optional<ports::Challenge>>> take_challenge(std::string user_id) override;
    Task<Result<std::optional<std::string>>> claim_node(std::string user_id, domain::PubKey node,
                                                        domain::NodeProof proof, Time now) override;

    Task<Result<ports::SweepCounts>> sweep(Time now) override;
    Task<Result<std::optional<Time>>> last_success() override;
    Task<Result<void>> ping() override;

private:
    struct Parts;
    explicit SqliteStore(std::unique_ptr<Parts> parts);

    std::unique_ptr<Parts> parts_;
};

} // namespace mcp::adapters
