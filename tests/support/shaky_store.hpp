#pragma once
#include "ports/store.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace mcp::test {

/// A store that is slow or fails where a test plants it, and else does what the real one behind it does.
class ShakyStore final : public ports::Store {
public:
    /// Asked before each call: may wait, and may answer the fault that the caller gets instead.
    /// @param user whom the call is about, empty where it is about none or many
    using Before = std::function<Task<std::optional<Error>>(std::string_view method, std::string user)>;

    ShakyStore(ports::Store& store, Before before) : store_(store), before_(std::move(before)) {}

    Task<Result<std::optional<domain::User>>> user(std::string id) override {
        return shaken("user", id, store_.user(id));
    }
    Task<Result<void>> put_user(domain::User user) override {
        return shaken("put_user", user.id, store_.put_user(user));
    }
    Task<Result<domain::User>> set_language(std::string id, std::optional<domain::Language> language,
                                            Time now) override {
        return shaken("set_language", id, store_.set_language(id, language, now));
    }
    Task<Result<void>> set_daily_report(std::string id, bool enabled, Time now) override {
        return shaken("set_daily_report", id, store_.set_daily_report(id, enabled, now));
    }
    Task<Result<bool>> remove_user(std::string id) override {
        return shaken("remove_user", id, store_.remove_user(id));
    }
    Task<Result<std::vector<domain::User>>> users_after(std::string id, std::size_t limit) override {
        return shaken("users_after", {}, store_.users_after(id, limit));
    }
    Task<Result<ports::UserCounts>> count_users() override { return shaken("count_users", {}, store_.count_users()); }
    Task<Result<void>> finish(ports::FinishedReport finished) override {
        return shaken("finish", finished.report.user_id, store_.finish(finished));
    }
    Task<Result<std::optional<Time>>> created_at(std::string report_id) override {
        return shaken("created_at", {}, store_.created_at(report_id));
    }
    Task<Result<std::optional<ports::StoredReport>>> latest(std::string user_id) override {
        return shaken("latest", user_id, store_.latest(user_id));
    }
    Task<Result<std::optional<ports::StoredReport>>> report(std::string report_id) override {
        return shaken("report", {}, store_.report(report_id));
    }
    Task<Result<ports::HistoryPage>> history(ports::HistoryQuery query) override {
        return shaken("history", {}, store_.history(query));
    }
    Task<Result<ports::ReportCounts>> count_reports(std::string user_id) override {
        return shaken("count_reports", user_id, store_.count_reports(user_id));
    }
    Task<Result<ports::GenerationStats>> generated_on(Day day) override {
        return shaken("generated_on", {}, store_.generated_on(day));
    }
    Task<Result<std::vector<ports::Snapshot>>> snapshots(domain::PubKey node, Day from, Day before) override {
        return shaken("snapshots", {}, store_.snapshots(node, from, before));
    }
    Task<Result<std::vector<ports::StoredReport>>> owed_assets(std::string after_report_id,
                                                               std::size_t limit) override {
        return shaken("owed_assets", {}, store_.owed_assets(after_report_id, limit));
    }
    Task<Result<std::int64_t>> count_owed_assets() override {
        return shaken("count_owed_assets", {}, store_.count_owed_assets());
    }
    Task<Result<void>> settle_asset(std::string report_id, Time generated_at) override {
        return shaken("settle_asset", {}, store_.settle_asset(report_id, generated_at));
    }
    Task<Result<void>> put_feedback(ports::Feedback feedback) override {
        return shaken("put_feedback", {}, store_.put_feedback(feedback));
    }
    Task<Result<std::vector<int>>> feedback_scores(Time since) override {
        return shaken("feedback_scores", {}, store_.feedback_scores(since));
    }
    Task<Result<ports::Claim>> claim(ports::Run run) override { return shaken("claim", {}, store_.claim(run)); }
    Task<Result<std::optional<ports::Run>>> run(std::string id) override { return shaken("run", {}, store_.run(id)); }
    Task<Result<std::vector<ports::Run>>> runs_going_on() override {
        return shaken("runs_going_on", {}, store_.runs_going_on());
    }
    Task<Result<std::optional<ports::Run>>> last_scheduled_run() override {
        return shaken("last_scheduled_run", {}, store_.last_scheduled_run());
    }
    Task<Result<void>> end_run(std::string id, ports::RunState state, Time now, std::string failure) override {
        return shaken("end_run", {}, store_.end_run(id, state, now, failure));
    }
    Task<Result<std::vector<domain::User>>> owed_users(std::string run_id, std::string after,
                                                       std::size_t limit) override {
        return shaken("owed_users", {}, store_.owed_users(run_id, after, limit));
    }
    Task<Result<std::int64_t>> count_owed_users(std::string run_id) override {
        return shaken("count_owed_users", {}, store_.count_owed_users(run_id));
    }
    Task<Result<std::optional<ports::KeptOpenings>>> openings(domain::PubKey node) override {
        return shaken("openings", {}, store_.openings(node));
    }
    Task<Result<void>> keep_openings(ports::KeptOpenings openings) override {
        return shaken("keep_openings", {}, store_.keep_openings(openings));
    }
    Task<Result<void>> keep_answer(ports::KeptAnswer answer, bool by_day) override {
        return shaken("keep_answer", {}, store_.keep_answer(answer, by_day));
    }
    Task<Result<std::vector<ports::KeptAnswer>>> answers(std::string subject) override {
        return shaken("answers", {}, store_.answers(subject));
    }
    Task<Result<std::vector<ports::KeptAnswer>>> answers_of_days(std::string source, std::string question, Day from,
                                                                 Day before) override {
        return shaken("answers_of_days", {}, store_.answers_of_days(source, question, from, before));
    }
    Task<Result<std::vector<domain::PubKey>>> nodes_to_ask(std::string source, std::string question, Time asked_before,
                                                           std::size_t limit) override {
        return shaken("nodes_to_ask", {}, store_.nodes_to_ask(source, question, asked_before, limit));
    }
    Task<Result<std::vector<ports::SourceManners>>> manners() override {
        return shaken("manners", {}, store_.manners());
    }
    Task<Result<void>> keep_manners(ports::SourceManners manners) override {
        return shaken("keep_manners", {}, store_.keep_manners(manners));
    }
    Task<Result<std::optional<domain::NodeLink>>> link(std::string user_id) override {
        return shaken("link", user_id, store_.link(user_id));
    }
    Task<Result<void>> put_link(domain::NodeLink link) override {
        return shaken("put_link", link.user_id, store_.put_link(link));
    }
    Task<Result<bool>> remove_link(std::string user_id) override {
        return shaken("remove_link", user_id, store_.remove_link(user_id));
    }
    Task<Result<std::optional<domain::NodeLink>>> link_of_agent(std::string agent_key) override {
        return shaken("link_of_agent", {}, store_.link_of_agent(agent_key));
    }
    Task<Result<std::vector<domain::NodeLink>>> links_after(std::string user_id, std::size_t limit,
                                                            bool enabled_only) override {
        return shaken("links_after", {}, store_.links_after(user_id, limit, enabled_only));
    }
    Task<Result<void>> note_link_try(ports::LinkTry tried) override {
        return shaken("note_link_try", tried.user_id, store_.note_link_try(tried));
    }
    Task<Result<void>> keep_statement(ports::Statement statement) override {
        return shaken("keep_statement", statement.user_id, store_.keep_statement(statement));
    }
    Task<Result<std::vector<ports::Statement>>> statements(std::string user_id, Day from, Day before) override {
        return shaken("statements", user_id, store_.statements(user_id, from, before));
    }
    Task<Result<std::vector<ports::StatementHead>>> statement_heads(std::string user_id, Day from,
                                                                    Day before) override {
        return shaken("statement_heads", user_id, store_.statement_heads(user_id, from, before));
    }
    Task<Result<void>> add_watched(std::vector<ports::WatchedSpan> spans) override {
        return shaken("add_watched", {}, store_.add_watched(spans));
    }
    Task<Result<std::optional<domain::NodeWatched>>> watched(std::string user_id, Day day) override {
        return shaken("watched", user_id, store_.watched(user_id, day));
    }
    Task<Result<void>> put_challenge(ports::Challenge challenge) override {
        return shaken("put_challenge", challenge.user_id, store_.put_challenge(challenge));
    }
    Task<Result<std::optional<ports::Challenge>>> take_challenge(std::string user_id) override {
        return shaken("take_challenge", user_id, store_.take_challenge(user_id));
    }
    Task<Result<std::optional<std::string>>> claim_node(std::string user_id, domain::PubKey node,
                                                        domain::NodeProof proof, Time now) override {
        return shaken("claim_node", user_id, store_.claim_node(user_id, node, proof, now));
    }
    Task<Result<ports::SweepCounts>> sweep(Time now) override { return shaken("sweep", {}, store_.sweep(now)); }
    Task<Result<std::optional<Time>>> last_success() override {
        return shaken("last_success", {}, store_.last_success());
    }
    Task<Result<void>> ping() override { return shaken("ping", {}, store_.ping()); }

private:
    /// @param real not begun yet
    template <typename T>
    Task<Result<T>> shaken(std::string_view method, std::string user, Task<Result<T>> real) {
        const std::optional<Error> fault = co_await before_(method, std::move(user));
        if (fault) {
            co_return fail(*fault);
        }
        co_return co_await std::move(real);
    }

    ports::Store& store_;
    Before before_;
};

} // namespace mcp::test
