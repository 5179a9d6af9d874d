#pragma once
#include "base/ip_address.hpp"

#include <string_view>
#include <vector>

namespace mcp::api {

/// Who really asks: `X-Forwarded-For` read from its end, as far as proxies of ours wrote it; they may write brackets
/// and a port.
/// @param peer whom the connection is from   @param forwarded the header's value, empty when there is none
[[nodiscard]] IpAddress client_address(const IpAddress& peer, std::string_view forwarded,
                                       const std::vector<IpNetwork>& trusted);

} // namespace mcp::api
