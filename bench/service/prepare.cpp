#include "adapters/sources/gossip_file.hpp"
#include "adapters/store/sqlite/sqlite_store.hpp"
#include "analysis/open_search.hpp"
#include "flow/openings.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <fmt/format.h>

// bench_service FOLDER GRAPH USERS: puts users into the store of FOLDER, one for each of the graph's nodes that have
// channels, those with most channels first, with kept openings, so that their reports need no fresh what-if.
namespace mcp::bench {
namespace {

using adapters::SqliteStore;
using adapters::StoreMode;

constexpr std::size_t kFees = 8;

std::vector<domain::NodeId> largest_nodes(const domain::Network& network, std::size_t count) {
    std::vector<domain::NodeId> nodes;
    for (std::size_t i = 0; i < network.nodes.size(); ++i) {
        const auto node = static_cast<domain::NodeId>(i);
        if (!network.channels_of(node).empty()) {
            nodes.push_back(node);
        }
    }
    std::stable_sort(nodes.begin(), nodes.end(), [&](domain::NodeId a, domain::NodeId b) {
        return network.channels_of(a).size() > network.channels_of(b).size();
    });
    nodes.resize(std::min(count, nodes.size()));
    return nodes;
}

/// An advice of the usual size and shape; its figures are made up, which costs a report what real ones cost.
analysis::OpenAdvice advice_of_usual_size(const std::vector<domain::NodeId>& nodes, std::size_t number) {
    analysis::OpenAdvice advice{.capacity = analysis::kOpeningCapacity,
                                .amount = analysis::kTypicalPayment,
                                .betweenness_now = 1000,
                                .usual_fee = Ppm{100},
                                .own_fees = {},
                                .candidates = {}};
    for (std::size_t fee = 0; fee < kFees; ++fee) {
        advice.own_fees.push_back(Ppm{static_cast<std::int64_t>(fee * 100 + 1)});
    }
    for (std::size_t i = 1; i <= analysis::kOpeningsTried; ++i) {
        analysis::OpenCandidate candidate{.peer = nodes[(number + i * 37) % nodes.size()],
                                          .arrivals = 1234.5 / static_cast<double>(i),
                                          .departures = {}};
        for (std::size_t fee = 0; fee < kFees; ++fee) {
            candidate.departures.push_back(98765.4 / static_cast<double>(i * (fee + 1)));
        }
        advice.candidates.push_back(std::move(candidate));
    }
    return advice;
}

Task<void> fill(SqliteStore& store, const domain::Network& network, std::size_t users) {
    const std::vector<domain::NodeId> nodes = largest_nodes(network, users);
    const Time now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        domain::User user{.id = fmt::format("user-{:05}", i),
                          .tenant = "bench",
                          .node = network.nodes[nodes[i]].key,
                          .node_verified = false,
                          .language = i % 2 == 0 ? domain::Language::en : domain::Language::fr,
                          .daily_report = true,
                          .created_at = now,
                          .updated_at = now};
        const Result<void> put = co_await store.put_user(std::move(user));
        ports::KeptOpenings openings = flow::to_keep(advice_of_usual_size(nodes, i), network, nodes[i],
                                                     std::chrono::floor<std::chrono::days>(now));
        const Result<void> kept = co_await store.keep_openings(std::move(openings));
        if (!put || !kept) {
            throw std::runtime_error("the store refused a user");
        }
    }
    fmt::print("{}\n", nodes.size());
}

int run(const std::string& folder, const std::string& graph_file, std::size_t users) {
    const auto graph = adapters::load_graph(graph_file);
    const auto store = SqliteStore::open(folder, StoreMode::create_and_migrate, {.is_safe = false});
    if (!graph || !store) {
        fmt::print(stderr, "bench_service: {}\n", graph ? store.error().what.key : graph.error().what.key);
        return 1;
    }
    boost::asio::io_context io;
    boost::asio::co_spawn(io, fill(**store, graph->network, users), [](const std::exception_ptr& thrown) {
        if (thrown) {
            std::rethrow_exception(thrown);
        }
    });
    io.run();
    return 0;
}

} // namespace
} // namespace mcp::bench

int main(int argc, char** argv) {
    if (argc != 4) {
        fmt::print(stderr, "usage: bench_service FOLDER GRAPH USERS\n");
        return 2;
    }
    return mcp::bench::run(argv[1], argv[2], std::strtoul(argv[3], nullptr, 10));
}
