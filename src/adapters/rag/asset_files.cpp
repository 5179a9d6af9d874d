#include "adapters/rag/asset_files.hpp"

#include "adapters/files/atomic_file.hpp"
#include "adapters/files/system_fault.hpp"
#include "adapters/rag/asset_name.hpp"

#include <cerrno>
#include <filesystem>
#include <functional>
#include <optional>
#include <unistd.h>

namespace mcp::adapters {
namespace {

namespace fs = std::filesystem;

constexpr mode_t kFileMode = 0640;
constexpr mode_t kFolderMode = 0750;

Message at_path(const std::string& path) {
    return {"file.path", {{"path", path}}};
}

/// What became of the files of one folder, or of many: the first fault does not keep the others from going.
struct Removal {
    std::int64_t files = 0;
    std::optional<Error> fault;

    void failed(const std::string& path, int error_number) {
        if (!fault && error_number != ENOENT) { // gone already: another process swept too
            fault = system_fault("file.cannot_remove", error_number).in(at_path(path));
        }
    }
    void remove(const std::string& path) {
        if (::unlink(path.c_str()) == 0) {
            ++files;
        } else {
            failed(path, errno);
        }
    }
    [[nodiscard]] Result<std::int64_t> result() {
        return fault ? Result<std::int64_t>(fail(std::move(*fault))) : Result<std::int64_t>(files);
    }
};

/// Calls `visit` for each entry; a folder that is not there has none.
void for_each_in(const std::string& folder, Removal& removal, const std::function<void(const fs::path&)>& visit) {
    std::error_code fault;
    for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) {
        visit(entry->path());
    }
    if (fault) {
        removal.failed(folder, fault.value());
    }
}

/// Removes the assets of one user that `is_due`, what a crash left, and the folder when nothing is left in it.
void clear(const std::string& folder, const std::function<bool(Day)>& is_due, Removal& removal) {
    for_each_in(folder, removal, [&](const fs::path& path) {
        const std::string name = path.filename().string();
        const std::optional<Day> day = day_of_asset(name);
        if (day && is_due(*day)) {
            removal.remove(path.string());
        } else if (is_temporary(name)) {
            removal.files += remove_leftover(path.string()) ? 1 : 0;
        }
    });
    ::rmdir(folder.c_str()); // refused while something is in it, as it should be
}

} // namespace

Result<void> AssetFiles::write(std::string_view user_id, Day day, std::string_view document) {
    const std::string folder = daily_ + "/" + asset_folder_name(user_id);
    const std::string path = folder + "/" + asset_file_name(day);
    constexpr int kTries = 10; // a sweep may take an empty folder, or a file that is just begun, from under our hands
    Result<void> written;
    for (int tries = 0; tries < kTries; ++tries) {
        written =
            make_folders(folder, kFolderMode).and_then([&] { return write_atomically(path, document, kFileMode); });
        if (written || written.error().kind != ErrorKind::not_found) {
            break;
        }
    }
    return written ? Result<void>{} : fail(std::move(written.error()).in(at_path(path)));
}

Result<std::int64_t> AssetFiles::remove(std::string_view user_id) {
    Removal removal;
    clear(
        daily_ + "/" + asset_folder_name(user_id), [](Day) { return true; }, removal);
    return removal.result();
}

Result<std::int64_t> AssetFiles::sweep(Time before) {
    Removal removal;
    for_each_in(daily_, removal, [&](const fs::path& path) {
        std::error_code fault;
        if (fs::is_directory(path, fault)) {
            clear(
                path.string(), [&](Day day) { return day < before; }, removal);
        }
    });
    return removal.result();
}

} // namespace mcp::adapters
