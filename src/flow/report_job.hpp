#pragma once
#include "async/env.hpp"
#include "flow/halt.hpp"
#include "flow/material.hpp"
#include "flow/node/own_statements.hpp"
#include "flow/outside/run_outside.hpp"
#include "flow/retry.hpp"
#include "ports/assets.hpp"
#include "ports/documents.hpp"
#include "ports/store.hpp"

#include <memory>
#include <string>

namespace mcp::flow {

/// How one user's job in a run ended.
enum class JobEnd {
    completed,
    failed,    ///< given up, and kept as a failure with its reason
    gone,      ///< the user is no more, or does not want the report any more
    unrecorded ///< not even the failure could be kept, or the service stops: the report stays owed
};

struct JobSettings {
    int retries_max = 3;
    Timer::Span time_max = std::chrono::seconds{300}; ///< for all tries together, from the first one's start
    Backoff backoff = {};
};

/// What the jobs of one run share.
struct RunContext {
    ports::Run run;
    Result<std::shared_ptr<Material>> material; ///< an error when there is no graph: each report fails with it
    std::shared_ptr<const RunOutside> outside;  ///< nullptr: no source beside the graph is configured
    bool has_links = true;                      ///< false: no user of the service has connected a node
};

/// Makes one user's report of the day: profile, figures, document, store, RAG asset. Tries again what may pass; a fault
/// of one user harms no other.
class ReportJob {
public:
    ReportJob(Env& env, ports::Store& store, const ports::Documents& documents, ports::Assets& assets, const Halt& halt,
              JobSettings settings)
        : env_(env), store_(store), documents_(documents), assets_(assets), halt_(halt), settings_(settings) {}

    Task<JobEnd> make(std::string user_id, std::shared_ptr<const RunContext> context);

private:
    struct Attempt;
    struct Fault;
    struct Made;

    Task<void> prepare(Attempt& attempt);
    Task<void> pause_unless_halted(Timer::Span span);
    Task<tl::expected<Made, Fault>> try_once(Attempt& attempt);
    Task<tl::expected<void, Fault>> read_profile(Attempt& attempt);
    Task<Result<std::vector<ports::KeptAnswer>>> answers_about(const Attempt& attempt);
    Task<Result<OwnStatements>> own_statements(const Attempt& attempt);
    Task<tl::expected<Made, Fault>> compute(Attempt& attempt);
    Task<tl::expected<void, Fault>> keep(Attempt& attempt, const Made& made);
    void tell_success(const Attempt& attempt);
    Task<JobEnd> give_up(Attempt& attempt, const Fault& fault);
    [[nodiscard]] ports::FinishedReport finished(Attempt& attempt) const;

    Env& env_;
    ports::Store& store_;
    const ports::Documents& documents_;
    ports::Assets& assets_;
    const Halt& halt_;
    JobSettings settings_;
};

} // namespace mcp::flow
