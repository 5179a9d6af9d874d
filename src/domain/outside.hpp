#pragma once
#include "base/clock.hpp"
#include "base/units.hpp"
#include "domain/pub_key.hpp"
#include "domain/report.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What sources beside the public graph say, each as it was told and dated: other people's figures, never mixed with
/// ours. What a source left out is absent.
namespace mcp::domain {

/// Fee rates that mempool.space recommends, sat/vB; below 1 is real.
struct OnchainFees {
    double next_block = 0;
    double half_hour = 0;
    double hour = 0;
    double economy = 0;
    double minimum = 0;
    Time asked_at; ///< the source does not date them
};

/// What "cheap" and "dear" are measured against.
struct OnchainFeesOfDay {
    Day day;
    double hour = 0; ///< sat/vB, for a transaction within an hour
};

struct BitcoinPrice {
    Time at; ///< as the source dates it
    std::optional<double> usd;
    std::optional<double> eur;
};

/// The whole network as one provider counts it; definitions differ by provider (docs/reference/sources.md).
struct ProviderNetwork {
    std::string_view source;
    std::optional<Day> as_of; ///< of the provider's own row, which may be weeks old; nothing: it does not say
    std::optional<std::int64_t> channels;
    std::optional<std::int64_t> nodes;
    std::optional<Sat> capacity;
    std::optional<Sat> median_capacity;
    std::optional<double> median_fee_rate; ///< ppm
    std::optional<Time> asked_at = {};     ///< when the answer came
};

/// One node as one provider knows it.
struct ProviderNode {
    std::string_view source;
    std::string alias; ///< cleaned; may be empty
    std::optional<Time> as_of;
    std::optional<Time> first_seen;
    std::optional<Sat> capacity;
    std::optional<std::int64_t> channels;
    std::optional<std::int64_t> closed_channels; ///< that it ever saw close
    std::optional<std::int64_t> capacity_rank;
    std::optional<std::int64_t> channels_rank;
    std::optional<Time> asked_at = {};                ///< when the answer came
    std::optional<double> median_fee_rate_out = {};   ///< ppm, of what the node asks
    std::optional<double> median_fee_rate_in = {};    ///< ppm, of what its peers ask towards it
    std::optional<double> weighted_fee_rate_out = {}; ///< ppm, the mean as the provider weighs it
    std::optional<double> weighted_fee_rate_in = {};
    std::optional<Day> earlier_as_of = {}; ///< of the provider's own row a week or two before its newest
    std::optional<Sat> capacity_then = {}; ///< of that row
    std::optional<std::int64_t> channels_then = {};
};

struct ClosedChannel {
    std::string_view source;
    std::string id_text; ///< "831726x2879x0"
    std::optional<Sat> capacity;
    std::optional<Time> closed_at;
    std::optional<std::int64_t> closed_height;
    ClosingReason reason = ClosingReason::unknown;
    std::optional<PubKey> peer;
    std::string peer_alias; ///< cleaned; may be empty
};

/// All of it that belongs to one report.
struct Outside {
    std::optional<OnchainFees> fees;
    std::vector<OnchainFeesOfDay> fees_of_days; ///< of earlier days, oldest first, at most 14; gaps are left out
    std::optional<BitcoinPrice> price;
    std::vector<ProviderNetwork> networks;      ///< one a provider
    std::vector<ProviderNode> nodes;            ///< the report's own node, one entry a provider
    std::vector<ClosedChannel> closed_channels; ///< of the report's node, newest first, of each provider the newest ten
    std::vector<std::string_view> closings_told_by; ///< sources that were asked for them, though they may know none
    std::vector<SourceState> states;                ///< one for each source of the table, configured or not
};

} // namespace mcp::domain
