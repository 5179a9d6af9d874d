#pragma once
#include "base/error.hpp"
#include "ports/http_client.hpp"

#include <curl/curl.h>

namespace mcp::adapters {

/// A streamed answer may take long as a whole, but not come slower than so for longer than that.
inline constexpr long kStreamBytesASecondMin = 1000;
inline constexpr long kStreamSecondsSlowMost = 60;
inline constexpr long kStreamSecondsSilentMost = 120; ///< before its first byte: a node builds its whole graph first

/// What a transfer of libcurl failed of, in our own words: libcurl's hold URLs.
/// @param easy of the transfer, which has ended with `code`, not CURLE_OK
[[nodiscard]] Error curl_fault(CURLcode code, CURL* easy, const ports::HttpRequest& request);

/// No whole answer came within the request's time.
[[nodiscard]] Error too_slow(const ports::HttpRequest& request);

/// Called off: by the caller, or because the client is being closed.
[[nodiscard]] Error called_off();

} // namespace mcp::adapters
