#pragma once
#include "adapters/files/unpacked_file.hpp"
#include "base/error.hpp"
#include "domain/network.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace mcp::adapters {

/// Reads the public graph in whatever format it comes, told from the content: what `lncli describegraph` prints (every
/// LND since 2017; the same from REST, `/v1/graph`), Core Lightning's `listnodes` and `listchannels`, or snapshots of
/// Rapid Gossip Sync. Piece by piece and pure: no file, no clock. One broken record costs that record and is counted in
/// Network::notes; what is no graph at all is refused with the byte or path. What a format cannot tell:
/// Network::tells. docs/design/reader.md tells each rule.
class GraphParser {
public:
    GraphParser();
    ~GraphParser();
    GraphParser(GraphParser&&) noexcept;
    GraphParser& operator=(GraphParser&&) noexcept;

    /// The next bytes, cut anywhere. After an error nothing more may be written.
    [[nodiscard]] Result<void> write(std::string_view chunk);
    /// @return the network, indexed, with at least one channel. To be called once, after the last byte.
    [[nodiscard]] Result<domain::Network> finish();

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

/// The same of what is in memory already.
[[nodiscard]] Result<domain::Network> parse_graph(std::string_view bytes);

struct LoadOptions {
    std::uint64_t unpacked_bytes_max = kUnpackedBytesMax;
    std::function<void(std::string_view)> and_to = {}; ///< gets each unpacked piece too, before it is understood
};

struct LoadedGraph {
    domain::Network network;
    std::string sha256;      ///< of the unpacked bytes, 64 hex digits: names the graph whatever it was packed in
    std::uint64_t bytes = 0; ///< unpacked
};

/// Loads a graph file of any format that GraphParser knows: plain, gzip, xz or zstd, told from its content; "-" is
/// standard input. Errors begin with the path. @complexity about 0.2 s for the mainnet graph of 2025
[[nodiscard]] Result<LoadedGraph> load_graph(const std::string& path, const LoadOptions& options = {});

} // namespace mcp::adapters
