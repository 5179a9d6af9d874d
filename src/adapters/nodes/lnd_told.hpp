#pragma once
#include "base/clock.hpp"
#include "base/error.hpp"
#include "base/units.hpp"
#include "domain/channel.hpp"
#include "domain/own_node.hpp"
#include "domain/pub_key.hpp"
#include "domain/report.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What LND's REST answers mean (lnrpc/lightning.proto; recorded from 0.12 and 0.18): pure. Errors are bad_upstream and
/// name the value that cannot be: of an answer with one such value nothing is used.
namespace mcp::adapters::lnd {

struct Info {
    domain::PubKey key;
    std::string alias;   ///< cleaned
    std::string version; ///< cleaned
    std::uint32_t block_height = 0;
    std::optional<Time> tip_at; ///< the date of its newest block
    std::vector<domain::NodeDoubt> doubts;
};

/// By which other ids LND also tells of a channel, and its real one: forwards go by aliases where channels have some.
using ChannelNames = std::map<domain::ShortChannelId, domain::ShortChannelId>;

struct OpenChannels {
    std::vector<domain::NodeChannel> channels; ///< ascending by id, without fees
    ChannelNames names;
};

struct ClosedChannels {
    std::vector<domain::NodeClosing> closings; ///< newest first, at most kClosingsKept
    ChannelNames names;                        ///< of all
};

/// What the node asks for on each channel, by funding outpoint.
using ChannelFees = std::map<std::string, domain::ChannelFee>;

struct Forward {
    domain::ShortChannelId in;
    domain::ShortChannelId out;
    Msat amount_in;
    Msat amount_out; ///< at most amount_in: LND passes on nothing at a loss
    std::int64_t at_ns = 0;
    bool is_exact = false; ///< at_ns is to the nanosecond, and no two forwards have the same one
};

struct ForwardPage {
    std::vector<Forward> forwards; ///< in LND's order: oldest first
    std::uint32_t next_offset = 0; ///< of the first record that is not on this page
};

struct Transaction {
    std::string id;
    Time at;  ///< of its block
    Sat fees; ///< that we paid; 0 of a transaction that others paid for, or that LND does not know it of
};

[[nodiscard]] Result<Info> info(std::string_view answer);                                   ///< GET /v1/getinfo
[[nodiscard]] Result<OpenChannels> open_channels(std::string_view answer);                  ///< GET /v1/channels
[[nodiscard]] Result<ChannelFees> channel_fees(std::string_view answer);                    ///< GET /v1/fees
[[nodiscard]] Result<std::vector<domain::PendingChannel>> pending(std::string_view answer); ///< /v1/channels/pending
[[nodiscard]] Result<ClosedChannels> closed(std::string_view answer);                       ///< GET /v1/channels/closed
[[nodiscard]] Result<domain::NodeWallet> wallet(std::string_view answer); ///< GET /v1/balance/blockchain
/// GET /v1/balance/channels. @return nothing of a node older than 0.12, which tells no msat
[[nodiscard]] Result<std::optional<domain::NodeBalances>> balances(std::string_view answer);
/// GET /v1/peers. @param latest no date can be later
[[nodiscard]] Result<std::vector<domain::NodePeer>> peers(std::string_view answer, Time latest);
/// POST /v1/switch. @param offset that was asked for
[[nodiscard]] Result<ForwardPage> forward_page(std::string_view answer, std::uint32_t offset);
/// GET /v1/transactions: those in a block. In no order.
[[nodiscard]] Result<std::vector<Transaction>> transactions(std::string_view answer);

inline constexpr std::uint64_t kLargeAnswer = 48 << 20; ///< 20,000 channels at 1.6 kB; a wallet's long history

} // namespace mcp::adapters::lnd
