#include "adapters/sources/gossip_file.hpp"

#include "adapters/sources/describegraph_events.hpp"
#include "adapters/sources/graph_records.hpp"
#include "base/json/stream.hpp"

#include <utility>

namespace mcp::adapters {

class DescribegraphParser::Impl {
public:
    Impl() : stream_(events_, {.depth = 64, .string_bytes = 1 << 20}) {}

    Result<void> write(std::string_view chunk) {
        Result<void> read = stream_.write(chunk);
        return read ? check_stop() : fail(located(std::move(read.error())));
    }

    Result<domain::Network> finish() {
        Result<void> read = stream_.finish();
        read = read ? check_stop() : fail(located(std::move(read.error())));
        if (!read) {
            return fail(std::move(read.error()));
        }
        if (!events_.has_edges()) {
            return fail(ErrorKind::invalid_input, {"graph.no_edges", {}});
        }
        domain::Network network = events_.take_network();
        if (network.channels.empty()) {
            return fail(no_channels(network.notes));
        }
        return network;
    }

private:
    /// Reading ends early only where the text is JSON but no graph.
    Result<void> check_stop() { return stream_.stopped() ? fail(events_.refusal()) : Result<void>{}; }

    Error located(Error fault) {
        const std::string path = events_.path();
        return path.empty() ? std::move(fault) : std::move(fault).in({"graph.at", {{"path", path}}});
    }

    static Error no_channels(const domain::ReadNotes& notes) {
        if (notes.first_broken.empty()) {
            return {.kind = ErrorKind::invalid_input, .what = {"graph.no_channels", {}}};
        }
        return {.kind = ErrorKind::invalid_input,
                .what = {"graph.all_broken",
                         {{"count", static_cast<std::int64_t>(notes.broken_channels)}, {"path", notes.first_broken}}}};
    }

    DescribegraphEvents events_;
    json::Stream stream_;
};

DescribegraphParser::DescribegraphParser() : impl_(std::make_unique<Impl>()) {}
DescribegraphParser::~DescribegraphParser() = default;
DescribegraphParser::DescribegraphParser(DescribegraphParser&&) noexcept = default;
DescribegraphParser& DescribegraphParser::operator=(DescribegraphParser&&) noexcept = default;

Result<void> DescribegraphParser::write(std::string_view chunk) {
    return impl_->write(chunk);
}

Result<domain::Network> DescribegraphParser::finish() {
    return impl_->finish();
}

Result<domain::Network> parse_describegraph(std::string_view json) {
    DescribegraphParser parser;
    if (Result<void> read = parser.write(json); !read) {
        return fail(std::move(read.error()));
    }
    return parser.finish();
}

namespace {

Result<LoadedGraph> load(const std::string& path, const LoadOptions& options) {
    Result<std::unique_ptr<UnpackedFile>> file = UnpackedFile::open(path, options.unpacked_bytes_max);
    if (!file) {
        return fail(std::move(file.error()));
    }
    DescribegraphParser parser;
    while (true) {
        const Result<std::string_view> piece = (*file)->next();
        if (!piece) {
            return fail(piece.error());
        }
        if (piece->empty()) {
            break;
        }
        if (options.and_to) {
            options.and_to(*piece);
        }
        if (Result<void> read = parser.write(*piece); !read) {
            return fail(std::move(read.error()));
        }
    }
    Result<domain::Network> network = parser.finish();
    if (!network) {
        return fail(std::move(network.error()));
    }
    return LoadedGraph{.network = std::move(*network), .sha256 = (*file)->sha256(), .bytes = (*file)->bytes()};
}

} // namespace

Result<LoadedGraph> load_graph(const std::string& path, const LoadOptions& options) {
    Result<LoadedGraph> loaded = load(path, options);
    if (!loaded) {
        const Message where = path == "-" ? Message{"file.standard_input", {}} : Message{"file.path", {{"path", path}}};
        return fail(std::move(loaded.error()).in(where));
    }
    return loaded;
}

} // namespace mcp::adapters
