#include "adapters/sources/graph_json_parser.hpp"

#include "adapters/sources/graph_json_events.hpp"
#include "adapters/sources/graph_records.hpp"
#include "base/json/stream.hpp"

#include <string>
#include <utility>

namespace mcp::adapters {

class GraphJsonParser::Impl {
public:
    Impl() : stream_(events_, {.depth = GraphJsonEvents::kDepthMax, .string_bytes = 1 << 20, .documents = 2}) {}

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
        if (!events_.has_channels()) {
            return fail(ErrorKind::invalid_input, {"graph.no_edges", {}});
        }
        domain::Network network = events_.take_network();
        if (network.channels.empty()) {
            return fail(no_channels(network.notes));
        }
        return network;
    }

private:
    /// Reading ends early only where the text is JSON but no graph, or more than one.
    Result<void> check_stop() {
        if (!stream_.stopped()) {
            return {};
        }
        if (events_.is_beyond_end()) {
            const std::string byte = std::to_string(stream_.document_begin());
            return fail(ErrorKind::invalid_input, {"json.trailing", {{"byte", byte}}});
        }
        return fail(events_.refusal());
    }

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

    GraphJsonEvents events_;
    json::Stream stream_;
};

GraphJsonParser::GraphJsonParser() : impl_(std::make_unique<Impl>()) {}
GraphJsonParser::~GraphJsonParser() = default;
GraphJsonParser::GraphJsonParser(GraphJsonParser&&) noexcept = default;
GraphJsonParser& GraphJsonParser::operator=(GraphJsonParser&&) noexcept = default;

Result<void> GraphJsonParser::write(std::string_view chunk) {
    return impl_->write(chunk);
}

Result<domain::Network> GraphJsonParser::finish() {
    return impl_->finish();
}

} // namespace mcp::adapters
