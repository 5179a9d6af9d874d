#include "adapters/sources/gossip_file.hpp"
#include "bench/graph/cases.hpp"
#include "graph/lanes/lane_path.hpp"

#include <cstring>
#include <fmt/format.h>
#include <fstream>

// bench_graph FILE [CASE...]: FILE as `lncli describegraph` prints it, plain or packed; all cases when none is named.
namespace mcp::bench {
namespace {

constexpr Case kCases[] = {
    {"betweenness", betweenness_case},
};

std::string cpu_name() {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        if (line.starts_with("model name")) {
            return line.substr(line.find(':') + 2);
        }
    }
    return "unknown";
}

bool is_wanted(const Case& bench_case, int count, char** names) {
    return count == 0 ||
           std::any_of(names, names + count, [&](const char* name) { return std::strcmp(name, bench_case.name) == 0; });
}

int run(int argc, char** argv) {
    auto loaded = adapters::load_graph(argv[1]);
    if (!loaded) {
        fmt::print(stderr, "bench_graph: {}: {}\n", argv[1], loaded.error().what.key);
        return 1;
    }
    const Input input{argv[1], std::move(loaded->network)};
    fmt::print("CPU {}, lanes {}; CPU seconds of one thread; {}: {} nodes, {} channels\n", cpu_name(),
               graph::name_of(graph::fastest_lane_path()), input.path, input.network.nodes.size(),
               input.network.channels.size());
    for (const Case& bench_case : kCases) {
        if (is_wanted(bench_case, argc - 2, argv + 2)) {
            bench_case.run(input);
        }
    }
    return 0;
}

} // namespace
} // namespace mcp::bench

int main(int argc, char** argv) {
    if (argc < 2) {
        fmt::print(stderr, "usage: bench_graph FILE [CASE...]\n");
        return 2;
    }
    return mcp::bench::run(argc, argv);
}
