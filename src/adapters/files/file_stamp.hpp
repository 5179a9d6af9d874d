#pragma once
#include <optional>
#include <string>

namespace mcp::adapters {

/// Tells cheaply whether a path still leads to the same bytes: device, inode, size and times in nanoseconds. Other
/// bytes give another stamp, but for two writes of one size in one tick of the kernel (4 ms). @return nothing when
/// there is no such file
[[nodiscard]] std::optional<std::string> file_stamp(const std::string& path);

} // namespace mcp::adapters
