#include "graph/path_table.hpp"

#include "graph/beaten_arcs.hpp"
#include "graph/in_chunks.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>

namespace mcp::graph {
namespace {

constexpr std::uint32_t kNoPath = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint32_t kFar = kNoPath - 1; ///< look among the far pairs
constexpr double kMostPaths = std::numeric_limits<std::uint16_t>::max();
constexpr std::size_t kMostFarPairs = 1'000'000; ///< some 50 MB; a graph with more of them is searched anew

} // namespace

PathTable::PathTable(CsrGraph graph, unsigned threads, std::size_t max_bytes)
    : graph_(std::move(graph)), reversed_(graph_.reversed()), lean_(without_beaten_arcs(graph_)),
      lean_reversed_(lean_.reversed()), rows_(lines_of(lean_)), columns_(lines_of(lean_reversed_)),
      by_column_(graph_.vertices()) {
    std::iota(by_column_.begin(), by_column_.end(), 0);
    std::ranges::stable_sort(by_column_, {}, [&](Vertex v) { return columns_.seat[v].line; });
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
        ShortestPathSearch search(lean_);
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
    : table_(table), forward_(table.lean_),
      backward_(table.lean_reversed_), line_{std::vector<std::int64_t>(table.vertices()),
                                             std::vector<double>(table.vertices())} {}

const PathCounts& PathReader::from(Vertex source) {
    if (!table_.kept()) {
        return forward_.from(source);
    }
    const PathTable::Seat& seat = table_.rows_.seat[source];
    unpack(row(seat.line), seat, table_.columns_);
    set_ends(seat, source);
    return line_;
}

const PathCounts& PathReader::into(Vertex target) {
    if (!table_.kept()) {
        return backward_.from(target);
    }
    const PathTable::Seat& seat = table_.columns_.seat[target];
    unpack(column(seat.line), seat, table_.rows_);
    set_ends(seat, target);
    return line_;
}

PathReader::Packed PathReader::row(std::uint32_t line) const {
    if (line == PathTable::kNoLine) {
        return {};
    }
    const std::size_t begin = std::size_t{line} * table_.columns_.count();
    return {&table_.distance_[begin], &table_.paths_[begin], begin, 1};
}

PathReader::Packed PathReader::column(std::uint32_t line) {
    if (line == PathTable::kNoLine) {
        return {};
    }
    if (line / kTileColumns * kTileColumns != tile_.first) {
        fill_tile(line / kTileColumns * kTileColumns);
    }
    const std::size_t begin = std::size_t{line - tile_.first} * table_.rows_.count();
    return {&tile_.distance[begin], &tile_.paths[begin], line, table_.columns_.count()};
}

void PathReader::fill_tile(std::uint32_t first) {
    const std::size_t rows = table_.rows_.count();
    const std::uint32_t width = std::min(kTileColumns, table_.columns_.count() - first);
    tile_.first = first;
    tile_.distance.resize(rows * kTileColumns);
    tile_.paths.resize(rows * kTileColumns);
    for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t begin = row * table_.columns_.count() + first;
        for (std::uint32_t column = 0; column < width; ++column) {
            tile_.distance[column * rows + row] = table_.distance_[begin + column];
            tile_.paths[column * rows + row] = table_.paths_[begin + column];
        }
    }
}

void PathReader::unpack(const Packed& packed, const PathTable::Seat& seat, const PathTable::Lines& across) {
    for (Vertex end = 0; end < table_.vertices(); ++end) {
        const PathTable::Seat& crossing = across.seat[end];
        // a vertex without a line has no arc in this direction
        const bool has_cell = seat.line != PathTable::kNoLine && crossing.line != PathTable::kNoLine;
        const std::uint32_t distance = has_cell ? packed.distance[crossing.line] : kNoPath;
        if (distance < kFar) {
            line_.distance[end] = distance + seat.offset + crossing.offset;
            line_.paths[end] = packed.paths[crossing.line];
        } else if (distance == kFar) {
            const PathTable::Far& far = table_.far_.at(packed.first_cell + crossing.line * packed.step);
            line_.distance[end] = far.distance + seat.offset + crossing.offset;
            line_.paths[end] = far.paths;
        } else {
            line_.distance[end] = kUnreached;
            line_.paths[end] = 0;
        }
    }
}

/// A borrowed line does not know how near its borrower is to itself and to whom it borrows from.
void PathReader::set_ends(const PathTable::Seat& seat, Vertex v) {
    if (seat.line != PathTable::kNoLine) {
        line_.distance[seat.through] = seat.offset;
        line_.paths[seat.through] = 1;
    }
    line_.distance[v] = 0;
    line_.paths[v] = 1;
}

} // namespace mcp::graph
