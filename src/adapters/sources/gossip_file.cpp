#include "adapters/sources/gossip_file.hpp"

#include "adapters/sources/graph_json_parser.hpp"
#include "adapters/sources/rgs_parser.hpp"

#include <optional>
#include <utility>

namespace mcp::adapters {

/// The first bytes tell which reader takes the rest: JSON never begins as a snapshot does.
class GraphParser::Impl {
public:
    Result<void> write(std::string_view chunk) {
        if (rgs_) {
            return rgs_->write(chunk);
        }
        if (json_) {
            return json_->write(chunk);
        }
        head_.append(chunk);
        return head_.size() < RgsParser::kMagic.size() ? Result<void>{} : choose();
    }

    Result<domain::Network> finish() {
        Result<void> read = !rgs_ && !json_ ? choose() : Result<void>{};
        if (read && json_) {
            return json_->finish();
        }
        read = read ? rgs_->finish() : std::move(read);
        return read ? rgs_->graph().network() : Result<domain::Network>(fail(std::move(read.error())));
    }

private:
    Result<void> choose() {
        const std::string head = std::exchange(head_, {});
        return head.starts_with(RgsParser::kMagic) ? rgs_.emplace().write(head) : json_.emplace().write(head);
    }

    std::string head_; ///< too short yet to choose by
    std::optional<GraphJsonParser> json_;
    std::optional<RgsParser> rgs_;
};

GraphParser::GraphParser() : impl_(std::make_unique<Impl>()) {}
GraphParser::~GraphParser() = default;
GraphParser::GraphParser(GraphParser&&) noexcept = default;
GraphParser& GraphParser::operator=(GraphParser&&) noexcept = default;

Result<void> GraphParser::write(std::string_view chunk) {
    return impl_->write(chunk);
}

Result<domain::Network> GraphParser::finish() {
    return impl_->finish();
}

Result<domain::Network> parse_graph(std::string_view bytes) {
    GraphParser parser;
    if (Result<void> read = parser.write(bytes); !read) {
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
    GraphParser parser;
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
