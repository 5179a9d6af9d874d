#pragma once
#include "async/task.hpp"
#include "base/error.hpp"
#include "ports/store.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mcp::flow {

/// How far a run has come, for the log, /metrics and whoever asks for its task.
struct RunProgress {
    ports::Run run;
    bool queued = false;                ///< waits for the runs before it
    std::optional<std::int64_t> total;  ///< reports that it has to make; unknown until it begins
    std::optional<double> per_second;   ///< of reports ended so far; unknown before the first
    std::optional<double> seconds_left; ///< at that rate
};

struct TriggeredRun {
    std::string task_id;
    bool for_all = true;
    std::vector<std::string> user_ids; ///< whose reports will be made, unless for all
    std::vector<std::string> skipped;  ///< unknown, or their daily report is not enabled
};

/// What operators may ask of the runs.
class RunControl {
public:
    virtual ~RunControl() = default;
    /// Starts a run beside the schedule, for all who have the daily report enabled or for those named.
    /// A trigger for all while a run for all goes on answers that run.
    /// A run for nobody, because all named were skipped, ends at once. @return rate_limited when too many runs wait
    virtual Task<Result<TriggeredRun>> trigger(std::optional<std::vector<std::string>> user_ids) = 0;
    /// @return nothing for an id that no run has
    virtual Task<Result<std::optional<RunProgress>>> progress(std::string task_id) = 0;
};

} // namespace mcp::flow
