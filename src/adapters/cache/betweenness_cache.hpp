#pragma once
#include "analysis/day_facts.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// Keeps the computed betweenness of graph files between two runs, by the hash of the graph's bytes. Only a saving of
/// time: what is missing, cut short or damaged is computed again, and a folder that cannot be written is no error.
class BetweennessCache {
public:
    /// @param folder made when needed; empty: keeps nothing
    explicit BetweennessCache(std::string folder) : folder_(std::move(folder)) {}

    /// @param graph_sha256 64 hex digits   @param nodes how many values each list must have
    [[nodiscard]] std::optional<analysis::DayBetweenness> find(std::string_view graph_sha256, std::size_t nodes) const;
    void keep(std::string_view graph_sha256, const analysis::DayBetweenness& values) const;

private:
    [[nodiscard]] std::string path_of(std::string_view graph_sha256) const;

    std::string folder_;
};

} // namespace mcp::adapters
