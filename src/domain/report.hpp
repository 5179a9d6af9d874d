#pragma once
#include "base/clock.hpp"
#include "domain/channel.hpp"
#include "domain/figure.hpp"
#include "domain/pub_key.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

/// The daily report as values: CONTRACT's document without a language. Renderers turn it into JSON, text, and later
/// HTML and PDF. Ratios are 0..1; every number that may be missing is a Figure, so that the reason travels with the
/// gap.
namespace mcp::domain {

inline constexpr std::string_view kReportVersion =
    "1.3.0"; ///< of docs/reference/report.schema.json, semantic versioning
inline constexpr std::size_t kTrendDays = 7;

// Of what the user's own node tells: domain/own_node.hpp.
enum class NodeKind;
enum class NodeDoubt;
enum class NodePart;
enum class PendingKind;

enum class HealthStatus { healthy, warning, critical };
enum class Severity { critical, warning, info };
enum class Priority { high, medium, low };
enum class Category { liquidity, fees, channels, performance };

struct Summary {
    Figure<int> overall_score;      ///< 0..100
    Figure<double> score_delta_24h; ///< points, on the parts that both days have
    HealthStatus status = HealthStatus::healthy;
    int critical_alerts = 0;
    int warnings = 0;
    Figure<Sat> capacity;
    int channels_count = 0;
    Figure<double> forwarding_rate_24h; ///< forwards per hour
    Figure<Sat> revenue_24h;
    Message headline; ///< the one thing to know first
};

struct CapacityMetrics {
    Figure<Sat> total;
    Figure<Sat> local_balance;
    Figure<Sat> remote_balance;
    Figure<double> liquidity_ratio;
    Figure<int> rank; ///< 1 is the largest of the network; equal values share the better rank
    Figure<int> rank_change_24h;
};

struct ChannelMetrics {
    Figure<int> active;   ///< as the node says, announced or not; public view: both directions enabled and not silent
    Figure<int> inactive; ///< the others
    bool is_told_by_node = false; ///< which of the two
    Figure<int> pending;
    Figure<Sat> avg_capacity;
    Figure<Sat> median_capacity;
    Figure<int> rank;
    Figure<int> rank_change_24h;
};

struct ForwardingMetrics {
    Figure<std::int64_t> forwards_24h;
    Figure<std::int64_t> forwards_7d;
    Figure<double> success_rate_24h;
    Figure<Msat> revenue_24h; ///< in whole satoshi where the contract's keys say so, rounded down there only
    Figure<Msat> revenue_7d;
    Figure<Msat> volume_24h; ///< that left
    Figure<Msat> volume_7d;
};

/// Over the node's own enabled policies. Means are kept for old clients; medians and capacity-weighted quantiles are
/// the truth.
struct FeeMetrics {
    Figure<double> avg_fee_rate; ///< ppm
    Figure<double> min_fee_rate;
    Figure<double> max_fee_rate;
    Figure<double> base_fee_avg; ///< msat
    Figure<double> median_fee_rate;
    Figure<double> median_base_fee;
    Figure<double> weighted_p10; ///< ppm, quantiles weighted by capacity
    Figure<double> weighted_p50;
    Figure<double> weighted_p90;
};

/// Position of the node for payments of one size (or by hops): ANALYSIS section 3.
struct Position {
    Figure<double> betweenness; ///< pairs of nodes whose cheapest route passes here, ties shared
    Figure<int> rank;           ///< among nodes that carry anything
    Figure<double> percentile;  ///< 0..100 among nodes that carry anything
    int carriers = 0;           ///< how many nodes carry anything
};

struct NetworkMetrics {
    Figure<double> uptime_24h;
    int peer_count = 0;
    Position hops, by_fee_50k, by_fee_500k, by_fee_5m;
    Figure<double> betweenness_change_24h; ///< relative change of the 500 k sat value: -0.3 is a fall by 30 %
    Figure<double> betweenness_change_7d;
    Figure<double> concentration_hhi; ///< 1/n .. 1: sum of squared capacity shares by peer
    Figure<Sat> stuck_with_silent_peers;
};

struct ChannelFee {
    Msat base;
    Ppm rate;
    std::optional<Msat> inbound_base; ///< this and the next are absent where the graph's source does not tell them
    std::optional<Ppm> inbound_rate;
};

enum class DisabledBy { nobody, own, peer, both };

struct ReportChannel {
    ShortChannelId id;
    std::string id_text; ///< "831726x2879x0", or the position in an undated sample
    PubKey peer;
    std::string peer_alias;
    Figure<Sat> capacity;
    Figure<int> age_days;         ///< from block heights: distance to the newest channel of the graph, 144 blocks a day
    Figure<int> last_update_days; ///< before the graph's own date
    Figure<ChannelFee> own_fee;
    Figure<ChannelFee> peer_fee;
    DisabledBy disabled_by = DisabledBy::nobody;
    Figure<Sat> max_htlc; ///< own side's
    Figure<Sat> local;
    Figure<Sat> remote;
};

/// The relation to one peer: all channels with it together, and what it costs to be forwarded to it.
struct ReportPeer {
    PubKey peer;
    std::string peer_alias;
    int channels = 0;
    Figure<Sat> capacity;
    Figure<double> own_price;  ///< ppm of the compared amount, base fee included, cheapest own channel
    Figure<double> market_p10; ///< ppm, capacity-weighted, of the directions into this peer but ours
    Figure<double> market_median;
    Figure<double> market_p95;
    Figure<double> own_quantile;     ///< 0..1: share of the market's capacity that is cheaper than we are
    Figure<double> price_to_be_paid; ///< ppm: cheapest way to be paid through this peer (its fee + our inbound fee)
    int rivals = 0;
};

enum class ChangeKind { opened, closed, repriced, disabled, enabled, silent };

/// What one change says before and after; what does not apply is empty.
struct ChangeState {
    std::optional<Sat> capacity;
    std::optional<ChannelFee> fee;
    std::optional<bool> disabled;
};

struct ReportChange {
    ChangeKind kind;
    std::string channel_id;
    PubKey peer;
    std::string peer_alias;
    bool by_peer = false; ///< for repriced, disabled, enabled: the peer's side changed, not ours
    std::optional<ChangeState> before;
    std::optional<ChangeState> after;
    std::optional<Time> at;
    Message text;
};

enum class AlertState { unknown, fresh, ongoing }; ///< unknown: the day before was not given

struct Alert {
    std::string id; ///< stays the same from day to day
    std::string_view type;
    Severity severity = Severity::info;
    Message title;
    Message description;
    bool requires_action = false;
    AlertState state = AlertState::unknown;
    Day since;
    bool days_is_lower_bound = false; ///< it may have stood longer: no graph of the day before `since` was given
    int days = 1;                     ///< how many of the given days in a row, this one included
};

struct Recommendation {
    std::string_view rule;
    Priority priority = Priority::low;
    Category category = Category::channels;
    Message title;
    Message description;
    double impact_score = 0; ///< 0..10
    std::vector<std::string> channels_affected;
    Message suggested_action;
    std::string command_lnd; ///< exact command line; empty when there is none
    std::string command_cln;
    Figure<Sat> gain_a_month;
    Figure<Sat> onchain_cost = Sat{0}; ///< of the transactions that it needs, at today's fees; 0: it needs none
    Message confidence;
    Day valid_until;
};

struct Trends {
    std::array<Day, kTrendDays> days{}; ///< oldest first, the report's own day last
    std::vector<Figure<int>> score;
    std::vector<Figure<Msat>> revenue;
    std::vector<Figure<double>> forward_rate;
    std::vector<Figure<Sat>> capacity;
};

struct ScorePart {
    std::string_view name;
    Figure<double> value;         ///< 0..100
    double weight = 0;            ///< points of 100 when every part is there
    Message inputs;               ///< what it was computed from, figures included
    Figure<double> change_24h;    ///< points of the overall score that this part's change since yesterday brought
    bool is_told_by_node = false; ///< what the node itself told is in it
};

struct Score {
    std::vector<ScorePart> parts;
    int parts_present = 0;
    Figure<int> of_public_view; ///< 0..100, as whoever has not connected the node would get it: what may be kept of a
                                ///< node rather than of a user
};

enum class SourceStatus { ok, stale, unavailable, not_configured };

struct SourceState {
    std::string_view name;
    SourceStatus status = SourceStatus::not_configured;
    std::optional<Time> fetched_at;
    std::optional<std::int64_t> age_seconds;
    std::optional<Message> error;
};

enum class FeeLevel { cheap, normal, dear };

/// What a transaction costs, sat/vB as the source recommends.
struct OnchainFigures {
    Figure<double> next_block;
    Figure<double> half_hour;
    Figure<double> hour;
    Figure<double> economy;
    Figure<double> minimum;
    Figure<Time> as_of;        ///< when the source was asked: it does not date them
    Figure<double> usual_hour; ///< median of `hour` over the days before
    int days_compared = 0;     ///< how many of the 14 days before are known
    Figure<FeeLevel> level;    ///< of `hour`, against the usual one
};

struct PriceFigures {
    Figure<double> usd; ///< of one bitcoin
    Figure<double> eur;
    Figure<Time> as_of; ///< as the source dates it
};

/// What several sources can tell: a row for each that did.
template <typename Row>
struct Told {
    std::vector<Row> rows;
    std::vector<Absence> gaps; ///< when nobody told: why, one for each that could have
};

/// The whole network, as one provider counts it.
struct CountedNetwork {
    std::string_view source;
    Figure<Day> as_of; ///< of the provider's own row, which may be weeks old
    Figure<Time> asked_at;
    Figure<std::int64_t> channels;
    Figure<std::int64_t> nodes;
    Figure<Sat> capacity;
    Figure<Sat> median_capacity;
    Figure<double> median_fee_rate; ///< ppm
};

/// The report's node, as one provider knows it.
struct CountedNode {
    std::string_view source;
    std::string alias; ///< cleaned; may be empty
    Figure<Time> as_of;
    Figure<Time> asked_at;
    Figure<Time> first_seen;
    Figure<Sat> capacity;
    Figure<std::int64_t> channels;
    Figure<std::int64_t> closed_channels;
    Figure<std::int64_t> capacity_rank;
    Figure<std::int64_t> channels_rank;
    Figure<double> median_fee_rate_out; ///< ppm, of what the node asks
    Figure<double> median_fee_rate_in;  ///< ppm, of what its peers ask towards it
    Figure<double> weighted_fee_rate_out;
    Figure<double> weighted_fee_rate_in;
    Figure<Day> earlier_as_of; ///< of the provider's own row a week or two before its newest
    Figure<Sat> capacity_then;
    Figure<std::int64_t> channels_then;
};

enum class ClosingReason { unknown, mutual, force, penalty };
enum class ClosedBy { own, peer };

/// What one provider says of a closed channel.
struct ToldClosing {
    std::string_view source;
    Figure<ClosingReason> reason; ///< never unknown: that is absent
    Figure<Time> closed_at;
    Figure<std::int64_t> closed_height;
    Figure<Sat> capacity;
    Figure<ClosedBy> closed_by;
};

/// A channel of the node that was closed, once, however many providers tell it.
struct ReportClosing {
    std::string channel_id; ///< "831726x2879x0"
    Figure<PubKey> peer;
    std::string peer_alias; ///< may be empty
    std::vector<ToldClosing> told_by;
};

/// A payment under way over a channel of ours.
struct ReportHtlc {
    bool incoming = false;
    Msat amount;
    std::int64_t blocks_left = 0; ///< until it runs out; below zero: it has
};

/// An open channel as the node itself tells it, announced or not.
struct ReportNodeChannel {
    std::string channel_id; ///< "831726x2879x0"
    PubKey peer;
    std::string peer_alias; ///< may be empty
    bool is_announced = false;
    bool is_active = false;
    Sat capacity;
    Msat local;
    Msat remote;
    Msat can_send; ///< without the limits of policies
    Msat can_receive;
    std::vector<ReportHtlc> htlcs;
    Figure<double> peer_uptime; ///< 0..1, as long as the node has counted
    Figure<std::int64_t> forwards_in_7d;
    Figure<std::int64_t> forwards_out_7d;
    Figure<Msat> fees_7d;     ///< half of those of each forward that came or left over it
    Figure<Msat> fees_out_7d; ///< those of the forwards that left over it
};

struct ReportPending {
    PendingKind kind;
    std::string funding_outpoint;
    PubKey peer;
    std::string peer_alias; ///< may be empty
    Sat capacity;
    Sat ours;
    Figure<std::int64_t> blocks_left; ///< until a force-closed one pays out; below zero: it could already
    std::string closing_txid;         ///< empty: not known (yet)
};

struct ReportWallet {
    Sat confirmed;
    Sat unconfirmed;
    Figure<Sat> anchor_reserve; ///< that the node keeps back itself
};

/// A part that the node did not tell though it has it.
struct ReportGap {
    NodePart part;
    Message why;
};

/// What the user's own node told for this report.
struct ReportNode {
    NodeKind kind;
    std::string alias;
    std::string version;
    Time read_at;
    std::int64_t block_height = 0;
    std::vector<NodeDoubt> doubts; ///< why what it told of the moment may not be the whole
    std::vector<ReportGap> gaps;
    Figure<Msat> local; ///< sums over all channels
    Figure<Msat> remote;
    Figure<Msat> unsettled_local; ///< under way
    Figure<Msat> unsettled_remote;
    Msat usual_forward;                              ///< nine of ten forwards of the week were no larger
    bool usual_forward_is_own = false;               ///< else too few were made, and a typical payment stands for it
    Figure<double> send_share;                       ///< of the capacity with peers: those that it can be sent to now
    Figure<double> receive_share;                    ///< those that it can come from
    Figure<std::vector<ReportNodeChannel>> channels; ///< largest first
    Figure<Msat> fees_gone_channels_7d; ///< with fees_7d of the channels: all that the node earned, to the msat
    Figure<std::vector<ReportPending>> pending;
    Figure<ReportWallet> wallet;
    Figure<int> peers_connected;
    Figure<Msat> chain_fees_24h; ///< of our transactions
    Figure<Msat> chain_fees_7d;
    Figure<Time> credential_expires;
};

struct Report {
    std::string report_id; ///< UUIDv5 of user and day
    std::string user_id;
    std::string tenant_id;
    PubKey node;
    std::string node_alias;
    Day report_date;
    Time generated_at;
    std::optional<Time> graph_as_of;
    Summary summary;
    CapacityMetrics capacity;
    ChannelMetrics channel_metrics;
    ForwardingMetrics forwarding;
    FeeMetrics fees;
    NetworkMetrics network;
    std::vector<ReportChannel> channels;         ///< largest capacity first
    std::vector<ReportPeer> peers;               ///< largest capacity first
    Figure<std::vector<ReportChange>> changes;   ///< absent without yesterday's graph
    std::vector<Recommendation> recommendations; ///< at most 10, best first
    std::vector<Alert> alerts;                   ///< gravest first
    std::vector<Alert> resolved_alerts;
    Trends trends;
    Score score;
    OnchainFigures onchain;
    PriceFigures bitcoin_price;
    Told<CountedNetwork> provider_networks;
    Told<CountedNode> provider_nodes;
    Told<ReportClosing> closed_channels; ///< newest first
    Figure<ReportNode> own_node;
    std::vector<SourceState> sources; ///< that of the graph first
    std::vector<Message> warnings;    ///< of the input: half-synchronised graph, broken records
};

} // namespace mcp::domain
