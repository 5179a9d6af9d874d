#pragma once
#include "adapters/graphs/live/graph_feed.hpp"
#include "async/env.hpp"
#include "async/event.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mcp::adapters {

/// A configured place of graphs, as the last refresh left it.
struct GraphPlace {
    std::string_view name = {};            ///< of domain::source
    std::string path = {};                 ///< of its graph, which may not be there
    bool is_live = false;                  ///< a feed; else the operator's file
    std::optional<Time> fetched_at = {};   ///< of a feed's graph, when it is there
    std::optional<Error> fault = {};       ///< why the last try gave none
    std::optional<std::string> after = {}; ///< not asked: this one had answered before
};

struct LiveGraphsOptions {
    std::string folder;                            ///< of the fetched graphs, one a feed: NAME-PLACE.graph
    std::vector<std::unique_ptr<GraphFeed>> feeds; ///< in the order in which they are asked
    std::string graph_file;                        ///< empty: none is configured
    std::size_t feeds_before_file = 0;
};

/// The graphs of the feeds, fetched into files. Each feed is asked when those before it have given nothing that can be
/// used; what it gave less than an hour ago, on the same day, serves again, over restarts too. A graph takes the place
/// of the feed's last one only when it is whole and has been found good.
class LiveGraphs {
public:
    /// Whether a graph can be used; takes seconds, called on the compute pool.
    using Check = std::function<Result<void>(const std::string& path)>;

    /// @param env outlives it
    LiveGraphs(LiveGraphsOptions options, const Env& env);

    /// Asks in turn until one has given a good graph. A call while another goes on waits for that one and does no more.
    /// Failures are logged, and told by places(). @param time_max shared by the feeds that are still to be asked
    [[nodiscard]] Task<void> refresh(Timer::Span time_max, Check check);
    /// The feeds in their order. From any thread.
    [[nodiscard]] std::vector<GraphPlace> places() const;
    [[nodiscard]] Time now() const { return env_.clock.now(); }

private:
    /// How the last try with a feed ended.
    struct Outcome {
        std::optional<Error> fault;
        std::optional<std::string> after;
        std::optional<Time> timed_out_at = {}; ///< when the fault is that it took too long
    };

    [[nodiscard]] Task<bool> gives_a_graph(std::size_t feed, Timer::Span time_max, Check check);
    [[nodiscard]] Task<Result<void>> fetch(GraphFeed& feed, Timer::Span time_max, Check check);
    [[nodiscard]] Task<bool> is_good(std::string path, Check check);
    [[nodiscard]] bool is_fresh(const GraphFeed& feed) const;
    [[nodiscard]] std::string path_of(const GraphFeed& feed) const;
    [[nodiscard]] bool was_too_slow_lately(const GraphFeed& feed) const;
    void note(const GraphFeed& feed, Outcome outcome);
    void log_fault(const GraphFeed& feed, const Error& fault) const;

    LiveGraphsOptions options_;
    const Env& env_;
    std::shared_ptr<Event> refreshing_;       ///< while somebody does
    std::map<std::string, std::string> good_; ///< path to stamp and day of what was found good

    mutable std::mutex mutex_;                     ///< of the next one
    std::map<std::string_view, Outcome> outcomes_; ///< by the feed's name
};

} // namespace mcp::adapters
