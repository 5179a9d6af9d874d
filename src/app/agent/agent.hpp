#pragma once
#include "app/agent/agent_memory.hpp"
#include "app/agent/snapshot_post.hpp"
#include "async/env.hpp"
#include "flow/schedule.hpp"
#include "ports/own_node.hpp"

#include <chrono>
#include <functional>
#include <optional>
#include <string>

namespace mcp::app {

/// What an agent works with; all outlives it.
struct AgentParts {
    Env& env;
    ports::NodeReader& reader;
    SnapshotPost& post;
    std::function<Result<void>(const AgentMemory& memory)> keep; ///< writes down what must not be forgotten
};

struct AgentSettings {
    ports::NodeAccess access;
    std::optional<Time> access_ends = {};  ///< of the credential, where it says so
    flow::Schedule schedule = {};          ///< when a day's snapshot is taken
    std::chrono::minutes knock_every{15};  ///< at the node, to know how long it can be reached
    std::chrono::minutes read_time_max{5}; ///< for one reading of the node
    std::chrono::seconds knock_time_max{30};
};

/// Runs beside a user's node: reads it once a day, sends the service what it told, and watches whether it can be
/// reached. The node's credential never leaves it.
class Agent {
public:
    Agent(AgentParts parts, AgentSettings settings, AgentMemory memory)
        : parts_(std::move(parts)), settings_(std::move(settings)), memory_(std::move(memory)) {}

    /// Reads the node for today's reports. @return the statement, as it would be sent
    [[nodiscard]] Task<Result<std::string>> read();
    /// Reads the node and sends it; one try. @return of a node that could not be read unavailable, else as
    /// SnapshotPost::send() has it
    [[nodiscard]] Task<Result<void>> deliver();
    /// Delivers at once, then every day when it is due, each with as many tries as it takes. Until cancelled.
    [[nodiscard]] Task<void> deliver_daily();
    /// Knocks at the node from time to time. Until cancelled.
    [[nodiscard]] Task<void> watch();

    [[nodiscard]] const AgentMemory& memory() const { return memory_; }

private:
    [[nodiscard]] Task<Result<domain::OwnNode>> ask_node(Day day);
    [[nodiscard]] Task<void> deliver_until(Time end);
    [[nodiscard]] Task<void> wait_until(Time due);
    void note_watched(std::chrono::seconds length, bool is_reached);
    void keep_memory();

    AgentParts parts_;
    AgentSettings settings_;
    AgentMemory memory_;
};

} // namespace mcp::app
