#include "adapters/nodes/lnd_node.hpp"

#include "adapters/nodes/flow_sums.hpp"
#include "adapters/nodes/lnd_days.hpp"
#include "adapters/nodes/lnd_talk.hpp"
#include "adapters/nodes/lnd_told.hpp"
#include "adapters/nodes/lnd_week.hpp"

#include <algorithm>
#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace mcp::adapters {
namespace {

using domain::NodeDayFlow;
using domain::NodePart;
using domain::OwnNode;

/// The parts of one node, as they come in.
class LndReading {
public:
    LndReading(NodeCalls calls, Day day, std::vector<NodeDayFlow> known);

    [[nodiscard]] Task<Result<OwnNode>> read();

private:
    [[nodiscard]] Task<Result<void>> read_info();
    [[nodiscard]] Task<Result<void>> read_channels();
    [[nodiscard]] Task<Result<void>> read_fees();
    [[nodiscard]] Task<Result<void>> read_closings();
    [[nodiscard]] Task<Result<void>> read_money();
    [[nodiscard]] Task<Result<void>> read_peers();
    [[nodiscard]] Task<Result<void>> read_forwards();
    [[nodiscard]] Task<Result<void>> read_chain_costs();

    /// Days whose costs are to be asked for. The last two always: a block may have come in since they were read.
    [[nodiscard]] std::set<Day> days_to_cost() const;
    /// Days that a node does not know the blocks of cost what nobody knows: not nothing.
    [[nodiscard]] Result<void> note_costs_beyond_tip();
    /// Whether the node knows all blocks of that day.
    [[nodiscard]] bool knows_chain_of(Day day) const;
    /// Notes the gap, if it is but one. @return the error, when nothing more is to be read
    [[nodiscard]] Result<void> note(NodePart part, const Error& error);
    /// Takes over a part that came, notes the gap of one that did not.
    template <typename To, typename From>
    [[nodiscard]] Result<void> put(NodePart part, To& to, Result<From>& told);

    lnd::Talk talk_;
    std::vector<NodeDayFlow> known_;
    OwnNode node_;
    lnd::ChannelNames names_;
    std::optional<Time> tip_at_; ///< of its newest block; only of a node that does not know the newest ones
};

LndReading::LndReading(NodeCalls calls, Day day, std::vector<NodeDayFlow> known)
    : talk_(std::move(calls)), known_(std::move(known)) {
    node_.kind = domain::NodeKind::lnd;
    node_.day = day;
    const Day first = day - std::chrono::days{domain::kFlowDays};
    std::erase_if(known_, [&](const NodeDayFlow& flow) { return flow.day < first || flow.day >= day; });
}

Result<void> LndReading::note(NodePart part, const Error& error) {
    if (!is_gap_of(part, error, talk_.calls().deadline())) {
        return fail(error);
    }
    node_.gaps.push_back({part, error});
    return {};
}

template <typename To, typename From>
Result<void> LndReading::put(NodePart part, To& to, Result<From>& told) {
    if (!told) {
        return note(part, told.error());
    }
    to = std::move(*told);
    return {};
}

Task<Result<void>> LndReading::read_info() {
    Result<lnd::Info> info = co_await talk_.tell(lnd::kGetInfo, &lnd::info);
    if (!info) {
        co_return fail(std::move(info.error()));
    }
    node_.key = info->key;
    node_.alias = std::move(info->alias);
    node_.version = std::move(info->version);
    node_.block_height = info->block_height;
    node_.doubts = std::move(info->doubts);
    tip_at_ = info->tip_at;
    node_.read_at = talk_.calls().now();
    co_return Result<void>{};
}

Task<Result<void>> LndReading::read_channels() {
    Result<lnd::OpenChannels> open = co_await talk_.tell(lnd::kListChannels, &lnd::open_channels);
    if (!open) {
        co_return fail(std::move(open.error()));
    }
    node_.channels = std::move(open->channels);
    names_ = std::move(open->names);
    const bool is_any_active = std::any_of(node_.channels.begin(), node_.channels.end(),
                                           [](const domain::NodeChannel& one) { return one.is_active; });
    if (!node_.channels.empty() && !is_any_active) {
        node_.doubts.push_back(domain::NodeDoubt::no_channel_active);
    }
    co_return Result<void>{};
}

Task<Result<void>> LndReading::read_fees() {
    const Result<lnd::ChannelFees> fees = co_await talk_.tell(lnd::kFeeReport, &lnd::channel_fees);
    if (!fees) {
        co_return note(NodePart::channels, fees.error());
    }
    for (domain::NodeChannel& channel : node_.channels) {
        if (const auto found = fees->find(channel.funding_outpoint); found != fees->end()) {
            channel.fee = found->second;
        }
    }
    co_return Result<void>{};
}

Task<Result<void>> LndReading::read_closings() {
    Result<std::vector<domain::PendingChannel>> pending = co_await talk_.tell(lnd::kPendingChannels, &lnd::pending);
    if (Result<void> kept = put(NodePart::pending, node_.pending, pending); !kept) {
        co_return kept;
    }
    Result<lnd::ClosedChannels> closed = co_await talk_.tell(lnd::kClosedChannels, &lnd::closed);
    if (!closed) {
        co_return note(NodePart::closings, closed.error());
    }
    node_.closings = std::move(closed->closings);
    names_.merge(closed->names);
    co_return Result<void>{};
}

Task<Result<void>> LndReading::read_money() {
    Result<std::optional<domain::NodeBalances>> sums = co_await talk_.tell(lnd::kChannelBalance, &lnd::balances);
    if (Result<void> kept = put(NodePart::balances, node_.balances, sums); !kept) {
        co_return kept;
    }
    Result<domain::NodeWallet> wallet = co_await talk_.tell(lnd::kWalletBalance, &lnd::wallet);
    co_return put(NodePart::wallet, node_.wallet, wallet);
}

Task<Result<void>> LndReading::read_peers() {
    const Time latest = node_.read_at + std::chrono::days{1}; // clocks of nodes stray
    auto read = [latest](std::string_view answer) { return lnd::peers(answer, latest); };
    Result<std::vector<domain::NodePeer>> peers = co_await talk_.tell(lnd::kListPeers, std::move(read));
    co_return put(NodePart::peers, node_.peers, peers);
}

Task<Result<void>> LndReading::read_forwards() {
    if (node_.read_at < node_.day) {
        co_return note(NodePart::forwards, {ErrorKind::not_found, {"own_node.day_not_over", {}}});
    }
    std::set<Day> wanted = lnd::days_to_ask(node_.day, known_);
    std::vector<NodeDayFlow> days = known_;
    if (!wanted.empty()) {
        Result<std::vector<NodeDayFlow>> asked = co_await lnd::ask_forwards(talk_, std::move(wanted), names_);
        if (!asked) {
            co_return note(NodePart::forwards, asked.error());
        }
        days.insert(days.end(), asked->begin(), asked->end());
    }
    std::sort(days.begin(), days.end(),
              [](const NodeDayFlow& one, const NodeDayFlow& other) { return one.day < other.day; });
    const auto same = [](const NodeDayFlow& one, const NodeDayFlow& other) { return one.day == other.day; };
    days.erase(std::unique(days.begin(), days.end(), same), days.end());
    if (Result<void> fits = check_rows(rows_of(days)); !fits) {
        co_return note(NodePart::forwards, fits.error());
    }
    node_.days = std::move(days);
    co_return Result<void>{};
}

bool LndReading::knows_chain_of(Day day) const {
    const bool is_behind = std::find(node_.doubts.begin(), node_.doubts.end(),
                                     domain::NodeDoubt::not_synced_to_chain) != node_.doubts.end();
    return !is_behind || (tip_at_ && *tip_at_ >= day + std::chrono::days{1});
}

std::set<Day> LndReading::days_to_cost() const {
    constexpr std::chrono::days kAskedAgain{2};
    std::set<Day> wanted;
    for (const NodeDayFlow& flow : node_.days) {
        if ((!flow.chain || flow.day >= node_.day - kAskedAgain) && knows_chain_of(flow.day)) {
            wanted.insert(flow.day);
        }
    }
    return wanted;
}

Task<Result<void>> LndReading::read_chain_costs() {
    if (node_.days.empty() && talk_.calls().deadline().passed()) {
        co_return note(NodePart::chain_costs, no_time_left());
    }
    const std::set<Day> wanted = days_to_cost();
    if (wanted.empty()) {
        co_return note_costs_beyond_tip();
    }
    const Result<lnd::CostsByDay> costs = co_await lnd::ask_chain_costs(talk_, wanted, node_.day, node_.block_height);
    if (!costs) {
        co_return note(NodePart::chain_costs, costs.error());
    }
    for (NodeDayFlow& flow : node_.days) {
        if (const auto found = costs->find(flow.day); found != costs->end()) {
            flow.chain = found->second;
        }
    }
    co_return note_costs_beyond_tip();
}

Result<void> LndReading::note_costs_beyond_tip() {
    for (const NodeDayFlow& flow : node_.days) {
        if (!flow.chain) {
            return note(NodePart::chain_costs, at_call(behind_chain(flow.day), lnd::kGetTransactions));
        }
    }
    return {};
}

Task<Result<OwnNode>> LndReading::read() {
    const Result<lnd::State> state = co_await talk_.state();
    if (!state) {
        co_return fail(state.error());
    }
    using Step = Task<Result<void>> (LndReading::*)();
    constexpr Step kSteps[] = {&LndReading::read_info,     &LndReading::read_channels,   &LndReading::read_fees,
                               &LndReading::read_closings, &LndReading::read_money,      &LndReading::read_peers,
                               &LndReading::read_forwards, &LndReading::read_chain_costs};
    for (const Step step : kSteps) {
        Result<void> done = co_await (this->*step)();
        if (!done) {
            co_return fail(std::move(done.error()));
        }
    }
    co_return std::move(node_);
}

struct Try {
    NodePart part;
    lnd::Call call;
    std::string more = {};
};

/// For each call of a reading the least that shows whether it may be made.
std::vector<Try> tries(std::uint32_t tip) {
    return {{NodePart::channels, lnd::kListChannels},
            {NodePart::channels, lnd::kFeeReport},
            {NodePart::pending, lnd::kPendingChannels},
            {NodePart::closings, lnd::kClosedChannels, "?funding_canceled=true"},
            {NodePart::balances, lnd::kChannelBalance},
            {NodePart::wallet, lnd::kWalletBalance},
            {NodePart::peers, lnd::kListPeers},
            {NodePart::forwards, lnd::kForwardingHistory, lnd::least_of_forwards()},
            {NodePart::chain_costs, lnd::kGetTransactions, lnd::least_of_transactions(tip)}};
}

} // namespace

Task<Result<OwnNode>> read_lnd(NodeCalls calls, Day day, std::vector<NodeDayFlow> known) {
    LndReading reading(std::move(calls), day, std::move(known));
    Result<OwnNode> node = co_await reading.read();
    co_return node;
}

Task<Result<ports::NodeTrial>> try_lnd(NodeCalls calls) {
    const lnd::Talk talk(std::move(calls));
    const Result<lnd::State> state = co_await talk.state();
    if (!state) {
        co_return fail(state.error());
    }
    Result<lnd::Info> info = co_await talk.tell(lnd::kGetInfo, &lnd::info);
    if (!info) {
        co_return fail(std::move(info.error()));
    }
    ports::NodeTrial trial{.key = info->key,
                           .alias = std::move(info->alias),
                           .version = std::move(info->version),
                           .doubts = std::move(info->doubts),
                           .missing = {}};
    for (Try& one : tries(info->block_height)) {
        const Result<void> asked = co_await talk.may_ask(one.call, std::move(one.more));
        if (!asked && !is_gap(asked.error())) {
            co_return fail(asked.error());
        }
        if (!asked) {
            trial.missing.push_back({one.part, asked.error()});
        }
    }
    co_return trial;
}

Task<Result<void>> knock_lnd(NodeCalls calls) {
    const lnd::Talk talk(std::move(calls));
    const Result<lnd::State> state = co_await talk.state();
    if (!state) {
        co_return fail(state.error());
    }
    if (*state == lnd::State::untold) {
        const Result<lnd::Info> info = co_await talk.tell(lnd::kGetInfo, &lnd::info);
        if (!info) {
            co_return fail(info.error());
        }
    }
    co_return Result<void>{};
}

} // namespace mcp::adapters
