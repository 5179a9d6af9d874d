#include "app/reports/live_report.hpp"

#include "adapters/identity/report_id.hpp"
#include "adapters/store/sqlite/sqlite_store.hpp"
#include "analysis/compose.hpp"
#include "analysis/find_node.hpp"
#include "analysis/open_search.hpp"
#include "app/config/cache_folder.hpp"
#include "app/node/kept_statements.hpp"
#include "app/node/own_node_reading.hpp"
#include "app/sources/asking_world.hpp"
#include "app/sources/graph_places.hpp"
#include "app/sources/provider_set.hpp"
#include "flow/outside/collector.hpp"
#include "flow/outside/run_outside.hpp"
#include "graph/what_if.hpp"

namespace mcp::app {
namespace {

constexpr const char* kLocal = "local"; // user and tenant of a report made on the command line
constexpr std::chrono::minutes kGraphMost{10};
constexpr std::chrono::seconds kOthersMost{60};

/// The makings of one report, in the order in which they are got.
class LiveReport {
public:
    LiveReport(const Settings& settings, std::string node, NodeOptions own, AskingWorld& world,
               adapters::SqliteStore& store, Io& io)
        : node_(std::move(node)), own_(std::move(own)), tor_proxy_(settings.tor_proxy), io_(io), env_(world.env()),
          executor_(world.executor()), http_(world.http()), store_(store),
          providers_(settings, env_, world.http(), &store, executor_),
          shelf_(shelf_options(settings, env_, world.http(), io.threads), env_.log, env_.metrics) {}

    Task<Result<domain::Report>> make() {
        const Result<void> told = co_await ask_own_node();
        if (!told) {
            co_return fail(told.error());
        }
        show_progress(io_, {"progress.asking_graph", {}});
        co_await shelf_.refresh(kGraphMost);
        const Time now = env_.clock.now();
        const Day day = std::chrono::floor<std::chrono::days>(now);
        Result<ports::GraphDays> days = shelf_.load(day, now, {});
        if (!days) {
            co_return fail(std::move(days.error()));
        }
        const domain::Network& network = days->today->network;
        const Result<domain::NodeId> found =
            told_.empty() ? analysis::find_node(network, node_) : find_own_node(network, told_.back().key, node_);
        if (!found) {
            co_return fail(found.error());
        }
        const domain::Outside outside = co_await ask_others(network.nodes[*found].key, day, now);
        show_progress(io_, {"progress.openings", {}});
        co_return compose(*days, *found, outside);
    }

private:
    /// Keeps what it tells, and recalls what earlier calls kept of the days before.
    Task<Result<void>> ask_own_node() {
        if (!own_.is_given()) {
            co_return Result<void>();
        }
        const Day day = std::chrono::floor<std::chrono::days>(env_.clock.now());
        std::string tor_proxy = tor_proxy_;
        NodeOptions own = own_;
        Result<domain::OwnNode> node =
            co_await read_own_node(std::move(own), env_, http_, std::move(tor_proxy), day, io_);
        if (!node) {
            co_return fail(std::move(node.error()));
        }
        told_ = co_await keep_and_recall(store_, std::move(*node));
        co_return Result<void>();
    }

    /// The others beside the graph. What goes wrong is told by the states of `sources`.
    Task<domain::Outside> ask_others(domain::PubKey key, Day day, Time now) {
        if (providers_.asked().empty()) {
            std::vector<flow::AskedSource> none;
            const std::shared_ptr<const flow::RunOutside> nobody =
                co_await flow::RunOutside::read(env_, store_, std::move(none));
            co_return nobody->of({}, now);
        }
        show_progress(io_, {"progress.asking_others", {}});
        co_await providers_.load();
        co_await collect(key, day, now);
        std::vector<flow::AskedSource> asked = providers_.asked();
        const std::shared_ptr<const flow::RunOutside> kept =
            co_await flow::RunOutside::read(env_, store_, std::move(asked));
        Result<std::vector<ports::KeptAnswer>> about_node = co_await store_.answers(key.hex());
        const std::vector<ports::KeptAnswer> answers =
            about_node ? std::move(*about_node) : std::vector<ports::KeptAnswer>();
        co_return kept->of(answers, env_.clock.now());
    }

    /// Collecting goes by users: the node has one of its own name here.
    Task<void> collect(domain::PubKey key, Day day, Time now) {
        domain::User user{.id = key.hex(), .tenant = kLocal, .node = key, .created_at = now, .updated_at = now};
        const Result<void> known = co_await store_.put_user(std::move(user));
        if (!known) {
            co_return;
        }
        const flow::Halt halt;
        flow::Collector collector(env_, store_, providers_.asked(), halt, executor_);
        const ports::Run run{.id = kLocal,
                             .kind = ports::RunKind::triggered,
                             .day = day,
                             .for_all = false,
                             .user_ids = {key.hex()},
                             .started_at = now};
        const std::shared_ptr<Event> asked = collector.begin(run, kOthersMost);
        co_await asked->wait();
        co_await collector.end();
        const Result<ports::SweepCounts> swept = co_await store_.sweep(now);
        (void)swept; // a cache that could not be swept is swept by the next call
    }

    domain::Report compose(const ports::GraphDays& days, domain::NodeId node, const domain::Outside& outside) const {
        const analysis::DayFacts& today = *days.today;
        const graph::CsrGraph fees = graph::fee_graph(today.network, analysis::kTypicalPayment);
        const graph::WhatIf what_if = graph::WhatIf::prepare(fees, io_.threads);
        const analysis::OpenAdvice advice = analysis::search_openings(today, what_if, node);
        const std::vector<const analysis::DayFacts*> history = days.history_pointers();
        const Time now = env_.clock.now();
        std::vector<analysis::OwnNodeOfDay> own;
        for (const domain::OwnNode& told : told_) {
            own.push_back({.day = told.day, .node = &told});
        }
        return analysis::compose(
            {.today = today,
             .history = history,
             .node = node,
             .open_advice = &advice,
             .graph_source = days.source,
             .other_graph_sources = days.other_sources,
             .graph_is_live = days.is_live,
             .outside = &outside,
             .own = own,
             .node_source = own.empty() ? std::nullopt : std::optional(source_state(told_.back(), now)),
             .report_id = adapters::report_id(kLocal, today.date),
             .user_id = kLocal,
             .tenant_id = kLocal,
             .generated_at = now});
    }

    std::string node_;
    NodeOptions own_;
    std::string tor_proxy_;
    std::vector<domain::OwnNode> told_; ///< by one's own node, oldest first, today's last; empty: none was asked
    Io& io_;
    Env& env_;
    boost::asio::any_io_executor executor_;
    ports::HttpClient& http_;
    adapters::SqliteStore& store_;
    ProviderSet providers_;
    adapters::GraphShelf shelf_;
};

} // namespace

Result<domain::Report> live_report(Settings settings, const std::string& node, const NodeOptions& own, Io& io) {
    const std::string cache = cache_folder();
    if (cache.empty()) {
        return fail(ErrorKind::unavailable, {"live.no_cache_folder", {}});
    }
    settings.data_folder = cache + "/live";
    AskingWorld world(io);
    Result<std::unique_ptr<adapters::SqliteStore>> store =
        adapters::SqliteStore::open(settings.data_folder, adapters::StoreMode::create_and_migrate, {.threads = false});
    if (!store) {
        return fail(std::move(store.error()));
    }
    LiveReport report(settings, node, own, world, **store, io);
    return world.run(report.make());
}

} // namespace mcp::app
