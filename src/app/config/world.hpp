#pragma once
#include "base/error.hpp"

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace mcp::app {

/// What the configuration is read from; tests hand in their own.
struct ConfigWorld {
    std::vector<std::pair<std::string, std::string>> environment; ///< name and value, empty values too
    /// A whole small file; "-" is standard input. The kind not_found tells a file that is not there from others.
    std::function<Result<std::string>(const std::string& path)> read_file;
    /// Something that is equal for two paths of the same file; nothing where there is none.
    std::function<std::optional<std::string>(const std::string& path)> identity;
};

/// The environment of this process, and its files.
[[nodiscard]] ConfigWorld this_process();

} // namespace mcp::app
