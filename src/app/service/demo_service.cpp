#include "app/service/demo_service.hpp"

#include "adapters/security/jwt_issuer.hpp"
#include "adapters/system/system_chance.hpp"
#include "app/service/service.hpp"
#include "flow/runs.hpp"
#include "ports/store.hpp"

#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <ostream>

namespace mcp::app {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::hours kTokenLife{24};
constexpr std::chrono::milliseconds kLook{100};
constexpr const char* kAdmin = "operator";

/// A folder for this demo alone, gone with it.
class OwnFolder {
public:
    OwnFolder() : path_((fs::temp_directory_path() / "mcp-api-demo-XXXXXX").string()) {
        if (::mkdtemp(path_.data()) == nullptr) {
            path_.clear();
        }
    }
    ~OwnFolder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    OwnFolder(const OwnFolder&) = delete;
    OwnFolder& operator=(const OwnFolder&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

private:
    std::string path_;
};

/// 64 hex digits that nobody else knows.
std::string new_secret() {
    adapters::SystemChance chance;
    return fmt::format("{:016x}{:016x}{:016x}{:016x}", chance.bits(), chance.bits(), chance.bits(), chance.bits());
}

LoadedSettings demo_settings(const std::string& folder, const std::string& graph_file, language::Language language) {
    LoadedSettings loaded{.settings = default_settings(), .all = {}, .file = {}, .other_file = {}, .warnings = {}};
    Settings& settings = loaded.settings;
    settings.data_folder = folder;
    settings.rag_folder = folder + "/rag/RAG_assets";
    settings.graph_file = graph_file;
    settings.log_file = folder + "/app.log";
    settings.scheduler_enabled = false; // the run is started by hand, at once
    settings.jwt_secret = new_secret();
    settings.default_language = std::string(language::code(language));
    settings.complete();
    return loaded;
}

/// The usual port; any free one where another program has it.
Result<std::unique_ptr<Service>> build_and_listen(LoadedSettings loaded, std::uint16_t& port) {
    Result<std::unique_ptr<Service>> service = Service::build(loaded, false);
    if (!service) {
        return service;
    }
    Result<std::uint16_t> taken = (*service)->listen();
    if (!taken && loaded.settings.port != 0) {
        service->reset(); // gives the store back
        loaded.settings.port = 0;
        return build_and_listen(std::move(loaded), port);
    }
    if (!taken) {
        return fail(std::move(taken.error()));
    }
    port = *taken;
    return service;
}

class Guide {
public:
    Guide(const DemoService& demo, Service& service, std::string secret, std::string folder, std::uint16_t port, Io& io)
        : demo_(demo), service_(service), secret_(std::move(secret)), folder_(std::move(folder)),
          base_(fmt::format("http://127.0.0.1:{}", port)), io_(io) {}

    [[nodiscard]] int status() const { return status_; }

    Task<void> lead() {
        const Result<void> made = co_await make_reports();
        if (!made) {
            status_ = report_failure(io_, made.error());
            service_.stop();
            co_return;
        }
        print_calls();
        if (demo_.once) {
            service_.stop();
        }
    }

private:
    Task<Result<void>> make_reports() {
        for (const DemoUser& user : demo_.users) {
            Result<void> put = co_await service_.store().put_user(as_user(user));
            if (!put) {
                co_return put;
            }
        }
        Result<flow::TriggeredRun> run = co_await service_.runs().trigger(std::nullopt);
        if (!run) {
            co_return fail(std::move(run.error()));
        }
        say({"demo.run_begins", {{"users", static_cast<std::int64_t>(demo_.users.size())}}});
        std::int64_t told = -1;
        while (true) {
            Result<std::optional<flow::RunProgress>> progress = co_await service_.runs().progress(run->task_id);
            if (!progress) {
                co_return fail(std::move(progress.error()));
            }
            const ports::Run& now = (*progress)->run;
            if (now.done + now.failed != told && (*progress)->total) {
                told = now.done + now.failed;
                say({"demo.run_progress", {{"done", told}, {"total", *(*progress)->total}}});
            }
            if (now.state != ports::RunState::going_on) {
                co_return now.failed == 0 ? Result<void>()
                                          : fail(ErrorKind::internal, {"demo.run_failed", {{"log", log_file()}}});
            }
            co_await service_.timer().wait(kLook);
        }
    }

    [[nodiscard]] domain::User as_user(const DemoUser& user) const {
        const Time now = io_.clock.now();
        return {.id = user.id,
                .tenant = user.id,
                .node = user.node,
                .node_proof = domain::NodeProof::none,
                .language = io_.language,
                .daily_report = true,
                .created_at = now,
                .updated_at = now};
    }

    [[nodiscard]] std::string token(const std::string& user, bool is_admin) const {
        adapters::TokenClaims claims;
        claims.user_id = user;
        claims.is_admin = is_admin;
        return adapters::issue_token(secret_, claims, kTokenLife, io_.clock.now()).value();
    }

    [[nodiscard]] std::string log_file() const { return folder_ + "/app.log"; }

    void print_calls() {
        const std::string& first = demo_.users.front().id;
        say({demo_.once ? "demo.would_serve" : "demo.serving", {{"url", base_}, {"folder", folder_}}});
        for (const DemoUser& user : demo_.users) {
            print(fmt::format("export {}={}", shell_name(user.id), token(user.id, false)));
        }
        print(fmt::format("export {}={}\n", shell_name(kAdmin), token(kAdmin, true)));
        const std::string as_user = fmt::format("-H \"Authorization: Bearer ${}\"", shell_name(first));
        const std::string as_admin = fmt::format("-H \"Authorization: Bearer ${}\"", shell_name(kAdmin));
        print(fmt::format("curl -s {} {}/api/v1/reports/daily/latest | jq .report.summary", as_user, base_));
        print(fmt::format("curl -s {} {}/api/v1/user/profile/daily-report/status | jq", as_user, base_));
        print(fmt::format("curl -s {} {}/api/v1/admin/reports/daily/stats | jq", as_admin, base_));
        print(fmt::format("curl -s -X POST {} -H 'Content-Type: application/json' \\\n"
                          "     -d '{{\"user_ids\":[\"{}\"]}}' {}/api/v1/admin/reports/daily/trigger | jq",
                          as_admin, first, base_));
        print(fmt::format("curl -s {}/metrics | grep daily_reports", base_));
        print(fmt::format("jq .summary {}/rag/RAG_assets/reports/daily/{}/$(date -u +%Y%m%d).json", folder_, first));
        print(fmt::format("tail {}\n", log_file()));
        say({demo_.once ? "demo.ends" : "demo.until_interrupted", {{"url", base_}}});
    }

    static std::string shell_name(std::string_view id) {
        std::string name(id);
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::toupper(c); });
        return name;
    }
    void print(const std::string& line) { io_.out << line << '\n'; }
    void say(const Message& message) { io_.out << language::render(message, io_.language) << '\n' << std::flush; }

    const DemoService& demo_;
    Service& service_;
    std::string secret_;
    std::string folder_;
    std::string base_;
    Io& io_;
    int status_ = ExitStatus::kDone;
};

} // namespace

int run_demo_service(const DemoService& demo, Io& io) {
    const OwnFolder folder;
    if (folder.path().empty()) {
        return report_failure(io, {.kind = ErrorKind::unavailable, .what = {"demo.no_folder", {}}});
    }
    const LoadedSettings loaded = demo_settings(folder.path(), demo.graph_file, io.language);
    std::uint16_t port = 0;
    const Result<std::unique_ptr<Service>> service = build_and_listen(loaded, port);
    if (!service) {
        return report_failure(io, service.error());
    }
    Guide guide(demo, **service, loaded.settings.jwt_secret, folder.path(), port, io);
    (*service)->begin([&guide] { return guide.lead(); });
    (*service)->run();
    return guide.status() == ExitStatus::kDone ? deliver(io, "") : guide.status();
}

} // namespace mcp::app
