#pragma once
#include "domain/network.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace mcp::graph {

/// Below this count of rival directions a market has no quantiles worth a verdict.
inline constexpr std::uint32_t kFewestRivals = 5;

/// The payment size at which fees are compared when nothing better is known of the user. ANALYSIS: 100 k sat.
inline constexpr Msat kComparedAmount{100'000'000};

/// What forwarding `amount` costs under a policy, base fee included, as a rate in ppm: rate + base * 10^6 / amount.
/// Inbound fees are left out.   @pre amount > 0
[[nodiscard]] double effective_ppm(const domain::Policy& policy, Msat amount);

/// A price of the market into a peer, and who asks it.
struct Rival {
    domain::NodeId node;
    domain::ChannelIx channel;
    double ppm; ///< effective_ppm() at the compared amount
};

/// Prices in ppm at shares of the market's capacity: at `p10` a tenth of the capacity that leads to the peer is offered
/// at this price or cheaper (the least such price).
struct MarketQuantiles {
    double p10 = 0;
    double p25 = 0;
    double median = 0;
    double p65 = 0;
    double p75 = 0;
    double p90 = 0;
    double p95 = 0;

    bool operator==(const MarketQuantiles&) const = default;
};

/// One own direction into the peer, held against the market.
struct OwnPrice {
    domain::ChannelIx channel;
    double ppm = 0; ///< effective_ppm() at the compared amount
    std::optional<double> quantile =
        {}; ///< share of the rivals' capacity that is cheaper, 0..1; absent without a verdict
    std::optional<Rival> next_cheaper = {}; ///< the dearest of the cheaper ones; absent when we are the cheapest
    std::optional<Rival> next_dearer = {};  ///< the cheapest of the dearer ones; absent when we are the dearest
};

/// The fee market of one peer of a node: what everybody else asks for forwarding to that peer.
/// In it are the directions into the peer that are not the node's own, in_market (graph/market.hpp) and of known
/// capacity.
struct PeerMarket {
    domain::NodeId peer = 0;
    std::uint32_t rivals = 0;                      ///< directions, not nodes
    Sat capacity = {};                             ///< of the rivals together
    std::optional<MarketQuantiles> quantiles = {}; ///< absent below kFewestRivals: no verdict
    std::vector<OwnPrice> own = {};                ///< own enabled directions into the peer, cheapest first
};

/// The fee markets of a whole network at one payment size: sorted once, asked for many nodes.
class FeeMarkets {
public:
    /// @param network outlives this   @param amount compared payment size, > 0   @complexity O(n log n) for n channels
    FeeMarkets(const domain::Network& network, Msat amount);

    /// The market of each peer that `node` has a channel with, in ascending order of peer.
    /// @complexity the sum of its peers' channel counts
    [[nodiscard]] std::vector<PeerMarket> around(domain::NodeId node) const;

private:
    struct Offer {
        double ppm;
        Sat capacity;
        domain::NodeId from;
        domain::ChannelIx channel;
    };

    [[nodiscard]] PeerMarket rivals_of(domain::NodeId node, domain::NodeId peer) const;
    [[nodiscard]] OwnPrice own_price(const PeerMarket& market, domain::NodeId node, domain::ChannelIx channel) const;

    const domain::Network& network_;
    Msat amount_;
    std::vector<std::vector<Offer>> into_; ///< by peer: all offers, cheapest first, then by channel
};

} // namespace mcp::graph
