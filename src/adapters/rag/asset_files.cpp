#include "adapters/rag/asset_files.hpp"

#include "adapters/files/atomic_file.hpp"
#include "adapters/files/system_fault.hpp"
#include "adapters/rag/asset_name.hpp"

#include <cerrno>
#include <filesystem>
#include <functional>
#include <mutex>
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

/// Calls `visit` for each entry. @return the fault that kept it from more; a folder that is not there has none
std::error_code for_each_in(const std::string& folder, const std::function<void(const fs::path&)>& visit) {
    std::error_code fault;
    for (fs::directory_iterator entry(folder, fault), end; !fault && entry != end; entry.increment(fault)) {
        visit(entry->path());
    }
    return fault;
}

} // namespace

/// What became of many files: the first fault does not keep the others from going.
struct AssetFiles::Removal {
    std::int64_t files = 0;
    std::optional<Error> fault;

    void note(const std::string& path, int error_number) {
        if (!fault && error_number != 0 && error_number != ENOENT) { // gone already: another process swept too
            fault = system_fault("file.cannot_remove", error_number).in(at_path(path));
        }
    }
    void remove(const std::string& path) {
        if (::unlink(path.c_str()) == 0) {
            ++files;
        } else {
            note(path, errno);
        }
    }
    [[nodiscard]] Result<std::int64_t> result() {
        return fault ? Result<std::int64_t>(fail(std::move(*fault))) : Result<std::int64_t>(files);
    }
};

/// Removes the assets of one user that are due, what a crash left, and the folder when nothing is left in it.
void AssetFiles::clear(const std::string& folder, const std::function<bool(Day)>& is_due, Removal& removal) {
    const std::error_code fault = for_each_in(folder, [&](const fs::path& path) {
        const std::string name = path.filename().string();
        const std::optional<Day> day = day_of_asset(name);
        if (day && is_due(*day)) {
            removal.remove(path.string());
        } else if (is_temporary(name)) {
            const std::unique_lock alone(beginning_);
            removal.files += remove_leftover(path.string()) ? 1 : 0;
        }
    });
    removal.note(folder, fault.value());
    const std::unique_lock alone(beginning_);
    ::rmdir(folder.c_str()); // refused while something is in it, as it should be
}

Result<void> AssetFiles::write_once(const std::string& folder, const std::string& path, std::string_view document) {
    std::shared_lock together(beginning_);
    if (Result<void> made = make_folders(folder, kFolderMode); !made) {
        return made;
    }
    Result<AtomicFile> file = AtomicFile::begin(folder, kFileMode);
    together.unlock();
    if (!file) {
        return fail(std::move(file.error()));
    }
    return file->write(document).and_then([&] { return file->commit(path); });
}

Result<void> AssetFiles::write(std::string_view user_id, Day day, std::string_view document) {
    const std::string folder = daily_ + "/" + asset_folder_name(user_id);
    const std::string path = folder + "/" + asset_file_name(day);
    constexpr int kTries = 3; // another process may sweep an empty folder from under our hands
    Result<void> written;
    for (int tries = 0; tries < kTries; ++tries) {
        written = write_once(folder, path, document);
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
    const auto is_due = [&](Day day) { return day < before; };
    const std::error_code fault = for_each_in(daily_, [&](const fs::path& path) {
        std::error_code unknown; // what cannot be looked at is no folder of ours
        if (fs::is_directory(path, unknown)) {
            clear(path.string(), is_due, removal);
        }
    });
    removal.note(daily_, fault.value());
    return removal.result();
}

} // namespace mcp::adapters
