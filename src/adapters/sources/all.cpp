#include "adapters/sources/all.hpp"

#include "adapters/sources/amboss_source.hpp"
#include "adapters/sources/mempool_source.hpp"
#include "domain/figure.hpp"

namespace mcp::adapters {
namespace {

using namespace std::chrono_literals;
namespace source = domain::source;

std::unique_ptr<ports::Source> make_mempool(ports::HttpClient& http, const SourcePlace& place) {
    return std::make_unique<MempoolSource>(http, place.url);
}

std::unique_ptr<ports::Source> make_amboss(ports::HttpClient& http, const SourcePlace& place) {
    return std::make_unique<AmbossSource>(http, place.url, place.api_key);
}

constexpr std::string_view kAgeOfLiveGraphs = "fetched for each run, unless it was within the hour before; one older "
                                              "than 24 h is marked, one older than 7 days gives no figures of position";

std::vector<SourceRow> make_rows() {
    std::vector<SourceRow> rows;
    rows.push_back({
        .name = source::kLndGraph,
        .title = "Public graph of your LND",
        .gives = "every public node and channel as your LND has heard of it, with aliases, capacities and policies",
        .needs = {"MCP_LND_REST_URL"},
        .takes = {"MCP_LND_MACAROON_FILE", "MCP_LND_TLS_CERT_FILE"},
        .freshness = kAgeOfLiveGraphs,
        .limits = {"one answer of 40 to 100 MB a run, read as it comes, never held whole"},
        .definitions = {"LND keeps channels long after they fell silent, so that it counts more than others: 49.8 k "
                        "channels and 12.8 k nodes on 2025-10-25"},
        .before_use = {"a macaroon that may read and nothing else: `lncli bakemacaroon --save_to=monitor.macaroon "
                       "uri:/lnrpc.Lightning/GetInfo uri:/lnrpc.Lightning/DescribeGraph`",
                       "LND's certificate is its own: name the file, `tls.cert` of its folder"},
    });
    rows.push_back({
        .name = source::kClnGraph,
        .title = "Public graph of your Core Lightning",
        .gives = "the same, from `listnodes` and `listchannels` over clnrest",
        .needs = {"MCP_CLN_REST_URL"},
        .takes = {"MCP_CLN_RUNE_FILE", "MCP_CLN_CA_FILE"},
        .freshness = kAgeOfLiveGraphs,
        .limits = {"two answers a run, some 40 MB together, read as they come"},
        .definitions = {"one row for each known direction: a direction that its side never announced has none; 50.8 k "
                        "channels and 17.3 k nodes on 2026-02, of which 16.9 k channels without any usable policy"},
        .before_use = {"a rune for these two calls: `lightning-cli createrune "
                       "restrictions='[[\"method=listnodes\",\"method=listchannels\",\"method=getinfo\"]]'`",
                       "clnrest has no port by default: `clnrest-port` must be set"},
    });
    rows.push_back({
        .name = source::kGraph,
        .title = "Public graph in a file",
        .gives = "the same, from a file: `lncli describegraph`, or `listnodes` and `listchannels` of Core Lightning",
        .needs = {"MCP_GRAPH_FILE"},
        .freshness = "read when the file has changed; it is as old as its newest update",
        .limits = {"1 GiB once unpacked"},
        .definitions = {"those of the program that wrote it"},
        .before_use = {"write it beside its place and rename it, so that it is never read half written"},
    });
    rows.push_back({
        .name = source::kRgs,
        .title = "Rapid Gossip Sync",
        .gives = "channels and policies as a server of the Lightning Dev Kit packs them each day",
        .needs = {"MCP_RGS_URL"},
        .public_url = "https://rapidsync.lightningdevkit.org/snapshot",
        .freshness = kAgeOfLiveGraphs,
        .limits = {"some 3 MB a run", "last in order: it tells least"},
        .definitions = {"its first version has neither aliases nor capacities; when each update was announced is "
                        "not in it"},
        .before_use = {"nothing in it is signed: you trust the server"},
    });
    rows.push_back({
        .name = source::kMempool,
        .title = "mempool.space",
        .gives = "on-chain fees and bitcoin's price of the day, the network and your node as it counts them, what it "
                 "counted of your node a week before, your newest closed channels with the reason",
        .needs = {"MCP_MEMPOOL_URL"},
        .takes = {"MCP_MEMPOOL_REQUESTS_PER_RUN"},
        .public_url = "https://mempool.space",
        .spacing = 1s,
        .questions = mempool_questions(),
        .limits = {"three requests a run for the network, three for each node; the budget of a run bounds the latter, "
                   "those longest not asked first",
                   "it publishes no numbers, answers 429 to who asks too much and bans who goes on"},
        .definitions =
            {"fees: sat/vB for the next block, half an hour, an hour, economy, and the least that is relayed; below 1 "
             "is real; precise ones where the instance has them, else the recommended ones in whole sat/vB. The last "
             "ones of each day are kept for 90 days. The price is dated as it dates it",
             "network: its newest row, dated by its own `added`, which may be weeks old. Several servers that disagree "
             "answer under one address, so that two answers must not be subtracted. Medians only: its average fee adds "
             "both directions and leaves out rates of 5,000 ppm and more",
             "node: `channels` and `capacity` are of channels that it holds for active; `closed_channels` is all it "
             "ever saw close; its date is the node's own last announcement",
             "closed channels: the first page, ten, newest first; without a reason where it has not found one",
             "statistics: of the node's rows of days the newest one that is 7 to 14 days before the newest of all, "
             "told with its date; the newest 40 rows are kept. Rows are missing and the servers disagree: no "
             "difference is computed, changes are taken of the graph alone"},
        .before_use = {"whoever is asked learns which nodes you look after: an instance of your own tells nobody",
                       "a node that it does not know is no fault: `ok`, and nothing told"},
        .make = make_mempool,
    });
    rows.push_back({
        .name = source::kAmboss,
        .title = "Amboss",
        .gives = "the network and your node as it counts them, your node's ranks by capacity and channels, its fee "
                 "rates and those of its peers, your newest closed channels with height and reason",
        .needs = {"MCP_AMBOSS_URL"},
        .takes = {"MCP_AMBOSS_API_KEY"},
        .public_url = "https://api.amboss.space/graphql",
        .spacing = 1s,
        .questions = amboss_questions(),
        .limits = {"one request a run for the network, one for every 50 nodes, at most two more where a node's error "
                   "spoilt the answer of others",
                   "it publishes no numbers; what it answers to who asks too much is an HTTP status 429 or an entry of "
                   "`errors`"},
        .definitions =
            {"network: channels, capacity and medians of its snapshot of one day, which it does not date; nodes are "
             "those that it calls active (13,733 of 57,490 on 2026-09-13)",
             "node: its date is when it last heard from the node; equal ranks occur, and ranks are missing",
             "fee rates of the node: `out` is what it asks (`local`), `in` what its peers ask towards it (`remote`), "
             "both of today: the median, and a mean that it calls weighted and does not define",
             "closed channels: ten of its first page, whose order it does not promise"},
        .before_use = {"whoever is asked learns which nodes you look after",
                       "these questions need no account; with a key, it knows you too"},
        .make = make_amboss,
    });
    rows.push_back({
        .name = source::kNode,
        .title = "Your own node",
        .gives = "balances, forwards, revenue and uptime; not built into this version, always `not_configured`",
        .freshness = "",
    });
    return rows;
}

} // namespace

const std::vector<SourceRow>& source_rows() {
    static const std::vector<SourceRow> rows = make_rows();
    return rows;
}

} // namespace mcp::adapters
