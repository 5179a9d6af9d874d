#include "app/sources/probes.hpp"

#include "adapters/sources/gossip_file.hpp"
#include "app/config/keys.hpp"
#include "app/sources/graph_places.hpp"
#include "app/sources/provider_set.hpp"
#include "domain/figure.hpp"

#include <algorithm>

namespace mcp::app {
namespace {

namespace source = domain::source;

constexpr std::chrono::seconds kProbeMost{30};

bool is_set(std::string_view key_name, const Settings& settings) {
    const std::vector<ConfigKey>& keys = config_keys();
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const ConfigKey& one) { return one.name == key_name; });
    const auto* member = key == keys.end() ? nullptr : std::get_if<std::string Settings::*>(&key->member);
    return member != nullptr && !(settings.**member).empty();
}

/// All kinds of MCP_GRAPH_SOURCES, with the source of the table that each of them is.
constexpr std::pair<std::string_view, std::string_view> kGraphKinds[] = {
    {"lnd", source::kLndGraph}, {"cln", source::kClnGraph}, {"file", source::kGraph}, {"rgs", source::kRgs}};

bool is_left_out(const adapters::SourceRow& row, const Settings& settings) {
    const auto* const kind = std::find_if(std::begin(kGraphKinds), std::end(kGraphKinds),
                                          [&](const auto& one) { return one.second == row.name; });
    const std::vector<std::string>& wanted = settings.graph_sources;
    return kind != std::end(kGraphKinds) && std::find(wanted.begin(), wanted.end(), kind->first) == wanted.end();
}

Settings asking_all_graphs(Settings settings) {
    settings.graph_sources.clear();
    for (const auto& [kind, name] : kGraphKinds) {
        settings.graph_sources.emplace_back(kind);
    }
    return settings;
}

SourceProbe untried(const adapters::SourceRow& row, const Settings& settings) {
    SourceProbe probe{.row = &row};
    probe.is_left_out = is_left_out(row, settings);
    for (const std::string_view key : row.needs) {
        if (is_set(key, settings)) {
            probe.is_configured = true;
        } else {
            probe.missing.push_back(key);
        }
    }
    return probe;
}

/// The tries themselves: each fills in what it learns.
class Trying {
public:
    Trying(const Settings& settings, Env& env, ports::HttpClient& http, const boost::asio::any_io_executor& executor)
        : settings_(settings), env_(env), providers_(settings, env, http, nullptr, executor),
          feeds_(make_feeds(asking_all_graphs(settings), {.http = http, .timer = env.timer, .files = env.blocking})) {}

    Task<void> probe(SourceProbe& probe) {
        const Timer::Span began = env_.timer.now();
        if (probe.row->name == source::kGraph) {
            co_await look_at_file(probe);
        }
        for (const std::unique_ptr<adapters::GraphFeed>& feed : feeds_) {
            if (feed->name() == probe.row->name) {
                co_await ask(*feed, probe);
            }
        }
        for (const flow::AskedSource& asked : providers_.asked()) {
            if (asked.source->name() == probe.row->name) {
                co_await ask(*asked.source, probe);
            }
        }
        probe.took = env_.timer.now() - began;
    }

private:
    Task<void> look_at_file(SourceProbe& probe) {
        auto load = [path = settings_.graph_file] { return adapters::load_graph(path); };
        Result<adapters::LoadedGraph> graph = co_await run_on(env_.compute, load);
        if (graph) {
            probe.as_of = graph->network.as_of;
        } else {
            probe.fault = std::move(graph.error());
        }
    }

    Task<void> ask(adapters::GraphFeed& feed, SourceProbe& probe) {
        Result<adapters::FeedFacts> facts = co_await feed.probe(kProbeMost);
        if (facts) {
            probe.version = std::move(facts->version);
            probe.as_of = facts->as_of;
        } else {
            probe.fault = std::move(facts.error());
        }
    }

    /// Of what a provider can be asked about the network the last is the dearest; it is what it dates, if anything.
    Task<void> ask(ports::Source& provider, SourceProbe& probe) {
        const std::span<const ports::Question> questions = provider.questions();
        const auto question =
            std::find_if(questions.rbegin(), questions.rend(), [](const auto& q) { return !q.of_node; });
        if (question == questions.rend()) {
            co_return;
        }
        std::vector<domain::PubKey> no_nodes;
        Result<std::vector<Result<std::string>>> answers = co_await provider.ask(*question, std::move(no_nodes));
        if (!answers || !answers->front()) {
            probe.fault = answers ? answers->front().error() : answers.error();
            co_return;
        }
        domain::Outside told;
        if (Result<void> read = provider.read(*question, *answers->front(), env_.clock.now(), told); !read) {
            probe.fault = std::move(read.error());
        } else if (!told.networks.empty() && told.networks.front().as_of) {
            probe.as_of = Time(*told.networks.front().as_of);
        }
    }

    const Settings& settings_;
    Env& env_;
    ProviderSet providers_;
    std::vector<std::unique_ptr<adapters::GraphFeed>> feeds_;
};

} // namespace

Task<std::vector<SourceProbe>> probe_sources(const Settings& settings, Env& env, ports::HttpClient& http,
                                             boost::asio::any_io_executor executor) {
    Trying trying(settings, env, http, executor);
    std::vector<SourceProbe> probes;
    for (const adapters::SourceRow& row : adapters::source_rows()) {
        if (row.needs.empty()) { // nothing to be configured
            continue;
        }
        probes.push_back(untried(row, settings));
        if (probes.back().missing.empty()) {
            co_await trying.probe(probes.back());
        }
    }
    co_return probes;
}

} // namespace mcp::app
