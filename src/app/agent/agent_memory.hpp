#pragma once
#include "base/clock.hpp"
#include "base/error.hpp"
#include "domain/own_node.hpp"

#include <map>
#include <string>
#include <string_view>

namespace mcp::app {

inline constexpr std::size_t kMemoryBytesMax = 64u << 20; ///< of its text: a statement, its quotes escaped

/// What the agent must not forget when it is restarted: how long it watched its node on which day, and what the node
/// told last, so that days gone by are not asked for again.
struct AgentMemory {
    std::map<Day, domain::NodeWatched> watched;
    std::string statement; ///< as flow/node/statement writes it; empty: nothing was read yet

    bool operator==(const AgentMemory&) const = default;
};

[[nodiscard]] std::string memory_text(const AgentMemory& memory); ///< JSON
/// @return an error with the path in it for what memory_text() has not written
[[nodiscard]] Result<AgentMemory> read_memory(std::string_view text);

} // namespace mcp::app
