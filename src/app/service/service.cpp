#include "app/service/service.hpp"

#include "adapters/files/raw_file.hpp"
#include "adapters/graphs/graph_shelf.hpp"
#include "adapters/http/curl_client.hpp"
#include "adapters/log/line_log.hpp"
#include "adapters/metrics/prometheus_metrics.hpp"
#include "adapters/nodes/node_reader.hpp"
#include "adapters/queue/memory_queue.hpp"
#include "adapters/rag/asset_files.hpp"
#include "adapters/render/json_documents.hpp"
#include "adapters/security/credentials.hpp"
#include "adapters/security/node_signature.hpp"
#include "adapters/store/sqlite/sqlite_store.hpp"
#include "adapters/system/asio_timer.hpp"
#include "adapters/system/notify.hpp"
#include "adapters/system/service_signals.hpp"
#include "adapters/system/system_chance.hpp"
#include "adapters/system/system_clock.hpp"
#include "api/server.hpp"
#include "app/config/token_keys.hpp"
#include "app/node/sealed_links.hpp"
#include "app/node/vault.hpp"
#include "app/sources/graph_places.hpp"
#include "app/sources/provider_set.hpp"
#include "flow/daily_reports.hpp"
#include "flow/tell.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <optional>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

namespace mcp::app {
namespace {

constexpr std::chrono::seconds kDrainMost{10}; ///< for requests that are in progress
constexpr std::chrono::seconds kStopMost{20};  ///< for all together
constexpr std::size_t kJobsQueued = 100;
constexpr std::size_t kBlockingThreads = 4; ///< they wait for the disk: more than there are cores

unsigned cores() {
    return std::max(1U, std::thread::hardware_concurrency());
}

/// @return a descriptor that takes lines and keeps none
adapters::Descriptor nowhere() {
    return adapters::Descriptor(::open("/dev/null", O_WRONLY | O_CLOEXEC));
}

Result<std::unique_ptr<adapters::LineLog>> open_log(const LoadedSettings& loaded, bool to_stderr) {
    const Settings& settings = loaded.settings;
    const adapters::Descriptor silence = nowhere();
    return adapters::LineLog::open(
        {.file = settings.log_file,
         .file_is_wanted = loaded.is_set("MCP_LOG_FILE"),
         .format = settings.log_is_json() ? adapters::LogFormat::json : adapters::LogFormat::text,
         .minimum = settings.least_log_level(),
         .error_descriptor = to_stderr ? STDERR_FILENO : silence.number()},
        adapters::now_in_milliseconds);
}

api::ServerSettings server_settings(const Settings& settings) {
    return {.host = settings.host,
            .port = static_cast<std::uint16_t>(settings.port),
            .max_connections = static_cast<std::size_t>(settings.connections_max),
            .rate_limit_per_minute = settings.requests_per_minute,
            .trusted_proxies = settings.trusted_proxies,
            .cors_origins = settings.cors_origins,
            .deadlines = {}};
}

flow::DailySettings daily_settings(const Settings& settings) {
    return {.schedule = settings.schedule(),
            .job = {.retries_max = static_cast<int>(settings.report_retries), .time_max = settings.report_deadline()},
            .run = {.max_concurrent = static_cast<std::size_t>(settings.reports_at_once)},
            .node_watch = settings.node_watch_every(),
            .threads = cores()};
}

/// Where users' nodes may stand: on the Internet, where the operator says, and beyond Tor if there is a way.
adapters::NodeAddressRules node_addresses(const Settings& settings) {
    adapters::NodeAddressRules rules{.anywhere = false, .allowed = {}, .tor_proxy = settings.tor_proxy};
    for (const std::string& network : settings.node_address_allow) {
        rules.allowed.push_back(IpNetwork::parse(network).value()); // the table of keys lets nothing else in
    }
    return rules;
}

std::unique_ptr<adapters::CurlClient> make_client(const Timer& timer) {
    return std::make_unique<adapters::CurlClient>(
        adapters::CurlClientOptions{.user_agent = adapters::user_agent(MCP_VERSION)}, timer);
}

std::string address(const std::string& host, std::uint16_t port) {
    const bool is_ipv6 = host.find(':') != std::string::npos;
    return is_ipv6 ? fmt::format("http://[{}]:{}", host, port) : fmt::format("http://{}:{}", host, port);
}

} // namespace

struct Service::Parts {
    Parts(const Settings& settings, std::unique_ptr<adapters::LineLog> log_in,
          std::unique_ptr<ports::TokenVerifier> tokens_in, std::unique_ptr<ports::Vault> vault_in,
          std::unique_ptr<adapters::SqliteStore> store_in)
        : host(settings.host), has_graph_source(app::has_graph_source(settings)), log(std::move(log_in)),
          tokens(std::move(tokens_in)), compute(cores()),
          blocking(kBlockingThreads), env{.clock = clock,
                                          .timer = timer,
                                          .log = *log,
                                          .metrics = metrics,
                                          .chance = chance,
                                          .compute = compute.get_executor(),
                                          .blocking = blocking.get_executor()},
          store(std::move(store_in)), queue(io.get_executor(), kJobsQueued), assets(settings.rag_folder),
          http(make_client(timer)), node_http(make_client(timer)), vault(std::move(vault_in)),
          node_reader({.http = *node_http,
                       .timer = timer,
                       .clock = clock,
                       .work = env.compute,
                       .addresses = node_addresses(settings)}),
          providers(settings, env, *http, store.get(), io.get_executor()),
          graphs(shelf_options(settings, env, *http, cores()), *log, metrics),
          daily({.env = env,
                 .store = *store,
                 .queue = queue,
                 .graphs = graphs,
                 .documents = documents,
                 .assets = assets,
                 .sources = providers.asked(),
                 .nodes = &node_reader,
                 .vault = vault.get()},
                daily_settings(settings), io.get_executor()),
          server(services(settings), server_settings(settings), io.get_executor()), server_ended(io.get_executor()) {}

    api::Services services(const Settings& settings) {
        return {.env = env,
                .store = *store,
                .runs = daily.runs(),
                .schedule = daily.schedule(),
                .tokens = *tokens,
                .assets = assets,
                .nodes = {.reader = node_reader,
                          .vault = *vault,
                          .credentials = node_credentials,
                          .signatures = node_signatures},
                .default_language = settings.language(),
                .metrics_text = [this] { return metrics.text(); },
                .readiness = {{"store", [this] { return store->ping(); }},
                              {"graph", [this] { return graph_state(); }, false}},
                .refresh_metrics = [this] { return daily.refresh_gauges(); }};
    }

    ~Parts();
    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    [[nodiscard]] Task<Result<void>> graph_state() const;
    void begin_stop();
    Task<void> stop_gently();
    Task<void> look_at_links();
    Task<void> make_reports();
    Task<void> answer_requests();

    /// Lets the coroutines that were cut off be destroyed before what they refer to.
    struct Context : boost::asio::io_context {
        Context() : io_context(1) {}
        using execution_context::shutdown;
    };

    std::string host;
    bool has_graph_source;
    adapters::SystemClock clock;
    adapters::AsioTimer timer;
    adapters::SystemChance chance;
    adapters::PrometheusMetrics metrics;
    std::unique_ptr<adapters::LineLog> log;
    std::unique_ptr<ports::TokenVerifier> tokens;
    Context io;
    boost::asio::thread_pool compute;
    boost::asio::thread_pool blocking;
    Env env;
    std::unique_ptr<adapters::SqliteStore> store;
    adapters::MemoryQueue queue;
    adapters::AssetFiles assets;
    adapters::JsonDocuments documents;
    std::unique_ptr<adapters::CurlClient> http;
    std::unique_ptr<adapters::CurlClient> node_http; ///< of its own: users' nodes that hang must not hold up the others
    std::unique_ptr<ports::Vault> vault;
    adapters::NodeCredentials node_credentials;
    adapters::NodeSignatures node_signatures;
    adapters::HttpNodeReader node_reader;
    ProviderSet providers;
    adapters::GraphShelf graphs;
    flow::DailyReports daily;
    api::Server server;
    Event server_ended;
    std::optional<adapters::ServiceSignals> signals;
    bool is_stopping = false;
};

namespace {

/// A part of the service that must not end by an exception: the program ends with it, and whoever supervises it starts
/// it anew.
void rethrow(const std::exception_ptr& thrown) {
    if (thrown) {
        std::rethrow_exception(thrown);
    }
}

} // namespace

Service::Service(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Service::~Service() = default;

Result<std::unique_ptr<Service>> Service::build(const LoadedSettings& loaded, bool log_to_stderr) {
    const Settings& settings = loaded.settings;
    ::umask(S_IWGRP | S_IRWXO); // what the service keeps is its owner's, and its group may read it
    Result<std::unique_ptr<adapters::LineLog>> log = open_log(loaded, log_to_stderr);
    if (!log) {
        return fail(std::move(log.error()));
    }
    const auto say = [&](LogLevel level, const std::string& text) { (*log)->write(level, "service", text, {}); };
    say(LogLevel::info, loaded.file.empty() ? std::string("Starting; no configuration file")
                                            : fmt::format("Starting; configuration from {}", loaded.file));
    for (const Message& warning : loaded.warnings) {
        say(LogLevel::warning, language::render(warning, domain::Language::en));
    }
    const auto refuse = [&](Error& error) {
        say(LogLevel::error, fmt::format("Cannot start: {}", flow::in_english(error)));
        return fail(std::move(error));
    };
    Result<std::unique_ptr<ports::TokenVerifier>> tokens = make_token_verifier(settings);
    if (!tokens) {
        return refuse(tokens.error());
    }
    Result<std::unique_ptr<ports::Vault>> vault = make_vault(settings);
    if (!vault) {
        return refuse(vault.error());
    }
    Result<std::unique_ptr<adapters::SqliteStore>> store =
        adapters::SqliteStore::open(settings.data_folder, adapters::StoreMode::create_and_migrate, {.serves = true});
    if (!store) {
        return refuse(store.error());
    }
    auto parts =
        std::make_unique<Parts>(settings, std::move(*log), std::move(*tokens), std::move(*vault), std::move(*store));
    return std::unique_ptr<Service>(new Service(std::move(parts)));
}

Result<std::uint16_t> Service::listen() {
    const Result<std::uint16_t> port = parts_->server.listen();
    if (port) {
        parts_->log->write(LogLevel::info, "service", fmt::format("Listening on {}", address(parts_->host, *port)), {});
    } else {
        parts_->log->write(LogLevel::error, "service", fmt::format("Cannot start: {}", flow::in_english(port.error())),
                           {});
    }
    return port;
}

ports::Store& Service::store() {
    return *parts_->store;
}

flow::RunControl& Service::runs() {
    return parts_->daily.runs();
}

Timer& Service::timer() {
    return parts_->timer;
}

void Service::run() {
    Parts& parts = *parts_;
    parts.signals.emplace(
        parts.io.get_executor(), [&parts](int) { parts.begin_stop(); }, [&parts] { parts.log->reopen(); });
    boost::asio::co_spawn(parts.io, parts.make_reports(), rethrow);
    boost::asio::co_spawn(parts.io, parts.answer_requests(), rethrow);
    adapters::notify_ready("serving");
    if (task_) {
        boost::asio::co_spawn(parts.io, task_(), rethrow);
    }
    parts.io.run();
    parts.log->write(LogLevel::info, "service", "Stopped", {});
}

void Service::stop() {
    parts_->begin_stop();
}

/// Before the first run nothing is known of a graph but whether there is anything to take one from.
Task<Result<void>> Service::Parts::graph_state() const {
    if (const std::optional<Result<void>>& state = daily.graph_state()) {
        co_return *state;
    }
    if (!has_graph_source) {
        co_return fail(ErrorKind::unavailable, {"shelf.not_configured", {}});
    }
    co_return Result<void>();
}

/// An operator who lost or changed a key should hear of it from us, not from the users.
Task<void> Service::Parts::look_at_links() {
    const Result<SealedLinks> links = co_await try_sealed_links(*store, *vault);
    if (!links) {
        log->write(LogLevel::error, "service",
                   fmt::format("Cannot tell whether the users' nodes can be read: {}", flow::in_english(links.error())),
                   {});
        co_return;
    }
    if (links->closed > 0) {
        log->write(LogLevel::warning, "service",
                   fmt::format("{} of {} connected nodes cannot be read: neither MCP_SECRETS_KEY nor "
                               "MCP_SECRETS_KEY_OLD opens their credentials; give the key that sealed them, or have "
                               "their users connect them anew",
                               links->closed, links->closed + links->opened),
                   {});
    }
    if (links->outdated > 0) {
        log->write(LogLevel::info, "service",
                   fmt::format("{} credentials are still sealed with MCP_SECRETS_KEY_OLD; 'mcp-api migrate "
                               "--rotate-secrets' seals them anew",
                               links->outdated),
                   {});
    }
}

Task<void> Service::Parts::make_reports() {
    co_await providers.load();
    co_await look_at_links();
    co_await daily.run();
}

Task<void> Service::Parts::answer_requests() {
    co_await server.serve();
    server_ended.set();
}

void Service::Parts::begin_stop() {
    if (!is_stopping) {
        is_stopping = true;
        boost::asio::co_spawn(io, stop_gently(), rethrow);
    }
}

/// Whatever still goes on after twenty seconds is cut off: reports stay owed, the store is whole at any moment.
Task<void> Service::Parts::stop_gently() {
    adapters::notify_stopping("stopping");
    log->write(LogLevel::info, "service", "Stopping", {});
    signals->close();
    auto cut_off = std::make_shared<boost::asio::steady_timer>(io, kStopMost);
    cut_off->async_wait([this, cut_off](const boost::system::error_code& cancelled) {
        if (!cancelled) {
            log->write(LogLevel::warning, "service", "Stopped before all was done; the next start goes on with it", {});
            io.stop();
        }
    });
    daily.stop();
    node_http->close();
    http->close(); // a graph that is being fetched may take minutes
    server.drain(kDrainMost);
    co_await daily.ended();
    co_await server_ended.wait();
    cut_off->cancel();
    io.stop();
}

/// Threads first: they work on what coroutines own.
Service::Parts::~Parts() {
    node_http.reset();
    http.reset();
    compute.join();
    blocking.join();
    store.reset();
    io.shutdown();
}

} // namespace mcp::app
