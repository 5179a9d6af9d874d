#pragma once
#include "adapters/queue/memory_queue.hpp"
#include "adapters/render/json_documents.hpp"
#include "flow/daily_reports.hpp"
#include "tests/sim/store_in_folder.hpp"
#include "tests/support/fake_node_reader.hpp"
#include "tests/support/planted_graphs.hpp"
#include "tests/support/service_fakes.hpp"
#include "tests/support/shaky_store.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/virtual_time.hpp"

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

/// The daily service as it is built, on the real store, in a world whose time is the test's and whose faults are
/// planted.
namespace mcp::sim {

inline constexpr Time kBegin{std::chrono::sys_days{std::chrono::year{2026} / 3 / 1} + std::chrono::hours{5}};

/// What goes wrong, by seed; all off.
struct Faults {
    double store_fails = 0;                 ///< share of calls to the store that answer a fault
    std::chrono::milliseconds store_slow{}; ///< at most, each call
    bool assets_fail = false;
    std::set<std::string> broken_users = {}; ///< about whom the store always fails
};

class World {
public:
    /// @param nodes_of_network how many the planted network has, 10 or more
    explicit World(std::uint64_t seed, flow::DailySettings settings = {}, int nodes_of_network = 10);
    ~World();

    /// A user of the node with that number in the planted network, daily report on.
    void add_user(const std::string& id, std::uint32_t node);
    /// Connects that user's own node, its credential sealed by `vault`.
    void connect(const std::string& id, domain::LinkKind kind, const std::string& url, const std::string& secret);
    void start();
    void stop_gently(); ///< as SIGTERM: until all in progress has ended
    void kill();        ///< as kill -9; start() may follow

    [[nodiscard]] ports::Store& store() { return *shaky_; }
    [[nodiscard]] flow::RunControl& runs() { return service_->daily.runs(); }

    /// What the service promised and did not keep on the days from `first` to `last`, in words; empty: all is well.
    /// Each user has one report of each day, an asset with it, and each day was run once.
    [[nodiscard]] std::vector<std::string> broken_promises(Day first, Day last);

    test::VirtualTime time;
    Faults faults;
    test::KeptLog log;
    test::KeptMetrics metrics;
    test::KeptAssets assets;
    test::PlantedGraphs graphs;
    /// Makes the sources beside the graph, at each start; none, when not set.
    std::function<std::vector<flow::AskedSource>(Env&, ports::Store&)> make_sources;
    ports::NodeReader* nodes = nullptr; ///< of the users' own nodes, used from the next start on
    test::FakeVault vault;
    std::map<std::string, int, std::less<>> calls; ///< to the store, by method

private:
    struct Service {
        Service(World& world, const flow::DailySettings& settings);

        Env env;
        adapters::MemoryQueue queue;
        flow::DailyReports daily;
        bool has_ended = false;
    };
    void open_store();
    Task<std::optional<Error>> before(std::string_view method, std::string user);
    void check_user(const std::string& id, Day first, Day last, std::vector<std::string>& broken);
    void check_runs(Day last, std::vector<std::string>& broken);

    test::TemporaryFolder folder_;
    test::SeededChance chance_;
    test::SeededChance mishap_;
    flow::DailySettings settings_;
    adapters::JsonDocuments documents_;
    std::unique_ptr<ports::Store> real_;
    std::unique_ptr<test::ShakyStore> shaky_;
    std::unique_ptr<Service> service_;
    std::vector<std::string> users_;
};

} // namespace mcp::sim
