#pragma once
#include "base/error.hpp"
#include "domain/network.hpp"

#include <memory>
#include <string_view>

namespace mcp::adapters {

/// Reads a graph as JSON: what `lncli describegraph` prints (or LND's REST, `/v1/graph`), or Core Lightning's answers
/// to `listnodes` and `listchannels`, as two documents after each other in either order or as one with both lists.
class GraphJsonParser {
public:
    GraphJsonParser();
    ~GraphJsonParser();
    GraphJsonParser(GraphJsonParser&&) noexcept;
    GraphJsonParser& operator=(GraphJsonParser&&) noexcept;

    /// As GraphParser.
    [[nodiscard]] Result<void> write(std::string_view chunk);
    [[nodiscard]] Result<domain::Network> finish();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace mcp::adapters
