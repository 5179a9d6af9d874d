#pragma once
#include "flow/runs.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mcp::test {

/// Runs that never run: what was asked of them is written down, and a test says what they answer.
class FakeRuns final : public flow::RunControl {
public:
    Task<Result<flow::TriggeredRun>> trigger(std::optional<std::vector<std::string>> user_ids) override {
        triggered.push_back(user_ids);
        if (fault) {
            co_return fail(*fault);
        }
        flow::TriggeredRun run{
            .task_id = "daily_reports_20251025_101500", .for_all = !user_ids, .user_ids = {}, .skipped = {}};
        for (const std::string& id : user_ids.value_or(std::vector<std::string>{})) {
            (id.starts_with("ghost") ? run.skipped : run.user_ids).push_back(id);
        }
        co_return run;
    }
    Task<Result<std::optional<flow::RunProgress>>> progress(std::string task_id) override {
        if (fault) {
            co_return fail(*fault);
        }
        const auto found = tasks.find(task_id);
        co_return found == tasks.end() ? std::nullopt : std::optional(found->second);
    }

    std::optional<Error> fault;
    std::vector<std::optional<std::vector<std::string>>> triggered;
    std::map<std::string, flow::RunProgress> tasks;
};

} // namespace mcp::test
