#include "graph/path_table.hpp"

#include "graph/in_chunks.hpp"

#include <array>
#include <limits>

namespace mcp::graph {
namespace {

constexpr std::uint32_t kNoPath = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t kFar = kNoPath - 1; ///< look among the far pairs
constexpr double kMostPaths = std::numeric_limits<std::uint16_t>::max();
constexpr std::size_t kMostFarPairs = 1'000'000; ///< some 50 MB; a graph with more of them is searched anew

} // namespace

PathTable::PathTable(CsrGraph graph, unsigned threads, std::size_t max_bytes)
    : graph_(std::move(graph)), reversed_(graph_.reversed()), rows_(lines_of(graph_)), columns_(lines_of(reversed_)) {
    const std::size_t pairs = std::size_t{rows_.count()} * columns_.count();
    if (pairs * (sizeof(distance_[0]) + sizeof(paths_[0])) <= max_bytes) {
        distance_.resize(pairs);
        paths_.resize(pairs);
        fill(threads);
    }
}

std::size_t PathTable::bytes() const {
    return distance_.size() * sizeof(distance_[0]) + paths_.size() * sizeof(paths_[0]) +
           far_.size() * (sizeof(FarPairs::value_type) + 2 * sizeof(void*));
}

PathTable::Lines PathTable::lines_of(const CsrGraph& graph) {
    Lines lines;
    lines.seat.resize(graph.vertices());
    const auto degree = [&](Vertex v) { return graph.targets(v).size(); };
    const auto borrows = [&](Vertex v) { return degree(v) == 1 && degree(graph.targets(v)[0]) > 1; };
    for (Vertex v = 0; v < graph.vertices(); ++v) {
        if (degree(v) > 0 && !borrows(v)) {
            lines.seat[v] = {lines.count(), 0, v};
            lines.vertex.push_back(v);
        }
    }
    for (Vertex v = 0; v < graph.vertices(); ++v) {
        if (borrows(v)) {
            const Vertex neighbour = graph.targets(v)[0];
            lines.seat[v] = {lines.seat[neighbour].line, graph.weights(v)[0], neighbour};
        }
    }
    return lines;
}

void PathTable::fill(unsigned threads) {
    std::array<FarPairs, kChunks> far;
    in_chunks(rows_.count(), threads, [&](std::uint32_t chunk, std::uint32_t begin, std::uint32_t end) {
        ShortestPathSearch search(graph_);
        for (std::uint32_t row = begin; row < end && far[chunk].size() <= kMostFarPairs; ++row) {
            write_row(row, search.from(rows_.vertex[row]), far[chunk]);
        }
    });
    for (FarPairs& part : far) {
        far_.merge(part);
    }
    if (far_.size() > kMostFarPairs) {
        forget();
    }
}

void PathTable::write_row(std::uint32_t row, const PathCounts& found, FarPairs& far) {
    std::size_t cell = std::size_t{row} * columns_.count();
    for (const Vertex target : columns_.vertex) {
        const std::int64_t distance = found.distance[target];
        const double paths = found.paths[target];
        const bool fits = distance < kFar && paths <= kMostPaths;
        if (distance != kUnreached && !fits) {
            far.emplace(cell, Far{distance, paths});
        }
        distance_[cell] = fits ? static_cast<std::uint32_t>(distance) : distance == kUnreached ? kNoPath : kFar;
        paths_[cell] = fits ? static_cast<std::uint16_t>(paths) : std::uint16_t{0};
        ++cell;
    }
}

void PathTable::forget() {
    distance_ = {};
    paths_ = {};
    far_ = {};
}

PathReader::PathReader(const PathTable& table)
    : table_(table), forward_(table.graph()),
      backward_(table.reversed()), line_{std::vector<std::int64_t>(table.vertices()),
                                         std::vector<double>(table.vertices())} {}

const PathCounts& PathReader::from(Vertex source) {
    return table_.kept() ? read(table_.rows_, table_.columns_, source, 1, table_.columns_.count())
                         : forward_.from(source);
}

const PathCounts& PathReader::into(Vertex target) {
    return table_.kept() ? read(table_.columns_, table_.rows_, target, table_.columns_.count(), 1)
                         : backward_.from(target);
}

const PathCounts& PathReader::read(const PathTable::Lines& along, const PathTable::Lines& across, Vertex v,
                                   std::size_t step, std::size_t stride) {
    const PathTable::Seat& seat = along.seat[v];
    if (seat.line == PathTable::kNoLine) {
        std::fill(line_.distance.begin(), line_.distance.end(), kUnreached);
        std::fill(line_.paths.begin(), line_.paths.end(), 0.0);
    } else {
        for (Vertex end = 0; end < table_.vertices(); ++end) {
            const PathTable::Seat& crossing = across.seat[end];
            // a vertex without a line across is one that nothing reaches
            line_.distance[end] = kUnreached;
            line_.paths[end] = 0;
            if (crossing.line != PathTable::kNoLine) {
                unpack(seat.line * stride + crossing.line * step, end);
                if (line_.paths[end] > 0) {
                    line_.distance[end] += seat.offset + crossing.offset;
                }
            }
        }
        line_.distance[seat.through] = seat.offset;
        line_.paths[seat.through] = 1;
    }
    line_.distance[v] = 0;
    line_.paths[v] = 1;
    return line_;
}

void PathReader::unpack(std::size_t cell, Vertex v) {
    const std::uint32_t distance = table_.distance_[cell];
    if (distance < kFar) {
        line_.distance[v] = distance;
        line_.paths[v] = table_.paths_[cell];
    } else if (distance == kFar) {
        const PathTable::Far& far = table_.far_.at(cell);
        line_.distance[v] = far.distance;
        line_.paths[v] = far.paths;
    }
}

} // namespace mcp::graph
