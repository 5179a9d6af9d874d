#include "bench/calibration/recording.hpp"

#include "adapters/sources/gossip_file.hpp"
#include "language/language.hpp"

#include <set>
#include <stdexcept>
#include <thread>

namespace mcp::calibration {
namespace {

using analysis::DayFacts;
using analysis::NodeDay;
using domain::PubKey;

std::set<PubKey> keys_of_large_nodes(const std::vector<std::unique_ptr<DayFacts>>& days) {
    std::set<PubKey> keys;
    for (const auto& day : days) {
        for (domain::NodeId id = 0; id < day->network.nodes.size(); ++id) {
            if (day->network.channels_of(id).size() >= kFewestChannels) {
                keys.insert(day->network.nodes[id].key);
            }
        }
    }
    return keys;
}

NodeDays follow(const PubKey& key, const std::vector<std::unique_ptr<DayFacts>>& days) {
    NodeDays node;
    for (const auto& day : days) {
        const std::optional<domain::NodeId> id = day->network.find(key);
        node.push_back(id ? std::make_unique<NodeDay>(*day, *id) : nullptr);
    }
    return node;
}

} // namespace

std::unique_ptr<DayFacts> facts_of_file(const std::string& path, Day date) {
    Result<adapters::LoadedGraph> graph = adapters::load_graph(path);
    if (!graph) {
        throw std::runtime_error(language::render(graph.error(), language::Language::en));
    }
    const unsigned threads = std::max(1u, std::thread::hardware_concurrency());
    analysis::DayBetweenness betweenness = analysis::compute_betweenness(graph->network, threads);
    return std::make_unique<DayFacts>(std::move(graph->network), date, std::move(betweenness));
}

Recording::Recording(std::vector<std::unique_ptr<DayFacts>> days) : days_(std::move(days)) {
    const DayFacts* earlier = nullptr;
    for (const auto& day : days_) {
        health_.push_back(analysis::graph_health(*day, earlier));
        earlier = day.get();
    }
    for (const PubKey& key : keys_of_large_nodes(days_)) {
        nodes_.push_back(follow(key, days_));
    }
}

bool large_enough(const NodeDays& node, std::size_t day) {
    return node[day] != nullptr && node[day]->view.channels().size() >= kFewestChannels;
}

} // namespace mcp::calibration
