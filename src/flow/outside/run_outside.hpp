#pragma once
#include "async/env.hpp"
#include "domain/outside.hpp"
#include "flow/outside/asked_source.hpp"
#include "ports/store.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::flow {

/// An answer about a node that is older makes its source stale: one of the day before still counts at the hour of the
/// next day's run.
inline constexpr std::chrono::hours kNodeAnswerMost{26};
/// An answer about the network counts on the UTC day it came, and so long at least, lest midnight make it old.
inline constexpr std::chrono::hours kNetworkAnswerMost{6};
/// How many earlier days' fees are told.
inline constexpr std::chrono::days kFeeDays{14};

/// How a question to a source stands.
struct Standing {
    std::string_view source;
    bool of_node = false;
    std::chrono::seconds lasts{0};        ///< so old an answer still counts
    std::optional<Time> answered_at = {}; ///< of an answer that says what it promises
    std::string failure = {}; ///< of the last try, or of reading the answer (flow/outside/failure); or empty

    [[nodiscard]] bool is_fresh(Time now) const;
};

/// What the store holds of the sources beside the graph, for the reports of one run: what is of the network is read
/// once and shared. Fees and prices of another day are left out; all else is told with its date, whatever its age.
class RunOutside {
public:
    /// Never fails: what cannot be read is told as the sources' state.
    static Task<std::shared_ptr<const RunOutside>> read(Env& env, ports::Store& store,
                                                        std::vector<AskedSource> sources);

    /// All that belongs to one report, with a state for each source of the table. Pure; on any thread.
    /// @param about_node Store::answers() of the report's node   @param now of the report
    [[nodiscard]] domain::Outside of(const std::vector<ports::KeptAnswer>& about_node, Time now) const;

private:
    explicit RunOutside(std::vector<AskedSource> sources) : sources_(std::move(sources)) {}

    Task<void> read_network(Env& env, ports::Store& store);
    Task<void> read_fees_of_days(Env& env, ports::Store& store);

    std::vector<AskedSource> sources_;
    domain::Outside network_;         ///< without states
    std::vector<Standing> standings_; ///< of the questions about the network
};

} // namespace mcp::flow
