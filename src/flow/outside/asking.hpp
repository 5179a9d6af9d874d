#pragma once
#include "async/env.hpp"
#include "flow/halt.hpp"
#include "flow/outside/asked_source.hpp"
#include "ports/store.hpp"

#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mcp::flow {

/// What a run wants to be asked.
struct Wanted {
    std::optional<std::vector<std::string>> user_ids; ///< only the nodes of these; nothing: of all with a daily report
    Time since;              ///< a node that was asked about since then was asked for this run, maybe before a restart
    bool is_patient = false; ///< there is time to wait for a source that wants a pause
    bool with_nodes = true;  ///< else only what is of the network
};

/// One source being asked for one run: what is not fresh of the network, then of the nodes, those never asked about
/// first, then those longest not asked about, until the budget is spent. One question after the other. What comes is
/// kept in the store: answers that say what they promise, and failures, so that a node nobody can tell of does not come
/// first for ever.
class Asking {
public:
    /// @param is_over set when nothing more is to be asked, just before the coroutine is cancelled
    Asking(Env& env, ports::Store& store, const AskedSource& asked, Wanted wanted, const bool& is_over,
           const Halt& halt)
        : env_(env), store_(store), source_(*asked.source), requests_max_(asked.requests_max),
          wanted_(std::move(wanted)), is_over_(is_over), halt_(halt) {}

    /// Throws nothing, also not when cancelled: what came is kept, and the log told how far it got.
    Task<void> run();

private:
    using Answers = Result<std::vector<Result<std::string>>>;
    struct Due {
        const ports::Question* question;
        std::vector<domain::PubKey> nodes; ///< the most urgent first
    };

    Task<void> ask_all();
    Task<void> ask_network();
    Task<void> ask_nodes(std::vector<Due> due);
    Task<std::vector<domain::PubKey>> due_nodes(const ports::Question& question);
    Task<std::vector<domain::PubKey>> due_named_nodes(const ports::Question& question);
    Task<void> ask_about(const ports::Question& question, std::vector<domain::PubKey> nodes, std::size_t requests);
    Task<std::size_t> requests_spent();
    Task<bool> ask(const ports::Question& question, std::vector<domain::PubKey> nodes);
    Task<void> be_patient(Error error);
    Task<void> pause();
    [[nodiscard]] bool is_worth_another_try() const;
    Task<Answers> ask_source(const ports::Question& question, std::vector<domain::PubKey> nodes);
    Task<void> keep(const ports::Question& question, std::string subject, Result<std::string> answer, Time asked_at);
    [[nodiscard]] std::vector<const ports::Question*> node_questions() const;
    [[nodiscard]] bool goes_on();
    void note_failure(const Error& error);
    void stop(LogLevel level, std::string_view why);
    void stop_for_store(const Error& error);
    void tell();

    Env& env_;
    ports::Store& store_;
    ports::Source& source_;
    std::optional<std::size_t> requests_max_;
    Wanted wanted_;
    const bool& is_over_;
    const Halt& halt_;
    std::optional<std::set<domain::PubKey>> named_; ///< nodes of the named users, once they are read

    std::size_t requests_ = 0;
    std::size_t answered_ = 0; ///< questions, one a node
    std::size_t failed_ = 0;
    std::size_t left_ = 0;      ///< that are due and were not asked
    int failures_in_a_row_ = 0; ///< of whole requests
    int more_tries_ = 0;        ///< of the request that is being made
    std::string failure_;       ///< the last one
    std::string stopped_;       ///< why nothing more is asked; empty: it goes on
    LogLevel level_ = LogLevel::info;
};

} // namespace mcp::flow
