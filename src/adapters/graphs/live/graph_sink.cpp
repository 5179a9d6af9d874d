#include "adapters/graphs/live/graph_sink.hpp"

#include "adapters/files/unpacked_file.hpp"

#include <algorithm>
#include <chrono>
#include <fcntl.h>
#include <sys/stat.h>

namespace mcp::adapters {
namespace {

constexpr mode_t kFileMode = 0640;
constexpr mode_t kFolderMode = 0750;

} // namespace

Result<std::shared_ptr<GraphSink>> GraphSink::begin(const std::string& folder) {
    return make_folders(folder, kFolderMode)
        .and_then([&] { return AtomicFile::begin(folder, kFileMode); })
        .map([](AtomicFile file) { return std::shared_ptr<GraphSink>(new GraphSink(std::move(file))); })
        .map_error([&](Error error) {
            return std::move(error).in({"file.path", {{"path", folder}}});
        });
}

void GraphSink::expect(std::string_view beginning) {
    expected_ = beginning;
}

bool GraphSink::begins_well(std::string_view bytes) {
    const std::size_t first = std::min(bytes.find_first_not_of(" \t\r\n"), bytes.size());
    const std::string_view came = bytes.substr(first, expected_.size());
    if (came != std::string_view(expected_).substr(0, came.size())) {
        return false;
    }
    expected_.erase(0, came.size());
    return true;
}

bool GraphSink::write(std::string_view bytes) {
    if (fault_) {
        return false;
    }
    if (!expected_.empty() && !begins_well(bytes)) {
        fault_ = Error{.kind = ErrorKind::bad_upstream, .what = {"live.no_graph", {}}};
        return false;
    }
    if (Result<void> written = file_.write(bytes); !written) {
        fault_ = std::move(written.error());
        return false;
    }
    bytes_ += bytes.size();
    return true;
}

std::uint64_t GraphSink::bytes_left() const {
    return kUnpackedBytesMax - std::min(bytes_, kUnpackedBytesMax);
}

Result<void> GraphSink::commit(const std::string& path, Time fetched_at) {
    Result<void> done = file_.commit(path);
    if (!done) {
        return fail(std::move(done.error()).in({"file.path", {{"path", path}}}));
    }
    const timespec fetched{.tv_sec = fetched_at.time_since_epoch().count(), .tv_nsec = 0};
    const timespec times[] = {fetched, fetched};
    ::utimensat(AT_FDCWD, path.c_str(), times, 0);
    return {};
}

} // namespace mcp::adapters
