#pragma once
#include "analysis/compose.hpp"
#include "base/stop.hpp"
#include "domain/node_link.hpp"
#include "ports/store.hpp"

#include <optional>
#include <vector>

namespace mcp::flow {

/// What the store holds of a user's own node for one report.
struct OwnStatements {
    std::optional<domain::NodeLink> link = {}; ///< absent: no node is connected
    std::vector<ports::Statement> kept = {};   ///< of the last days, oldest first
};

/// The same, read: what the node told day by day, and how it stands as a source.
struct OwnDays {
    std::vector<domain::OwnNode> nodes;        ///< ascending by their day
    std::optional<domain::SourceState> source; ///< absent: no node is connected

    [[nodiscard]] std::vector<analysis::OwnNodeOfDay> pointers() const; ///< into `nodes`
};

/// Reads the statements; those of another node than the profile's, or that another version wrote, are left out. Pure,
/// and costs what their texts are long.
/// @param day D of the report   @param now of the report
/// @param stop once it says so, no further text is read and what comes back is of no use
[[nodiscard]] OwnDays read_own_days(const OwnStatements& own, const domain::PubKey& node, Day day, Time now,
                                    const Stop& stop = {});

} // namespace mcp::flow
