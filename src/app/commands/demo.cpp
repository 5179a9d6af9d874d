#include "app/commands/demo.hpp"

#include "adapters/render/report_text.hpp"
#include "adapters/system/stopwatch.hpp"
#include "app/commands/graph_facts.hpp"
#include "app/reports/graph_days.hpp"
#include "app/reports/node_report.hpp"
#include "app/service/demo_service.hpp"

#include <cmath>
#include <filesystem>

namespace mcp::app {
namespace {

using analysis::DayFacts;
using domain::NodeId;

constexpr const char* kSampleFiles[] = {"data/sample/mainnet-2024-09-22.describegraph.json.xz",
                                        "/usr/share/mcp-api/mainnet-2024-09-22.describegraph.json.xz"};
constexpr const char* kSampleDate = "2024-09-22";

Result<DemoOptions> with_sample(DemoOptions options) {
    if (!options.graph_file.empty()) {
        return options;
    }
    for (const char* file : kSampleFiles) {
        std::error_code ignored;
        if (std::filesystem::exists(file, ignored)) {
            return DemoOptions{.graph_file = file, .date = kSampleDate, .once = options.once};
        }
    }
    return fail(
        ErrorKind::not_found,
        {"error.no_sample", {{"first", std::string(kSampleFiles[0])}, {"second", std::string(kSampleFiles[1])}}});
}

/// A kind of node that a reader may recognise theirs in, and how to find one: the wanted share of the carriers above
/// it.
struct Kind {
    std::string_view title_key;
    const char* user; ///< who has such a node in the service
    double place;     ///< 0: the best placed of all carriers, 1: the last
    std::size_t channels_min;
    std::size_t channels_max;
};

constexpr Kind kKinds[] = {
    {"demo.hub", "alice", 0, 1, 1'000'000}, {"demo.router", "bob", 0.1, 20, 200}, {"demo.small", "carol", 0.6, 5, 9}};

/// The node of that kind whose betweenness rank (500 k sat) is nearest to the wanted place.
std::optional<NodeId> example_of(const Kind& kind, const DayFacts& day) {
    const double wanted = 1 + kind.place * (day.fee_500k.places() - 1);
    std::optional<NodeId> best;
    double best_distance = 0;
    for (NodeId id = 0; id < day.network.nodes.size(); ++id) {
        const std::size_t channels = day.network.channels_of(id).size();
        const std::optional<int> rank = day.fee_500k.rank(day.betweenness.fee_500k[id]);
        if (!rank || channels < kind.channels_min || channels > kind.channels_max) {
            continue;
        }
        const double distance = std::abs(*rank - wanted);
        if (!best || distance < best_distance) {
            best = id;
            best_distance = distance;
        }
    }
    return best;
}

/// Prints headings and the time of each step between the pages.
class Stage {
public:
    explicit Stage(Io& io) : io_(io) {}

    void title(std::string_view key) {
        io_.out << "\n=== " << language::render(Message{key, {}}, io_.language) << "\n\n";
    }
    void took(std::string_view key) {
        io_.out << "\n--- " << language::render(Message{key, {{"seconds", Decimal{watch_.lap(), 2}}}}, io_.language)
                << "\n";
    }
    void restart() { watch_.lap(); }

private:
    Io& io_;
    adapters::Stopwatch watch_;
};

} // namespace

int demo(const DemoOptions& asked, Io& io) {
    const Result<DemoOptions> options = with_sample(asked);
    if (!options) {
        return report_failure(io, options.error());
    }
    Stage stage(io);
    stage.title("demo.facts");
    if (const int status = graph_facts({.graph_file = options->graph_file}, io); status != ExitStatus::kDone) {
        return status;
    }
    stage.took("demo.took_facts");
    Result<DatedGraph> graph = read_graph_of_day(options->graph_file, parse_day(options->date), io);
    if (!graph) {
        return refuse_or_fail(io, graph.error());
    }
    stage.took("demo.took_reading");
    const adapters::BetweennessCache nothing_kept(""); // the demo shows the real time
    const Result<GraphDays> days = compute_days(std::move(*graph), {}, nothing_kept, io);
    if (!days) {
        return refuse_or_fail(io, days.error());
    }
    stage.took("demo.took_positions");
    const ReportMaker maker(*days, io);
    stage.took("demo.took_what_if");
    DemoService service{.graph_file = options->graph_file, .users = {}, .once = options->once};
    for (const Kind& kind : kKinds) {
        if (const std::optional<NodeId> node = example_of(kind, *days->today)) {
            stage.title(kind.title_key);
            stage.restart();
            const domain::Report report = maker.make(*node);
            io.out << adapters::report_text(report, io.language, {.columns = io.columns, .colour = io.colour});
            stage.took("demo.took_report");
            service.users.push_back({.id = kind.user, .node = report.node});
        }
    }
    stage.title("demo.service");
    return run_demo_service(service, io);
}

} // namespace mcp::app
