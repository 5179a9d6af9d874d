#include "app/commands/agent.hpp"

#include "adapters/files/atomic_file.hpp"
#include "adapters/files/read_file.hpp"
#include "adapters/log/line_log.hpp"
#include "adapters/nodes/node_reader.hpp"
#include "adapters/security/agent_key.hpp"
#include "adapters/security/credentials.hpp"
#include "adapters/system/no_core_dump.hpp"
#include "adapters/system/notify.hpp"
#include "adapters/system/service_signals.hpp"
#include "adapters/system/system_clock.hpp"
#include "app/agent/agent.hpp"
#include "app/sources/asking_world.hpp"
#include "domain/user.hpp"
#include "flow/crew.hpp"
#include "flow/tell.hpp"

#include <charconv>
#include <fmt/format.h>
#include <memory>
#include <sys/stat.h>
#include <utility>

namespace mcp::app {
namespace {

constexpr const char* kName = "agent";

/// "05:40" as minutes after midnight; nothing for what is no time of day.
std::optional<std::chrono::minutes> time_of_day(std::string_view text) {
    int hour = 0;
    int minute = 0;
    const auto number = [&](std::size_t from, int& value) {
        const char* const end = text.data() + from + 2;
        return std::from_chars(text.data() + from, end, value).ptr == end;
    };
    const bool is_time = text.size() == 5 && text[2] == ':' && number(0, hour) && number(3, minute) && hour >= 0 &&
                         hour < 24 && minute >= 0 && minute < 60;
    return is_time ? std::optional(std::chrono::hours{hour} + std::chrono::minutes{minute}) : std::nullopt;
}

std::optional<Message> fault_of_agent_call(const AgentOptions& options) {
    if (!options.node.is_given()) {
        return Message{"usage.agent_no_node", {}};
    }
    if (std::optional<Message> fault = fault_of_call(options.node)) {
        return fault;
    }
    if (!time_of_day(options.at)) {
        return Message{"usage.agent_at", {{"given", options.at}}};
    }
    if (options.dry_run) {
        return std::nullopt;
    }
    if (options.service.empty()) {
        return Message{"usage.agent_no_service", {}};
    }
    if (!is_service_url(options.service)) {
        return Message{"usage.agent_service", {{"given", options.service}}};
    }
    if (options.user.empty()) {
        return Message{"usage.agent_no_user", {}};
    }
    if (!domain::is_valid_id(options.user)) {
        return Message{"usage.agent_user", {}};
    }
    return options.key_file.empty() ? std::optional(Message{"usage.agent_no_key", {}}) : std::nullopt;
}

/// What an earlier agent left beside its key. A file that is damaged costs a day's uptime and some questions to the
/// node, no more: it is told and begun anew.
AgentMemory recall(const std::string& path, Log& log) {
    const Result<std::string> text = adapters::read_file(path, kMemoryBytesMax);
    const Result<AgentMemory> memory = text ? read_memory(*text) : fail(text.error());
    if (memory) {
        return *memory;
    }
    if (memory.error().kind != ErrorKind::not_found) {
        log.write(LogLevel::warning, kName, fmt::format("{} is begun anew: {}", path, flow::in_english(memory.error())),
                  {});
    }
    return {};
}

Result<std::unique_ptr<Log>> log_to_stderr() {
    return adapters::LineLog::open({}, adapters::now_in_milliseconds)
        .map([](std::unique_ptr<adapters::LineLog> log) -> std::unique_ptr<Log> { return log; });
}

/// Works until SIGTERM or SIGINT.
Task<Result<void>> work_on(Agent& agent, AskingWorld& world) {
    Event stop(world.executor());
    adapters::ServiceSignals signals(
        world.executor(), [&stop](int) { stop.set(); }, [] {});
    flow::Crew crew(world.executor());
    crew.begin(agent.deliver_daily());
    crew.begin(agent.watch());
    adapters::notify_ready("beside the node");
    co_await stop.wait();
    adapters::notify_stopping("stopping");
    signals.close();
    world.stop_asking();
    co_await crew.end();
    co_return Result<void>();
}

/// One call of the command, after it was found to be right.
class AgentCall {
public:
    AgentCall(const AgentOptions& options, std::unique_ptr<Log> log, Io& io)
        : options_(options), io_(io), world_(io, std::move(log)), reader_({.http = world_.http(),
                                                                           .timer = world_.env().timer,
                                                                           .clock = world_.env().clock,
                                                                           .work = world_.env().compute,
                                                                           .addresses = {.anywhere = true}}) {}

    int run() {
        Result<GivenNode> node = given_node(options_.node, reader_, credentials_, io_.clock.now());
        if (!node) {
            return report_failure(io_, node.error());
        }
        for (const Message& advice : node->advice) {
            warn(io_, advice);
        }
        settings_.access = std::move(node->access);
        settings_.access_ends = node->expires_at;
        settings_.schedule = {.enabled = true, .at = *time_of_day(options_.at)};
        return options_.dry_run ? show() : send();
    }

private:
    /// Prints what would be sent.
    int show() {
        SnapshotPost nowhere(world_.http(), "", {});
        Agent agent({world_.env(), reader_, nowhere, [](const AgentMemory&) { return Result<void>(); }}, settings_, {});
        const Result<std::string> statement = world_.run(agent.read());
        return statement ? deliver(io_, *statement + "\n") : report_failure(io_, statement.error());
    }

    int send() {
        const Result<adapters::AgentKey> known = adapters::AgentKey::load(options_.key_file);
        if (known) {
            return send_as(*known);
        }
        if (known.error().kind != ErrorKind::not_found) {
            return report_failure(io_, known.error());
        }
        const adapters::AgentKey fresh = adapters::AgentKey::make();
        if (const Result<void> saved = fresh.save(options_.key_file); !saved) {
            return report_failure(io_, saved.error());
        }
        const int told = tell_key(fresh);
        return told != ExitStatus::kDone || options_.once ? told : send_as(fresh); // nobody knows it yet
    }

    /// Says how to let the service know a new key.
    int tell_key(const adapters::AgentKey& key) {
        const std::string service = options_.service.substr(0, options_.service.find_last_not_of('/') + 1);
        const Message words{"agent.registration",
                            {{"file", options_.key_file},
                             {"key", key.public_key()},
                             {"service", service},
                             {"user", options_.user},
                             {"body", R"({"kind": "agent", "agent_key": ")" + key.public_key() + R"("})"}}};
        return deliver(io_, language::render(words, io_.language));
    }

    int send_as(const adapters::AgentKey& key) {
        SnapshotPost post(
            world_.http(), options_.service,
            {options_.user, key.public_key(), [&key](std::string_view bytes) { return key.sign(bytes); }});
        const std::string file = options_.key_file + ".state";
        const auto keep = [&file](const AgentMemory& memory) {
            return adapters::write_atomically(file, memory_text(memory), S_IRUSR | S_IWUSR).map_error([&](Error fault) {
                return std::move(fault).in({"file.path", {{"path", file}}});
            });
        };
        Agent agent({world_.env(), reader_, post, keep}, settings_, recall(file, world_.env().log));
        const Result<void> ended = world_.run(options_.once ? agent.deliver() : work_on(agent, world_));
        return ended ? ExitStatus::kDone : report_failure(io_, ended.error());
    }

    const AgentOptions& options_;
    Io& io_;
    AskingWorld world_;
    adapters::HttpNodeReader reader_;
    adapters::NodeCredentials credentials_;
    AgentSettings settings_;
};

} // namespace

int run_agent(const AgentOptions& options, Io& io) {
    if (const std::optional<Message> fault = fault_of_agent_call(options)) {
        return refuse_call(io, *fault);
    }
    adapters::forbid_core_dumps();
    Result<std::unique_ptr<Log>> log = log_to_stderr();
    return log ? AgentCall(options, *std::move(log), io).run() : report_failure(io, log.error());
}

} // namespace mcp::app
