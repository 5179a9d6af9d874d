#include "adapters/graphs/kept_graphs.hpp"

#include "adapters/files/day_name.hpp"
#include "adapters/files/system_fault.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace mcp::adapters {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".describegraph.json.zst";
constexpr std::size_t kKept = 8;
constexpr mode_t kFileMode = 0640;
constexpr mode_t kFolderMode = 0750;

std::optional<Day> day_of(const std::string& file_name) {
    const std::string_view name = file_name;
    return name.ends_with(kEnding) ? parse_day_name(name.substr(0, name.size() - kEnding.size())) : std::nullopt;
}

} // namespace

std::string KeptGraphs::path_of(Day day) const {
    return folder_ + "/" + day_name(day) + std::string(kEnding);
}

Result<std::vector<KeptGraph>> KeptGraphs::list() const {
    std::vector<KeptGraph> kept;
    std::error_code fault;
    for (fs::directory_iterator entry(folder_, fault), end; !fault && entry != end; entry.increment(fault)) {
        if (const std::optional<Day> day = day_of(entry->path().filename().string())) {
            kept.push_back({*day, entry->path().string()});
        }
    }
    if (fault && fault.value() != ENOENT) {
        return fail(system_fault("file.cannot_read", fault.value()).in({"file.path", {{"path", folder_}}}));
    }
    std::sort(kept.begin(), kept.end(), [](const KeptGraph& a, const KeptGraph& b) { return a.day < b.day; });
    return kept;
}

GraphCopy KeptGraphs::begin_copy() const {
    remove_leftovers(folder_);
    return GraphCopy(
        make_folders(folder_, kFolderMode).and_then([this] { return ZstdFile::begin(folder_, kFileMode); }));
}

Result<void> KeptGraphs::keep(GraphCopy copy, Day day, Time now) const {
    const std::string path = path_of(day);
    Result<void> written = copy.file_ ? copy.file_->commit(path) : fail(std::move(copy.file_.error()));
    if (!written) {
        return fail(std::move(written.error()).in({"file.path", {{"path", path}}}));
    }
    const timespec taken{.tv_sec = now.time_since_epoch().count(), .tv_nsec = 0};
    const timespec times[] = {taken, taken};
    ::utimensat(AT_FDCWD, path.c_str(), times, 0);
    const Result<std::vector<KeptGraph>> all = list();
    for (std::size_t i = 0; all && i + kKept < all->size(); ++i) {
        ::unlink((*all)[i].path.c_str());
    }
    return {};
}

std::optional<Time> taken_at(const KeptGraph& kept) {
    struct stat facts {};
    if (::stat(kept.path.c_str(), &facts) != 0) {
        return std::nullopt;
    }
    return Time{std::chrono::seconds{facts.st_mtim.tv_sec}};
}

} // namespace mcp::adapters
