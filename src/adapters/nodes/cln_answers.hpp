#pragma once
#include "base/error.hpp"
#include "domain/own_node.hpp"
#include "domain/pub_key.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// The short answers of Core Lightning: pure. All @return bad_upstream, with the path, for what is no such answer or
/// cannot be.
namespace mcp::adapters {

struct ClnInfo {
    domain::PubKey key;
    std::string alias;   ///< cleaned
    std::string version; ///< cleaned
    std::uint32_t block_height = 0;
    std::vector<domain::NodeDoubt> doubts;
};

[[nodiscard]] Result<ClnInfo> read_cln_info(std::string_view body); ///< getinfo

/// listfunds. What is confirmed but must still rest some blocks counts as unconfirmed: it cannot be spent either.
[[nodiscard]] Result<domain::NodeWallet> read_cln_wallet(std::string_view body);

[[nodiscard]] Result<std::vector<domain::NodePeer>> read_cln_peers(std::string_view body); ///< listpeers

} // namespace mcp::adapters
