#pragma once
#include "adapters/files/raw_file.hpp"
#include "base/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <sys/types.h>

namespace mcp::adapters {

/// A file that comes to be whole or not at all, for a service: any number may be written at once, by threads and by
/// processes (a command, which a signal may end, takes write_file_atomically()). What a crash leaves is found and
/// removed by remove_leftovers(). Errors name no path: the caller adds it.
class AtomicFile {
public:
    /// Opens a temporary file in the folder of the file to be. @param mode of it, whatever the umask says
    [[nodiscard]] static Result<AtomicFile> begin(const std::string& folder, mode_t mode);
    /// Takes the temporary file away, unless commit() has made it the file.
    ~AtomicFile();
    AtomicFile(AtomicFile&& other) noexcept;
    AtomicFile& operator=(AtomicFile&&) = delete;

    [[nodiscard]] Result<void> write(std::string_view bytes);
    /// All written bytes reach the disk, then the file takes its name, replacing what stood there, then the name
    /// reaches the disk. To be called once; nothing more may be written. @param path in the folder
    [[nodiscard]] Result<void> commit(const std::string& path);

private:
    AtomicFile(std::string temporary, Descriptor file);

    std::string temporary_; ///< empty: committed, or moved away
    Descriptor file_;
};

/// The same in one call.
[[nodiscard]] Result<void> write_atomically(const std::string& path, std::string_view bytes, mode_t mode);

/// Makes the folder and those above it that are not there, with this mode whatever the umask says.
[[nodiscard]] Result<void> make_folders(const std::string& folder, mode_t mode);

/// Whether a file of that name is a temporary one of AtomicFile, made for a file of any name.
[[nodiscard]] bool is_temporary(std::string_view file_name);

/// Removes the temporary file unless it is still being written, in this process or another.
/// @return whether it is gone
bool remove_leftover(const std::string& path);

/// Removes those of one folder. @return how many
std::int64_t remove_leftovers(const std::string& folder);

} // namespace mcp::adapters
