#include "tests/sim/world.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

namespace mcp::sim {
namespace {

/// Some nodes in a ring with some chords: each of them carries payments, none is at anybody's mercy.
test::NetworkBuilder ring(int nodes) {
    test::NetworkBuilder builder;
    for (int i = 0; i < nodes; ++i) {
        builder.channel(fmt::format("node {}", i), fmt::format("node {}", (i + 1) % nodes), 5'000'000);
        builder.channel(fmt::format("node {}", i), fmt::format("node {}", (i + 3) % nodes), 2'000'000, {.ppm = 50 + i});
    }
    return builder;
}

std::string date(Day day) {
    return fmt::format("{:%Y-%m-%d}", Time(day));
}

} // namespace

World::Service::Service(World& world, const flow::DailySettings& settings)
    : env{.clock = world.time.clock(),
          .timer = world.time.timer(),
          .log = world.log,
          .metrics = world.metrics,
          .chance = world.chance_,
          .compute = world.time.pool(),
          .blocking = world.time.pool()},
      queue(world.time.pool(), 20),
      daily({.env = env,
             .store = world.store(),
             .queue = queue,
             .graphs = world.graphs,
             .documents = world.documents_,
             .assets = world.assets,
             .sources = world.make_sources ? world.make_sources(env, world.store()) : std::vector<flow::AskedSource>(),
             .nodes = world.nodes,
             .vault = &world.vault},
            settings, world.time.pool()) {}

World::World(std::uint64_t seed, flow::DailySettings settings, int nodes_of_network)
    : time(kBegin), graphs(ring(nodes_of_network)), chance_(seed), mishap_(seed + 1), settings_(settings) {
    open_store();
}

World::~World() {
    kill();
}

void World::open_store() {
    real_ = open_store_in(folder_);
    shaky_ = std::make_unique<test::ShakyStore>(
        *real_, [this](std::string_view method, std::string user) { return before(method, std::move(user)); });
}

Task<std::optional<Error>> World::before(std::string_view method, std::string user) {
    ++calls[std::string(method)];
    if (faults.store_slow.count() > 0) {
        const auto most = std::chrono::duration_cast<Timer::Span>(faults.store_slow);
        const auto span = std::chrono::duration_cast<Timer::Span>(most * mishap_.share());
        co_await time.timer().wait(span);
    }
    if (faults.broken_users.contains(user) || mishap_.share() < faults.store_fails) {
        co_return Error{.kind = ErrorKind::unavailable, .what = {"system.disk_full", {}}};
    }
    co_return std::nullopt;
}

void World::add_user(const std::string& id, std::uint32_t node) {
    domain::User user{.id = id,
                      .tenant = "tenant of " + id,
                      .node = test::key_of(node),
                      .language = node % 2 == 0 ? domain::Language::fr : domain::Language::en,
                      .daily_report = true,
                      .created_at = time.now(),
                      .updated_at = time.now()};
    const Result<void> put = time.run(real_->put_user(std::move(user)));
    if (!put) {
        throw std::runtime_error("the store takes no user");
    }
    users_.push_back(id);
}

void World::connect(const std::string& id, domain::LinkKind kind, const std::string& url, const std::string& secret) {
    const bool is_agent = kind == domain::LinkKind::agent;
    domain::NodeLink link{.user_id = id,
                          .kind = kind,
                          .url = url,
                          .sealed = is_agent ? "" : vault.seal(id, {secret, {}}).value(),
                          .agent_key = {},
                          .expires_at = {},
                          .created_at = time.now()};
    const Result<void> put = time.run(real_->put_link(std::move(link)));
    if (!put) {
        throw std::runtime_error("the store takes no link");
    }
}

void World::start() {
    if (!real_) {
        open_store();
    }
    service_ = std::make_unique<Service>(*this, settings_);
    auto work = [](Service& service) -> Task<void> {
        co_await service.daily.run();
        service.has_ended = true;
    };
    time.start(work(*service_));
    time.run_ready();
}

void World::stop_gently() {
    service_->daily.stop();
    time.run_until_true([this] { return service_->has_ended; }, std::chrono::seconds{20});
    service_.reset();
}

void World::kill() {
    time.crash();
    service_.reset();
    shaky_.reset();
    real_.reset();
}

std::vector<std::string> World::broken_promises(Day first, Day last) {
    std::vector<std::string> broken;
    for (const std::string& id : users_) {
        check_user(id, first, last, broken);
    }
    check_runs(last, broken);
    return broken;
}

void World::check_user(const std::string& id, Day first, Day last, std::vector<std::string>& broken) {
    const std::int64_t many = 100;
    const Result<ports::HistoryPage> history = time.run(real_->history(
        {.user_id = id, .after = first - std::chrono::days{1}, .with_failures = true, .page = 1, .limit = many}));
    if (!history) {
        broken.push_back(id + ": the history cannot be read");
        return;
    }
    std::map<Day, int> reports;
    for (const ports::StoredReport& report : history->reports) {
        ++reports[report.report_date];
        const auto asset = assets.files.find({id, report.report_date});
        if (report.end == ports::ReportEnd::completed && !faults.assets_fail &&
            (asset == assets.files.end() || asset->second != *report.document)) {
            broken.push_back(fmt::format("{}: no asset of {}", id, date(report.report_date)));
        }
    }
    for (Day day = first; day <= last; day += std::chrono::days{1}) {
        if (reports[day] != 1) {
            broken.push_back(fmt::format("{}: {} reports of {}", id, reports[day], date(day)));
        }
    }
}

void World::check_runs(Day last, std::vector<std::string>& broken) {
    const Result<std::vector<ports::Run>> left = time.run(real_->runs_going_on());
    if (!left || !left->empty()) {
        broken.push_back("runs were left going on");
    }
    const Result<std::optional<ports::Run>> newest = time.run(real_->last_scheduled_run());
    if (!newest || !*newest || (*newest)->day < last) {
        broken.push_back("the last day was not run");
    }
}

} // namespace mcp::sim
