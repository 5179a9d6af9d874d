#pragma once
#include "base/error.hpp"
#include "domain/outside.hpp"
#include "ports/http_client.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

/// What the clients of providers share.
namespace mcp::adapters {

/// What an answer's status says when it is no 2xx: rate_limited (429), unauthenticated (401, 403), unavailable (5xx),
/// bad_upstream (the others: a wrong place).
[[nodiscard]] Error status_error(int status);

/// The same error told of a question to a source.
[[nodiscard]] Error asked(Error error, std::string_view source, std::string_view question);

/// "https://host/api/v1/" and "https://host/" are the same place as "https://host".
[[nodiscard]] std::string place_of(std::string_view url);

/// An answer in valid UTF-8, fit to be kept: one alias of wrong bytes must not cost what it says of other nodes.
[[nodiscard]] std::string in_utf8(std::string body);

/// When an answer is looked at before it is kept: no date of it is too late then. Reading it again, with the time at
/// which it came, tells.
inline constexpr Time kFarFuture{std::chrono::seconds{7'258'118'400}}; // 2200-01-01

/// Puts `entry` in place of what the same source said before.
template <typename Entry>
void put_by_source(std::vector<Entry>& entries, Entry entry) {
    std::erase_if(entries, [&](const Entry& one) { return one.source == entry.source; });
    entries.push_back(std::move(entry));
}

/// Puts a source's closed channels, which may be none, in place of what it said before: its newest ten; all sources'
/// newest first, those without date last. @param source of domain::source
void put_closed_channels(domain::Outside& outside, std::string_view source, std::vector<domain::ClosedChannel> closed);

} // namespace mcp::adapters
