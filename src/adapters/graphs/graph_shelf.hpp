#pragma once
#include "adapters/cache/betweenness_cache.hpp"
#include "adapters/graphs/kept_graphs.hpp"
#include "adapters/graphs/live/live_graphs.hpp"
#include "adapters/sources/gossip_file.hpp"
#include "async/env.hpp"
#include "async/log.hpp"
#include "async/metrics.hpp"
#include "ports/graphs.hpp"

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace mcp::adapters {

struct GraphShelfOptions {
    std::string graph_file = {};  ///< MCP_GRAPH_FILE; empty: none is configured
    std::string data_folder = {}; ///< graphs are kept in its `graphs`, computed figures in its `cache`
    unsigned threads = 1;         ///< that may compute
    std::vector<std::unique_ptr<GraphFeed>> feeds = {}; ///< in the order in which they are asked
    std::size_t feeds_before_file = 0;                  ///< that are asked before the file is looked at
    const Env* env = nullptr;                           ///< outlives the shelf; needed when there are feeds
};

/// The day's graph from a file that somebody renews or from servers that are asked (feeds), the first that gives one in
/// the configured order, and the graphs of the days before, which it keeps itself.
/// - A file that is missing, damaged, no graph, dated more than a day ahead, or with fewer than half the channels that
///   were usual in the last week is refused: logged and counted once for each load; so is what a feed gives. The next
///   in order serves then, or what a feed gave in the last 24 hours, marked stale, or the newest kept graph, marked
///   stale.
/// - A graph whose newest update is older than 24 hours is taken, marked stale with its age, and kept under the day of
///   that update. An undated one is taken as the day's; its age is absent.
/// - A graph that is kept already is no new measurement: it is not kept again under another day, and does not stand in
///   the history of itself.
/// - Days whose graphs came in another format tell other things, and are no history of this one.
/// - Nodes that the graph does not name are named as the newest graph of the days before knew them.
/// - Kept graphs that cannot be read are logged as errors and left out; a graph that cannot be kept is used all the
///   same. One load at a time; a second one waits.
class GraphShelf final : public ports::GraphSource {
public:
    GraphShelf(GraphShelfOptions options, Log& log, Metrics& metrics);

    [[nodiscard]] Task<void> refresh(Timer::Span time_max) override;
    [[nodiscard]] Result<ports::GraphDays> load(Day day, Time now, const Stop& stop) override;
    [[nodiscard]] bool is_unchanged(const ports::GraphDays& loaded, Day day) override;

private:
    /// What is worth knowing of a kept graph without reading it again.
    struct Known {
        std::string stamp;
        std::string sha256;
        std::size_t channels = 0;
    };
    struct OlderDay {
        std::string path;
        std::string sha256;
        std::unique_ptr<analysis::DayFacts> facts;
    };
    struct Found {
        std::size_t place = 0;
        LoadedGraph graph;
        GraphCopy copy;
    };
    struct Today {
        std::unique_ptr<analysis::DayFacts> facts;
        std::string sha256;
        domain::SourceState source;
    };

    [[nodiscard]] std::vector<KeptGraph> kept_graphs();
    [[nodiscard]] std::optional<LoadedGraph> load_kept(const KeptGraph& kept);
    [[nodiscard]] std::optional<Known> known(const KeptGraph& kept);
    [[nodiscard]] bool is_kept(const std::string& sha256);
    [[nodiscard]] std::unique_ptr<analysis::DayFacts> facts(LoadedGraph graph, Day day) const;

    [[nodiscard]] std::vector<OlderDay> older_days(Day day, const Stop& stop);
    [[nodiscard]] std::vector<GraphPlace> places() const;
    [[nodiscard]] Result<void> check(const std::string& path);
    [[nodiscard]] Result<LoadedGraph> read_file(const std::string& path, GraphCopy* copy) const;
    [[nodiscard]] Result<void> judge(const domain::Network& network, Day day, Time now);
    [[nodiscard]] std::optional<Found> first_good(std::vector<GraphPlace>& places, Day day, Time now, const Stop& stop);
    [[nodiscard]] Result<Found> good_at(const GraphPlace& place, Day day, Time now);
    [[nodiscard]] Today take(Found found, const GraphPlace& place, const std::vector<OlderDay>& older, Day day,
                             Time now);
    void keep(GraphCopy copy, const LoadedGraph& graph, Day day, Time now);
    [[nodiscard]] Result<Today> stand_in(const std::vector<GraphPlace>& places, std::vector<OlderDay>& older, Day day,
                                         Time now);
    void give_history(std::vector<OlderDay> older, const Today& today, ports::GraphDays& loaded);
    [[nodiscard]] std::string fingerprint(const std::string& stamps, Day day) const; ///< of the places
    void log_error(const Error& error);

    GraphShelfOptions options_;
    KeptGraphs kept_;
    BetweennessCache cache_;
    std::unique_ptr<LiveGraphs> live_; ///< nullptr: no feeds
    Log& log_;
    Metrics& metrics_;
    std::mutex mutex_;
    std::map<std::string, Known> known_; ///< by path
    std::set<std::string> unreadable_;   ///< paths of the load that goes on
};

} // namespace mcp::adapters
