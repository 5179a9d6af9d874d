#pragma once
#include "graph/csr_graph.hpp"
#include "graph/shortest_paths.hpp"

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace mcp::graph {

/// Distance and number of shortest paths between every two vertices, packed: 6 bytes a pair, and no row for a vertex
/// with a single arc out (it sees the network through its one neighbour), no column for one with a single arc in.
/// A graph whose table would not fit `max_bytes` is searched anew at each reading: same answers, bounded memory.
class PathTable {
public:
    /// @param threads 1 or more   @complexity one search for each row kept
    PathTable(CsrGraph graph, unsigned threads, std::size_t max_bytes);

    [[nodiscard]] const CsrGraph& graph() const { return graph_; }
    [[nodiscard]] const CsrGraph& reversed() const { return reversed_; }
    /// All vertices in the order in which PathReader::into() reads them fastest: columns that lie together, together.
    [[nodiscard]] std::span<const Vertex> by_column() const { return by_column_; }
    [[nodiscard]] std::uint32_t vertices() const { return graph_.vertices(); }
    [[nodiscard]] bool kept() const { return !distance_.empty(); } ///< false: read by searching anew
    [[nodiscard]] std::size_t bytes() const;                       ///< what the packed pairs take

private:
    friend class PathReader;

    static constexpr std::uint32_t kNoLine = ~std::uint32_t{0};

    /// Where the row (or column) of a vertex is to be found: it is line `line` with `offset` added, because all its
    /// paths begin (or end) with the one arc from (or to) `through`.
    struct Seat {
        std::uint32_t line = kNoLine;
        std::int64_t offset = 0;
        Vertex through = 0; ///< the vertex whose line it is
    };
    struct Lines {
        std::vector<Seat> seat;     ///< by vertex
        std::vector<Vertex> vertex; ///< by line
        [[nodiscard]] std::uint32_t count() const { return static_cast<std::uint32_t>(vertex.size()); }
    };
    struct Far {
        std::int64_t distance;
        double paths;
    };
    using FarPairs = std::unordered_map<std::size_t, Far>;

    static Lines lines_of(const CsrGraph& graph);
    void fill(unsigned threads);
    void write_row(std::uint32_t row, const PathCounts& found, FarPairs& far);
    void forget();

    CsrGraph graph_;
    CsrGraph reversed_;
    CsrGraph lean_; ///< the graph without arcs that no shortest path uses: what is searched
    CsrGraph lean_reversed_;
    Lines rows_;
    Lines columns_;
    std::vector<Vertex> by_column_;
    std::vector<std::uint32_t> distance_; ///< rows x columns
    std::vector<std::uint16_t> paths_;
    FarPairs far_; ///< by position in the table: pairs whose figures do not fit the packed ones
};

/// Reads lines of a table; one for each thread. What it returns is valid until it reads again.
class PathReader {
public:
    /// @param table outlives the reader
    explicit PathReader(const PathTable& table);

    [[nodiscard]] const PathCounts& from(Vertex source); ///< to every vertex
    [[nodiscard]] const PathCounts& into(Vertex target); ///< from every vertex

private:
    /// One line of the table, packed.
    struct Packed {
        const std::uint32_t* distance;
        const std::uint16_t* paths;
        std::size_t first_cell; ///< where the line begins in the table, and how far its cells lie apart
        std::size_t step;
    };
    /// Some columns beside each other, turned into lines: column by column, the table would be read across.
    struct Tile {
        std::uint32_t first = PathTable::kNoLine;
        std::vector<std::uint32_t> distance;
        std::vector<std::uint16_t> paths;
    };
    static constexpr std::uint32_t kTileColumns = 16;

    [[nodiscard]] Packed row(std::uint32_t line) const;
    [[nodiscard]] Packed column(std::uint32_t line);
    void fill_tile(std::uint32_t first);
    void unpack(const Packed& packed, const PathTable::Seat& seat, const PathTable::Lines& across);
    void set_ends(const PathTable::Seat& seat, Vertex v);

    const PathTable& table_;
    ShortestPathSearch forward_;
    ShortestPathSearch backward_;
    PathCounts line_;
    Tile tile_;
};

} // namespace mcp::graph
