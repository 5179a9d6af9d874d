#pragma once
#include "ports/store.hpp"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace mcp::test {

/// A whole store in memory, held to tests/contract as the real ones are. Fails when a test tells it to.
class FakeStore final : public ports::Store {
public:
    std::optional<Error> fault; ///< that every call answers while it is there
    int calls = 0;              ///< so far

    // Users
    Task<Result<std::optional<domain::User>>> user(std::string id) override {
        const auto found = users_.find(id);
        co_return answer(found == users_.end() ? std::nullopt : std::optional(found->second));
    }
    Task<Result<void>> put_user(domain::User user) override {
        co_return change([&] { return put(user); });
    }
    Task<Result<domain::User>> set_language(std::string id, std::optional<domain::Language> language,
                                            Time now) override {
        const auto found = users_.find(id);
        if (fault) {
            co_return answer(domain::User());
        }
        if (found == users_.end()) {
            co_return fail(ErrorKind::not_found, {"store.no_user", {}});
        }
        found->second.language = language.value_or(found->second.language);
        found->second.updated_at = now;
        co_return answer(found->second);
    }
    Task<Result<void>> set_daily_report(std::string id, bool enabled, Time now) override {
        co_return change([&]() -> Result<void> {
            const auto found = users_.find(id);
            if (found == users_.end()) {
                return fail(ErrorKind::not_found, {"store.no_user", {}});
            }
            found->second.daily_report = enabled;
            found->second.updated_at = now;
            return {};
        });
    }
    Task<Result<bool>> remove_user(std::string id) override {
        bool was_there = false;
        co_return change_to(was_there, [&] { was_there = remove(id); });
    }
    Task<Result<std::vector<domain::User>>> users_after(std::string id, std::size_t limit) override {
        std::vector<domain::User> found;
        for (auto user = users_.upper_bound(id); user != users_.end() && found.size() < limit; ++user) {
            found.push_back(user->second);
        }
        co_return answer(found);
    }
    Task<Result<ports::UserCounts>> count_users() override {
        ports::UserCounts counts{.all = static_cast<std::int64_t>(users_.size())};
        for (const auto& [id, user] : users_) {
            counts.with_node += user.node ? 1 : 0;
            counts.enabled += user.daily_report ? 1 : 0;
        }
        co_return answer(counts);
    }

    // Reports
    Task<Result<void>> finish(ports::FinishedReport finished) override {
        co_return change([&] { return keep(std::move(finished)); });
    }
    Task<Result<std::optional<Time>>> created_at(std::string report_id) override {
        const Kept* kept = find(report_id);
        co_return answer(kept != nullptr ? std::optional(kept->created_at) : std::nullopt);
    }
    Task<Result<std::optional<ports::StoredReport>>> latest(std::string user_id) override {
        const Kept* newest = newest_of(user_id);
        co_return answer(newest != nullptr ? std::optional(newest->report) : std::nullopt);
    }
    Task<Result<std::optional<ports::StoredReport>>> report(std::string report_id) override {
        const Kept* kept = find(report_id);
        co_return answer(kept != nullptr ? std::optional(kept->report) : std::nullopt);
    }
    Task<Result<ports::HistoryPage>> history(ports::HistoryQuery query) override { co_return answer(page_of(query)); }
    Task<Result<ports::ReportCounts>> count_reports(std::string user_id) override {
        ports::ReportCounts counts;
        for (const auto& [key, kept] : reports_) {
            counts.completed += key.first == user_id && kept.is_completed() ? 1 : 0;
        }
        if (const Kept* newest = newest_of(user_id)) {
            counts.last_generated_at = newest->report.generated_at;
        }
        co_return answer(counts);
    }
    Task<Result<ports::GenerationStats>> generated_on(Day day) override {
        ports::GenerationStats stats;
        for (const auto& [key, kept] : reports_) {
            const bool is_of_day = std::chrono::floor<std::chrono::days>(kept.report.generated_at) == day;
            stats.completed_ever += kept.is_completed() ? 1 : 0;
            stats.failed += is_of_day && !kept.is_completed() ? 1 : 0;
            if (is_of_day && kept.is_completed()) {
                stats.seconds.push_back(kept.seconds);
            }
        }
        std::sort(stats.seconds.begin(), stats.seconds.end());
        stats.completed = static_cast<std::int64_t>(stats.seconds.size());
        co_return answer(stats);
    }
    Task<Result<std::vector<ports::Snapshot>>> snapshots(domain::PubKey node, Day from, Day before) override {
        std::vector<ports::Snapshot> found;
        for (const auto& [key, kept] : snapshots_) {
            if (key.first == node && key.second >= from && key.second < before) {
                found.push_back(kept.snapshot);
            }
        }
        co_return answer(found);
    }

    // The outbox
    Task<Result<std::vector<ports::StoredReport>>> owed_assets(std::string after_report_id,
                                                               std::size_t limit) override {
        std::map<std::string, ports::StoredReport> owed;
        for (const auto& [key, kept] : reports_) {
            if (kept.owes_asset && kept.report.report_id > after_report_id) {
                owed.emplace(kept.report.report_id, kept.report);
            }
        }
        std::vector<ports::StoredReport> found;
        for (auto next = owed.begin(); next != owed.end() && found.size() < limit; ++next) {
            found.push_back(next->second);
        }
        co_return answer(found);
    }
    Task<Result<std::int64_t>> count_owed_assets() override {
        co_return answer(static_cast<std::int64_t>(std::count_if(
            reports_.begin(), reports_.end(), [](const auto& entry) { return entry.second.owes_asset; })));
    }
    Task<Result<void>> settle_asset(std::string report_id, Time generated_at) override {
        co_return change([&]() -> Result<void> {
            for (auto& [key, kept] : reports_) {
                const bool is_newer = kept.report.generated_at > generated_at;
                kept.owes_asset = kept.owes_asset && (kept.report.report_id != report_id || is_newer);
            }
            return {};
        });
    }

    // Feedback
    Task<Result<void>> put_feedback(ports::Feedback feedback) override {
        co_return change([&]() -> Result<void> {
            if (!users_.contains(feedback.user_id)) {
                return fail(ErrorKind::not_found, {"store.no_user", {}});
            }
            feedback_[{feedback.user_id, feedback.report_id}] = feedback;
            return {};
        });
    }
    Task<Result<std::vector<int>>> feedback_scores(Time since) override {
        std::vector<ports::Feedback> all;
        for (const auto& [key, feedback] : feedback_) {
            if (feedback.at >= since) {
                all.push_back(feedback);
            }
        }
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
        std::vector<int> scores;
        std::transform(all.begin(), all.end(), std::back_inserter(scores), [](const auto& one) { return one.score; });
        co_return answer(scores);
    }

    // Runs
    Task<Result<ports::Claim>> claim(ports::Run run) override {
        ports::Claim claimed = ports::Claim::ours;
        co_return change_to(claimed, [&] { claimed = take(std::move(run)); });
    }
    Task<Result<std::optional<ports::Run>>> run(std::string id) override {
        const auto found = runs_.find(id);
        co_return answer(found == runs_.end() ? std::nullopt : std::optional(with_counts(found->second)));
    }
    Task<Result<std::vector<ports::Run>>> runs_going_on() override {
        std::vector<ports::Run> found;
        for (const std::string& id : claimed_) {
            if (runs_.at(id).state == ports::RunState::going_on) {
                found.push_back(with_counts(runs_.at(id)));
            }
        }
        std::stable_sort(found.begin(), found.end(),
                         [](const auto& a, const auto& b) { return a.started_at < b.started_at; });
        co_return answer(found);
    }
    Task<Result<std::optional<ports::Run>>> last_scheduled_run() override {
        std::optional<ports::Run> last;
        for (const auto& [id, run] : runs_) {
            if (run.kind == ports::RunKind::scheduled && (!last || run.day > last->day)) {
                last = with_counts(run);
            }
        }
        co_return answer(last);
    }
    Task<Result<void>> end_run(std::string id, ports::RunState state, Time now, std::string failure) override {
        co_return change([&]() -> Result<void> {
            const auto found = runs_.find(id);
            if (found == runs_.end()) {
                return fail(ErrorKind::not_found, {"store.no_run", {}});
            }
            found->second.state = state;
            found->second.ended_at = now;
            found->second.failure = std::move(failure);
            return {};
        });
    }
    Task<Result<std::vector<domain::User>>> owed_users(std::string run_id, std::string after,
                                                       std::size_t limit) override {
        std::vector<domain::User> found = owed_in(run_id);
        std::erase_if(found, [&](const domain::User& user) { return user.id <= after; });
        found.resize(std::min(found.size(), limit));
        co_return answer(found);
    }
    Task<Result<std::int64_t>> count_owed_users(std::string run_id) override {
        co_return answer(static_cast<std::int64_t>(owed_in(run_id).size()));
    }

    // Openings
    Task<Result<std::optional<ports::KeptOpenings>>> openings(domain::PubKey node) override {
        const auto found = openings_.find(node);
        co_return answer(found == openings_.end() ? std::nullopt : std::optional(found->second));
    }
    Task<Result<void>> keep_openings(ports::KeptOpenings openings) override {
        co_return change([&]() -> Result<void> {
            openings_[openings.node] = openings;
            return {};
        });
    }

    // Sources
    Task<Result<void>> keep_answer(ports::KeptAnswer answer, bool by_day) override {
        co_return change([&]() -> Result<void> {
            if (by_day && !answer.answer.empty()) {
                const Day day = std::chrono::floor<std::chrono::days>(answer.answered_at);
                answers_of_days_[{answer.source, answer.question, day}] = answer;
            }
            answers_[{answer.subject, answer.source, answer.question}] = answer;
            return {};
        });
    }
    Task<Result<std::vector<ports::KeptAnswer>>> answers(std::string subject) override {
        std::vector<ports::KeptAnswer> found;
        for (auto next = answers_.lower_bound({subject, {}, {}});
             next != answers_.end() && next->second.subject == subject; ++next) {
            found.push_back(next->second);
        }
        co_return answer(found);
    }
    Task<Result<std::vector<ports::KeptAnswer>>> answers_of_days(std::string source, std::string question, Day from,
                                                                 Day before) override {
        std::vector<ports::KeptAnswer> found;
        for (auto next = answers_of_days_.lower_bound({source, question, from});
             next != answers_of_days_.lower_bound({source, question, std::max(from, before)}); ++next) {
            found.push_back(next->second);
        }
        co_return answer(found);
    }
    Task<Result<std::vector<domain::PubKey>>> nodes_to_ask(std::string source, std::string question, Time asked_before,
                                                           std::size_t limit) override {
        std::set<std::pair<std::optional<Time>, domain::PubKey>> due; // nothing is before every moment
        for (const auto& [id, user] : users_) {
            if (!user.daily_report || !user.node) {
                continue;
            }
            const auto kept = answers_.find({user.node->hex(), source, question});
            const std::optional<Time> asked_at =
                kept == answers_.end() ? std::nullopt : std::optional(kept->second.asked_at);
            if (!asked_at || *asked_at < asked_before) {
                due.emplace(asked_at, *user.node);
            }
        }
        std::vector<domain::PubKey> nodes;
        for (auto next = due.begin(); next != due.end() && nodes.size() < limit; ++next) {
            nodes.push_back(next->second);
        }
        co_return answer(nodes);
    }
    Task<Result<std::vector<ports::SourceManners>>> manners() override {
        std::vector<ports::SourceManners> all;
        for (const auto& [source, manners] : manners_) {
            all.push_back(manners);
        }
        co_return answer(all);
    }
    Task<Result<void>> keep_manners(ports::SourceManners manners) override {
        co_return change([&]() -> Result<void> {
            manners_[manners.source] = manners;
            return {};
        });
    }

    // The users' own nodes
    Task<Result<std::optional<domain::NodeLink>>> link(std::string user_id) override {
        const auto found = links_.find(user_id);
        co_return answer(found == links_.end() ? std::nullopt : std::optional(found->second));
    }
    Task<Result<void>> put_link(domain::NodeLink link) override {
        co_return change([&]() -> Result<void> {
            if (!users_.contains(link.user_id)) {
                return fail(ErrorKind::not_found, {"store.no_user", {}});
            }
            const domain::NodeLink* same = linked_by(link.agent_key);
            if (same != nullptr && same->user_id != link.user_id) {
                return fail(ErrorKind::conflict, {"store.agent_taken", {}});
            }
            links_[link.user_id] = link;
            return {};
        });
    }
    Task<Result<bool>> remove_link(std::string user_id) override {
        bool was_there = false;
        co_return change_to(was_there, [&] { was_there = unlink(user_id); });
    }
    Task<Result<std::optional<domain::NodeLink>>> link_of_agent(std::string agent_key) override {
        const domain::NodeLink* found = linked_by(agent_key);
        co_return answer(found == nullptr ? std::nullopt : std::optional(*found));
    }
    Task<Result<std::vector<domain::NodeLink>>> links_after(std::string user_id, std::size_t limit,
                                                            bool enabled_only) override {
        std::vector<domain::NodeLink> found;
        for (auto next = links_.upper_bound(user_id); next != links_.end() && found.size() < limit; ++next) {
            if (!enabled_only || users_.at(next->first).daily_report) {
                found.push_back(next->second);
            }
        }
        co_return answer(found);
    }
    Task<Result<void>> note_link_try(ports::LinkTry tried) override {
        co_return change([&]() -> Result<void> {
            const auto found = links_.find(tried.user_id);
            if (found != links_.end()) {
                found->second.tried_at = tried.at;
                found->second.read_at = tried.failure.empty() ? tried.at : found->second.read_at;
                found->second.failure = tried.failure;
            }
            return {};
        });
    }
    Task<Result<void>> keep_statement(ports::Statement statement) override {
        co_return change([&]() -> Result<void> {
            if (!links_.contains(statement.user_id)) {
                return fail(ErrorKind::not_found, {"store.no_link", {}});
            }
            const auto key = std::pair(statement.user_id, statement.day);
            const auto kept = statements_.find(key);
            if (kept != statements_.end() && kept->second.read_at >= statement.read_at) {
                return fail(ErrorKind::conflict, {"store.statement_old", {}});
            }
            statements_[key] = statement;
            return {};
        });
    }
    Task<Result<std::vector<ports::Statement>>> statements(std::string user_id, Day from, Day before) override {
        std::vector<ports::Statement> found;
        for (auto next = statements_.lower_bound({user_id, from});
             next != statements_.lower_bound({user_id, std::max(from, before)}); ++next) {
            found.push_back(next->second);
        }
        co_return answer(found);
    }
    Task<Result<std::vector<ports::StatementHead>>> statement_heads(std::string user_id, Day from,
                                                                    Day before) override {
        std::vector<ports::StatementHead> found;
        for (auto next = statements_.lower_bound({user_id, from});
             next != statements_.lower_bound({user_id, std::max(from, before)}); ++next) {
            found.push_back({.node = next->second.node, .day = next->second.day, .read_at = next->second.read_at});
        }
        co_return answer(found);
    }
    Task<Result<void>> add_watched(std::vector<ports::WatchedSpan> spans) override {
        co_return change([&]() -> Result<void> {
            for (const ports::WatchedSpan& span : spans) {
                if (links_.contains(span.user_id)) {
                    domain::NodeWatched& sum = watched_[{span.user_id, span.day}];
                    sum.watched += span.span.watched;
                    sum.reached += span.span.reached;
                }
            }
            return {};
        });
    }
    Task<Result<std::optional<domain::NodeWatched>>> watched(std::string user_id, Day day) override {
        const auto found = watched_.find({user_id, day});
        co_return answer(found == watched_.end() ? std::nullopt : std::optional(found->second));
    }
    Task<Result<void>> put_challenge(ports::Challenge challenge) override {
        co_return change([&]() -> Result<void> {
            if (!users_.contains(challenge.user_id)) {
                return fail(ErrorKind::not_found, {"store.no_user", {}});
            }
            challenges_[challenge.user_id] = challenge;
            return {};
        });
    }
    Task<Result<std::optional<ports::Challenge>>> take_challenge(std::string user_id) override {
        std::optional<ports::Challenge> taken;
        co_return change_to(taken, [&] {
            if (auto found = challenges_.extract(user_id)) {
                taken = std::move(found.mapped());
            }
        });
    }
    Task<Result<std::optional<std::string>>> claim_node(std::string user_id, domain::PubKey node,
                                                        domain::NodeProof proof, Time now) override {
        ++calls;
        co_return fault ? fail(*fault) : give_node(user_id, node, proof, now);
    }

    // Upkeep
    Task<Result<ports::SweepCounts>> sweep(Time now) override {
        ports::SweepCounts counts;
        co_return change_to(counts, [&] { counts = remove_before(now - ports::kKept); });
    }
    Task<Result<std::optional<Time>>> last_success() override {
        std::optional<Time> last;
        for (const auto& [key, kept] : reports_) {
            if (kept.is_completed()) {
                last = std::max(last.value_or(kept.report.generated_at), kept.report.generated_at);
            }
        }
        co_return answer(last);
    }
    Task<Result<void>> ping() override {
        co_return change([] { return Result<void>{}; });
    }

    /// Whether these bytes are anywhere in what is kept.
    [[nodiscard]] bool holds(std::string_view bytes) const {
        const auto in = [&](std::string_view text) { return text.find(bytes) != text.npos; };
        return std::any_of(users_.begin(), users_.end(),
                           [&](const auto& e) { return in(e.first) || in(e.second.tenant); }) ||
               std::any_of(
                   reports_.begin(), reports_.end(),
                   [&](const auto& e) { return in(*e.second.report.document) || in(e.second.report.user_id); }) ||
               std::any_of(feedback_.begin(), feedback_.end(), [&](const auto& e) { return in(e.second.comment); }) ||
               std::any_of(snapshots_.begin(), snapshots_.end(),
                           [&](const auto& e) { return in(e.second.snapshot.facts); }) ||
               std::any_of(answers_.begin(), answers_.end(),
                           [&](const auto& e) { return in(e.second.subject) || in(e.second.answer); }) ||
               std::any_of(openings_.begin(), openings_.end(), [&](const auto& e) { return in(e.second.advice); }) ||
               std::any_of(links_.begin(), links_.end(),
                           [&](const auto& e) { return in(e.first) || in(e.second.url) || in(e.second.sealed); }) ||
               std::any_of(statements_.begin(), statements_.end(), [&](const auto& e) { return in(e.second.text); }) ||
               std::any_of(challenges_.begin(), challenges_.end(), [&](const auto& e) { return in(e.second.text); }) ||
               std::any_of(runs_.begin(), runs_.end(), [&](const auto& e) {
                   const auto& ids = e.second.user_ids;
                   return std::any_of(ids.begin(), ids.end(), in);
               });
    }

private:
    struct Kept {
        ports::StoredReport report;
        Time created_at;
        double seconds = 0;
        bool owes_asset = false;

        [[nodiscard]] bool is_completed() const { return report.end == ports::ReportEnd::completed; }
    };
    struct KeptSnapshot {
        ports::Snapshot snapshot;
        std::string user_id;
        Time written_at;
    };

    template <typename T>
    Result<T> answer(T value) {
        ++calls;
        return fault ? Result<T>(fail(*fault)) : Result<T>(std::move(value));
    }
    /// Does what a call asks for, unless calls fail.
    template <typename Work>
    Result<void> change(Work work) {
        ++calls;
        return fault ? Result<void>(fail(*fault)) : work();
    }
    template <typename T, typename Work>
    Result<T> change_to(T& value, Work work) {
        if (!fault) {
            work();
        }
        return answer(value);
    }

    Result<void> put(domain::User user) {
        const auto found = users_.find(user.id);
        if (found != users_.end() && found->second.tenant != user.tenant) {
            return fail(ErrorKind::not_found, {"store.no_user", {}});
        }
        for (const auto& [id, other] : users_) {
            if (user.node && other.node == user.node && id != user.id) {
                return fail(ErrorKind::conflict, {"store.node_taken", {}});
            }
        }
        if (found != users_.end()) {
            user.created_at = found->second.created_at;
            unlink_from_other(found->second, user.node);
        }
        users_[user.id] = user;
        return {};
    }

    /// The link that an agent's key is of.
    [[nodiscard]] const domain::NodeLink* linked_by(const std::string& agent_key) const {
        const auto found = std::find_if(links_.begin(), links_.end(), [&](const auto& entry) {
            return !agent_key.empty() && entry.second.agent_key == agent_key;
        });
        return found == links_.end() ? nullptr : &found->second;
    }
    bool unlink(const std::string& user_id) {
        std::erase_if(statements_, [&](const auto& entry) { return entry.first.first == user_id; });
        std::erase_if(watched_, [&](const auto& entry) { return entry.first.first == user_id; });
        return links_.erase(user_id) > 0;
    }
    void unlink_from_other(const domain::User& user, const std::optional<domain::PubKey>& node) {
        if (user.node && user.node != node) {
            unlink(user.id);
        }
    }
    Result<std::optional<std::string>> give_node(const std::string& user_id, const domain::PubKey& node,
                                                 domain::NodeProof proof, Time now) {
        const auto user = users_.find(user_id);
        if (user == users_.end()) {
            return fail(ErrorKind::not_found, {"store.no_user", {}});
        }
        std::optional<std::string> loser;
        for (auto& [id, other] : users_) {
            if (id == user_id || other.node != node) {
                continue;
            }
            if (proof != domain::NodeProof::signature || other.node_proof == domain::NodeProof::signature) {
                return fail(ErrorKind::conflict, {"store.node_taken", {}});
            }
            loser = id;
            unlink(id);
            other.node.reset();
            other.node_proof = domain::NodeProof::none;
            other.daily_report = false;
            other.updated_at = now;
        }
        unlink_from_other(user->second, node);
        const bool has_it = user->second.node == node;
        user->second.node_proof = has_it ? std::max(user->second.node_proof, proof) : proof;
        user->second.node = node;
        user->second.updated_at = now;
        return loser;
    }

    [[nodiscard]] bool is_node_of_another(const domain::PubKey& node, const std::string& id) const {
        return std::any_of(users_.begin(), users_.end(),
                           [&](const auto& entry) { return entry.first != id && entry.second.node == node; });
    }

    bool remove(const std::string& id) {
        for (auto& [run_id, run] : runs_) {
            std::erase(run.user_ids, id);
        }
        const auto user = users_.find(id);
        if (user == users_.end()) {
            return false;
        }
        const std::optional<domain::PubKey> own = user->second.node;
        std::set<domain::PubKey> nodes;
        if (own) {
            nodes.insert(*own);
        }
        for (const auto& [key, kept] : snapshots_) {
            if (kept.user_id == id) {
                nodes.insert(key.first);
            }
        }
        std::erase_if(answers_, [&](const auto& entry) {
            const auto node = domain::PubKey::parse(entry.second.subject);
            return node && nodes.contains(*node) && !is_node_of_another(*node, id);
        });
        std::erase_if(openings_, [&](const auto& entry) {
            return nodes.contains(entry.first) && !is_node_of_another(entry.first, id);
        });
        std::erase_if(snapshots_, [&](const auto& entry) {
            const domain::PubKey& node = entry.first.first;
            return node == own || (entry.second.user_id == id && !is_node_of_another(node, id));
        });
        std::erase_if(reports_, [&](const auto& entry) { return entry.first.first == id; });
        std::erase_if(feedback_, [&](const auto& entry) { return entry.first.first == id; });
        for (auto& [run_id, ends] : ends_) {
            ends.erase(id);
        }
        unlink(id);
        challenges_.erase(id);
        users_.erase(user);
        return true;
    }

    Result<void> keep(ports::FinishedReport finished) {
        const auto user = users_.find(finished.report.user_id);
        if (user == users_.end() || user->second.tenant != finished.report.tenant_id) {
            return fail(ErrorKind::not_found, {"store.no_user", {}});
        }
        const bool is_completed = finished.report.end == ports::ReportEnd::completed;
        const Time at = finished.report.generated_at;
        if (runs_.contains(finished.run_id)) {
            bool& end = ends_[finished.run_id].try_emplace(finished.report.user_id, false).first->second;
            end = end || is_completed;
        }
        if (finished.snapshot) {
            snapshots_[{finished.snapshot->node, finished.snapshot->day}] = {*finished.snapshot,
                                                                             finished.report.user_id, at};
        }
        const std::pair key(finished.report.user_id, finished.report.report_date);
        const auto before = reports_.find(key);
        if (before != reports_.end() && before->second.is_completed() && !is_completed) {
            return {};
        }
        Kept kept{finished.report, at, finished.seconds, is_completed};
        if (before != reports_.end()) {
            kept.created_at = before->second.created_at;
            kept.report.report_id = before->second.report.report_id;
        }
        reports_[key] = std::move(kept);
        return {};
    }

    [[nodiscard]] const Kept* find(const std::string& report_id) const {
        for (const auto& [key, kept] : reports_) {
            if (kept.report.report_id == report_id) {
                return &kept;
            }
        }
        return nullptr;
    }

    [[nodiscard]] const Kept* newest_of(const std::string& user_id) const {
        const Kept* newest = nullptr;
        for (const auto& [key, kept] : reports_) { // in order of their days
            newest = key.first == user_id && kept.is_completed() ? &kept : newest;
        }
        return newest;
    }

    [[nodiscard]] ports::HistoryPage page_of(const ports::HistoryQuery& query) const {
        std::vector<ports::StoredReport> fit;
        for (const auto& [key, kept] : reports_) {
            if (key.first == query.user_id && key.second > query.after &&
                (query.with_failures || kept.is_completed())) {
                fit.insert(fit.begin(), kept.report);
            }
        }
        ports::HistoryPage page{.reports = {}, .total = static_cast<std::int64_t>(fit.size())};
        if (query.page > 0 && query.limit > 0 && query.page - 1 <= page.total / query.limit) {
            for (std::int64_t i = (query.page - 1) * query.limit; i < std::min(page.total, query.page * query.limit);
                 ++i) {
                page.reports.push_back(fit[static_cast<std::size_t>(i)]);
            }
        }
        return page;
    }

    ports::Claim take(ports::Run run) {
        const bool is_day_taken = std::any_of(runs_.begin(), runs_.end(), [&](const auto& entry) {
            return entry.second.kind == ports::RunKind::scheduled && entry.second.day == run.day;
        });
        if (run.kind == ports::RunKind::scheduled && is_day_taken) {
            return ports::Claim::day_taken;
        }
        if (runs_.contains(run.id)) {
            return ports::Claim::id_taken;
        }
        std::vector<std::string> once;
        for (const std::string& id : run.user_ids) {
            if (std::find(once.begin(), once.end(), id) == once.end()) {
                once.push_back(id);
            }
        }
        run.user_ids = std::move(once);
        claimed_.push_back(run.id);
        runs_.emplace(run.id, run);
        return ports::Claim::ours;
    }

    [[nodiscard]] ports::Run with_counts(ports::Run run) const {
        run.done = run.failed = 0;
        if (const auto ends = ends_.find(run.id); ends != ends_.end()) {
            for (const auto& [user_id, is_completed] : ends->second) {
                ++(is_completed ? run.done : run.failed);
            }
        }
        return run;
    }

    /// Whether the user's report is to be made in the run, ended or not.
    static bool is_meant(const domain::User& user, const ports::Run& run) {
        const std::vector<std::string>& ids = run.user_ids;
        return run.for_all ? user.daily_report : std::find(ids.begin(), ids.end(), user.id) != ids.end();
    }

    [[nodiscard]] std::vector<domain::User> owed_in(const std::string& run_id) const {
        std::vector<domain::User> owed;
        const auto run = runs_.find(run_id);
        const auto ends = ends_.find(run_id);
        for (const auto& [id, user] : users_) {
            const bool has_ended = ends != ends_.end() && ends->second.contains(id);
            if (run != runs_.end() && !has_ended && is_meant(user, run->second)) {
                owed.push_back(user);
            }
        }
        return owed;
    }

    ports::SweepCounts remove_before(Time oldest) {
        ports::SweepCounts counts;
        counts.reports = static_cast<std::int64_t>(
            std::erase_if(reports_, [&](const auto& entry) { return Time(entry.first.second) < oldest; }));
        const auto erase = [&](auto& from, auto is_old) {
            counts.others += static_cast<std::int64_t>(std::erase_if(from, is_old));
        };
        erase(snapshots_, [&](const auto& entry) { return entry.second.written_at < oldest; });
        erase(feedback_, [&](const auto& entry) { return entry.second.at < oldest; });
        erase(openings_, [&](const auto& entry) { return Time(entry.second.computed_on) < oldest; });
        for (auto& [key, kept] : answers_) {
            if (kept.answered_at < oldest && !kept.answer.empty()) {
                kept.answer.clear();
                ++counts.others;
            }
        }
        erase(answers_, [&](const auto& entry) { return entry.second.asked_at < oldest; });
        erase(answers_of_days_, [&](const auto& entry) { return entry.second.answered_at < oldest; });
        erase(statements_, [&](const auto& entry) { return entry.second.read_at < oldest; });
        erase(watched_, [&](const auto& entry) { return Time(entry.first.second) < oldest; });
        erase(challenges_, [&](const auto& entry) { return entry.second.expires_at < oldest; });
        for (auto& [run_id, ends] : ends_) {
            if (runs_.at(run_id).started_at < oldest) {
                counts.others += static_cast<std::int64_t>(ends.size());
                ends.clear();
            }
        }
        std::erase_if(ends_, [](const auto& entry) { return entry.second.empty(); });
        erase(runs_, [&](const auto& entry) { return entry.second.started_at < oldest; });
        std::erase_if(claimed_, [&](const std::string& id) { return !runs_.contains(id); });
        return counts;
    }

    std::map<std::string, domain::User> users_;
    std::map<std::pair<std::string, Day>, Kept> reports_; ///< by user and day
    std::map<std::pair<domain::PubKey, Day>, KeptSnapshot> snapshots_;
    std::map<std::pair<std::string, std::string>, ports::Feedback> feedback_; ///< by user and report
    std::map<std::string, ports::Run> runs_;
    std::vector<std::string> claimed_;                        ///< ids of runs, in the order of their claims
    std::map<std::string, std::map<std::string, bool>> ends_; ///< of jobs: run, user, whether it was completed
    std::map<domain::PubKey, ports::KeptOpenings> openings_;
    std::map<std::tuple<std::string, std::string, std::string>, ports::KeptAnswer>
        answers_; ///< subject, source, question
    std::map<std::tuple<std::string, std::string, Day>, ports::KeptAnswer> answers_of_days_; ///< source, question, day
    std::map<std::string, ports::SourceManners> manners_;
    std::map<std::string, domain::NodeLink> links_;                      ///< by user
    std::map<std::pair<std::string, Day>, ports::Statement> statements_; ///< by user and day
    std::map<std::pair<std::string, Day>, domain::NodeWatched> watched_; ///< by user and day
    std::map<std::string, ports::Challenge> challenges_;                 ///< by user
};

} // namespace mcp::test
