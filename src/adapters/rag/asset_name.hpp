#pragma once
#include "base/clock.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace mcp::adapters {

inline constexpr std::size_t kAssetNameBytesMax = 200;

/// The name of a user's folder (CONTRACT section 4): `[A-Za-z0-9_-]` as it is, each other byte as "%XX", so that no id
/// reaches a path as anything but one name. Two ids never share one: a name longer than 200 bytes becomes "%sha256-"
/// and the id's SHA-256, and the empty id "%empty", which begin as no escape does.
[[nodiscard]] std::string asset_folder_name(std::string_view user_id);

[[nodiscard]] std::string asset_file_name(Day day); ///< "20251025.json"

/// The day of a file of that name; nothing for a name that asset_file_name() does not give.
[[nodiscard]] std::optional<Day> day_of_asset(std::string_view file_name);

} // namespace mcp::adapters
