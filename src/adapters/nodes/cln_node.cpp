#include "adapters/nodes/cln_node.hpp"

#include "adapters/nodes/cln_answers.hpp"
#include "adapters/nodes/cln_channels.hpp"
#include "adapters/nodes/cln_costs.hpp"
#include "adapters/nodes/cln_forwards.hpp"
#include "adapters/nodes/cln_talk.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <utility>

namespace mcp::adapters {
namespace {

using domain::NodePart;
using domain::OwnNode;

constexpr std::string_view kNothing = "{}";
constexpr std::uint64_t kShort = 1 << 20;
constexpr std::uint64_t kLong = 32 << 20; // 8,000 channels at 4 kB, 100,000 forwards at 330 bytes
constexpr std::uint64_t kPageForwards = 5000;
constexpr int kPagesMax = 2000;
/// So long a payment may have been under way before it was settled: no invoice of a mainnet lets one wait longer.
constexpr std::chrono::days kHeldMax{14};

std::int64_t seconds_at(Day day) {
    return std::chrono::sys_seconds{day}.time_since_epoch().count();
}

/// The parts of one node as they come in.
class ClnReading {
public:
    ClnReading(NodeCalls calls, Day day, std::vector<domain::NodeDayFlow> known)
        : talk_(std::move(calls)), known_(std::move(known)) {
        node_.kind = domain::NodeKind::cln;
        node_.day = day;
        std::erase_if(known_, [day](const domain::NodeDayFlow& flow) {
            return flow.day >= day || flow.day < day - std::chrono::days{domain::kFlowDays};
        });
    }

    [[nodiscard]] Task<Result<OwnNode>> read();

private:
    template <typename T>
    using Reader = std::function<Result<T>(std::string_view)>;

    /// A part that must be there.
    template <typename T>
    [[nodiscard]] Task<Result<T>> must(std::string_view method, std::string parameters, Reader<T> reader);
    /// A part that may be refused: it is then noted as a gap.
    template <typename T>
    [[nodiscard]] Task<Result<std::optional<T>>> may(NodePart part, std::string_view method, std::string parameters,
                                                     Reader<T> reader);

    [[nodiscard]] Task<Result<void>> read_info();
    [[nodiscard]] Task<Result<void>> read_channels();
    [[nodiscard]] Task<Result<void>> read_closings();
    [[nodiscard]] Task<Result<void>> read_money();
    [[nodiscard]] Task<Result<void>> read_days();
    [[nodiscard]] Task<Result<void>> read_forwards(std::shared_ptr<ClnWeek> week);
    [[nodiscard]] Task<Result<void>> read_pages(std::shared_ptr<ClnWeek> week, std::uint64_t begin);
    [[nodiscard]] Task<Result<void>> read_all(std::shared_ptr<ClnWeek> week);
    [[nodiscard]] Task<Result<std::uint64_t>> find_begin(std::int64_t from_s);
    [[nodiscard]] Task<Result<std::vector<ClnForward>>> forwards_from(std::uint64_t index, std::uint64_t most);
    [[nodiscard]] Task<Result<void>> read_costs();
    [[nodiscard]] bool is_behind_chain() const;
    /// Notes that some day has no costs. @param why of the first such day
    [[nodiscard]] Result<void> note_costs_untold(const std::function<Error(Day)>& why);

    void put_unknown(const Message& what);
    /// Notes the gap, if it is but one. @return the error when nothing more is to be read
    [[nodiscard]] Result<void> note(NodePart part, Error error);

    ClnTalk talk_;
    std::vector<domain::NodeDayFlow> known_;
    OwnNode node_;
    std::vector<domain::NodeClosing> ended_;
    ClnNames names_;
    std::set<std::string> unlocked_;
};

Result<void> ClnReading::note(NodePart part, Error error) {
    const bool is_slowed = error.what.key == "own_node.cln_too_soon"; // the rune admits too few questions for the time
    if (!is_slowed && !is_cln_gap(error) && !is_gap_of(part, error, talk_.calls().deadline())) {
        return fail(std::move(error));
    }
    node_.gaps.push_back({part, std::move(error)});
    return {};
}

/// "POST /v1/listfunds: outputs[3].txid is missing"
Error at_method(Error error, std::string_view method) {
    NodeQuestion question;
    question.method = "POST";
    question.path = "/v1/" + std::string(method);
    return at_question(std::move(error), question);
}

template <typename T>
Task<Result<T>> ClnReading::must(std::string_view method, std::string parameters, Reader<T> reader) {
    Result<std::string> body = co_await talk_.ask(method, std::move(parameters), kLong);
    if (!body) {
        co_return fail(std::move(body.error()));
    }
    auto read = [text = std::move(*body), reader = std::move(reader)] { return reader(text); };
    Result<T> told = co_await run_on(talk_.calls().work(), std::move(read));
    if (!told) {
        co_return fail(at_method(std::move(told.error()), method));
    }
    co_return told;
}

template <typename T>
Task<Result<std::optional<T>>> ClnReading::may(NodePart part, std::string_view method, std::string parameters,
                                               Reader<T> reader) {
    Result<T> told = co_await must<T>(method, std::move(parameters), std::move(reader));
    if (told) {
        co_return std::optional<T>(std::move(*told));
    }
    Result<void> noted = note(part, std::move(told.error()));
    if (!noted) {
        co_return fail(std::move(noted.error()));
    }
    co_return std::optional<T>();
}

Task<Result<OwnNode>> ClnReading::read() {
    using Step = Task<Result<void>> (ClnReading::*)();
    constexpr Step kSteps[] = {&ClnReading::read_info,  &ClnReading::read_channels, &ClnReading::read_closings,
                               &ClnReading::read_money, &ClnReading::read_days,     &ClnReading::read_costs};
    for (const Step step : kSteps) {
        Result<void> done = co_await (this->*step)();
        if (!done) {
            co_return fail(std::move(done.error()));
        }
    }
    node_.read_at = talk_.calls().now();
    co_return std::move(node_);
}

Task<Result<void>> ClnReading::read_info() {
    Reader<ClnInfo> reader = read_cln_info;
    std::string parameters(kNothing);
    Result<ClnInfo> info = co_await must<ClnInfo>("getinfo", std::move(parameters), std::move(reader));
    if (!info) {
        co_return fail(std::move(info.error()));
    }
    node_.key = info->key;
    node_.alias = std::move(info->alias);
    node_.version = std::move(info->version);
    node_.block_height = info->block_height;
    node_.doubts = std::move(info->doubts);
    co_return Result<void>{};
}

/// With a channel in a state that is not known, no sum over channels is one.
void ClnReading::put_unknown(const Message& what) {
    const Error error = at_method({.kind = ErrorKind::bad_upstream, .what = what}, "listpeerchannels");
    for (const NodePart part : {NodePart::channels, NodePart::balances, NodePart::pending}) {
        node_.gaps.push_back({part, error});
    }
}

Task<Result<void>> ClnReading::read_channels() {
    Reader<ClnChannels> reader = read_cln_channels;
    std::string parameters(kNothing);
    Result<ClnChannels> told = co_await must<ClnChannels>("listpeerchannels", std::move(parameters), std::move(reader));
    if (!told) {
        co_return fail(std::move(told.error()));
    }
    node_.channels = std::move(told->open);
    ended_ = std::move(told->ended);
    names_ = std::move(told->names);
    unlocked_ = std::move(told->unlocked);
    if (told->unknown) {
        put_unknown(*told->unknown);
    } else {
        node_.balances = told->balances;
        node_.pending = std::move(told->pending);
    }
    const bool is_any_active = std::any_of(node_.channels.begin(), node_.channels.end(),
                                           [](const domain::NodeChannel& one) { return one.is_active; });
    std::erase(node_.doubts, domain::NodeDoubt::no_channel_active);
    if (!node_.channels.empty() && !is_any_active) {
        node_.doubts.push_back(domain::NodeDoubt::no_channel_active);
    }
    co_return Result<void>{};
}

Task<Result<void>> ClnReading::read_closings() {
    Reader<ClnClosed> reader = read_cln_closings;
    std::string parameters(kNothing);
    Result<std::optional<ClnClosed>> told =
        co_await may<ClnClosed>(NodePart::closings, "listclosedchannels", std::move(parameters), std::move(reader));
    if (!told) {
        co_return fail(std::move(told.error()));
    }
    if (!*told) {
        co_return Result<void>{};
    }
    ClnClosed& closed = **told;
    names_.merge(closed.names);
    std::vector<domain::NodeClosing> all = std::move(ended_);
    std::move(closed.closings.begin(), closed.closings.end(), std::back_inserter(all));
    all.resize(std::min(all.size(), domain::kClosingsKept));
    node_.closings = std::move(all);
    co_return Result<void>{};
}

Task<Result<void>> ClnReading::read_money() {
    Reader<domain::NodeWallet> wallet_reader = read_cln_wallet;
    std::string nothing(kNothing);
    Result<std::optional<domain::NodeWallet>> wallet =
        co_await may<domain::NodeWallet>(NodePart::wallet, "listfunds", std::move(nothing), std::move(wallet_reader));
    if (!wallet) {
        co_return fail(std::move(wallet.error()));
    }
    node_.wallet = *wallet;
    Reader<std::vector<domain::NodePeer>> peers_reader = read_cln_peers;
    std::string parameters(kNothing);
    Result<std::optional<std::vector<domain::NodePeer>>> peers = co_await may<std::vector<domain::NodePeer>>(
        NodePart::peers, "listpeers", std::move(parameters), std::move(peers_reader));
    if (!peers) {
        co_return fail(std::move(peers.error()));
    }
    node_.peers = std::move(*peers);
    co_return Result<void>{};
}

Task<Result<void>> ClnReading::read_days() {
    std::shared_ptr<ClnWeek> week = std::make_shared<ClnWeek>(node_.day, known_, std::move(names_));
    if (week->wants_any()) {
        std::shared_ptr<ClnWeek> same = week;
        Result<void> done = co_await read_forwards(std::move(same));
        if (!done) {
            co_return note(NodePart::forwards, std::move(done.error()));
        }
    }
    node_.days = week->days();
    std::move(known_.begin(), known_.end(), std::back_inserter(node_.days));
    std::sort(node_.days.begin(), node_.days.end(), [](const auto& a, const auto& b) { return a.day < b.day; });
    if (Result<void> fits = check_rows(rows_of(node_.days)); !fits) {
        node_.days.clear();
        co_return note(NodePart::forwards, at_method(std::move(fits.error()), "listforwards"));
    }
    if (week->deleted() > 0) {
        const auto count = static_cast<std::int64_t>(week->deleted());
        Error error{.kind = ErrorKind::unavailable, .what = {"own_node.cln_forwards_deleted", {{"count", count}}}};
        node_.gaps.push_back({NodePart::forwards, at_method(std::move(error), "listforwards")});
    }
    co_return Result<void>{};
}

Task<Result<void>> ClnReading::read_forwards(std::shared_ptr<ClnWeek> week) {
    const std::int64_t from_s = seconds_at(week->first() - kHeldMax);
    const Result<std::uint64_t> begin = co_await find_begin(from_s);
    if (begin) {
        Result<void> done = co_await read_pages(std::move(week), *begin);
        co_return done;
    }
    if (!is_unknown_parameter(begin.error())) {
        co_return fail(begin.error());
    }
    Result<void> done = co_await read_all(std::move(week));
    co_return done;
}

/// Forwards from that number on, each with a higher one.
Task<Result<std::vector<ClnForward>>> ClnReading::forwards_from(std::uint64_t index, std::uint64_t most) {
    Reader<std::vector<ClnForward>> reader = [index](std::string_view body) {
        Result<std::vector<ClnForward>> told = read_cln_forwards(body, true);
        if (told && !told->empty() && told->front().created_index < index) {
            told = fail(ErrorKind::bad_upstream, {"own_node.cln_page_before", {{"path", std::string("forwards[0]")}}});
        }
        return told;
    };
    std::string parameters = fmt::format(R"({{"index":"created","start":{},"limit":{}}})", index, most);
    Result<std::vector<ClnForward>> told =
        co_await must<std::vector<ClnForward>>("listforwards", std::move(parameters), std::move(reader));
    co_return told;
}

Task<Result<std::uint64_t>> ClnReading::find_begin(std::int64_t from_s) {
    ClnForwardSearch search(from_s);
    while (const std::optional<std::uint64_t> index = search.asks()) {
        Result<std::vector<ClnForward>> told = co_await forwards_from(*index, 1);
        if (!told) {
            co_return fail(std::move(told.error()));
        }
        search.saw(told->empty() ? std::nullopt : std::optional(told->front()));
    }
    co_return search.begin();
}

/// Until nothing more comes, or less than was asked for and that already too late to be wanted: what is added meanwhile
/// is later still, and on a busy node never ends.
Task<Result<void>> ClnReading::read_pages(std::shared_ptr<ClnWeek> week, std::uint64_t begin) {
    for (int page = 0; page < kPagesMax; ++page) {
        Result<std::vector<ClnForward>> told = co_await forwards_from(begin, kPageForwards);
        if (!told) {
            co_return fail(std::move(told.error()));
        }
        Result<void> added = week->add(*told);
        if (!added) {
            co_return fail(at_method(std::move(added.error()), "listforwards"));
        }
        const bool is_short = told->size() < kPageForwards;
        if (told->empty() || (is_short && week->is_later(told->back()))) {
            co_return Result<void>{};
        }
        begin = told->back().created_index + 1;
    }
    Error error{.kind = ErrorKind::bad_upstream, .what = {"own_node.cln_endless", {}}};
    co_return fail(at_method(std::move(error), "listforwards"));
}

/// Before v23.11 there are no pages.
Task<Result<void>> ClnReading::read_all(std::shared_ptr<ClnWeek> week) {
    Reader<std::vector<ClnForward>> reader = [](std::string_view body) { return read_cln_forwards(body, false); };
    std::string parameters(kNothing);
    Result<std::vector<ClnForward>> told =
        co_await must<std::vector<ClnForward>>("listforwards", std::move(parameters), std::move(reader));
    if (!told) {
        co_return fail(std::move(told.error()));
    }
    Result<void> added = week->add(*told);
    if (!added) {
        co_return fail(at_method(std::move(added.error()), "listforwards"));
    }
    co_return Result<void>{};
}

Task<Result<void>> ClnReading::read_costs() {
    if (node_.days.empty() && talk_.calls().deadline().passed()) {
        co_return note(NodePart::chain_costs, no_time_left());
    }
    if (node_.days.empty()) {
        co_return Result<void>{}; // no day to put them to
    }
    if (is_behind_chain()) { // and does not tell how far
        co_return note_costs_untold(&behind_chain);
    }
    const std::int64_t from_s = seconds_at(node_.days.front().day - kCostsBefore);
    Reader<std::vector<domain::NodeDayFlow>> reader = [days = node_.days, unlocked = unlocked_](std::string_view body) {
        Result<std::vector<ClnCost>> costs = read_cln_costs(body);
        std::vector<domain::NodeDayFlow> flows = days;
        Result<void> done = costs ? put_cln_costs(*costs, unlocked, flows) : fail(std::move(costs.error()));
        return done ? Result<std::vector<domain::NodeDayFlow>>(std::move(flows)) : fail(std::move(done.error()));
    };
    // start_time itself is left out
    std::string parameters = fmt::format(R"({{"consolidate_fees":false,"start_time":{}}})", from_s - 1);
    Result<std::optional<std::vector<domain::NodeDayFlow>>> told = co_await may<std::vector<domain::NodeDayFlow>>(
        NodePart::chain_costs, "bkpr-listincome", std::move(parameters), std::move(reader));
    if (!told) {
        co_return fail(std::move(told.error()));
    }
    if (!*told) {
        co_return Result<void>{};
    }
    node_.days = std::move(**told);
    co_return note_costs_untold([](Day day) {
        return Error{.kind = ErrorKind::not_found, .what = {"own_node.cln_not_locked_in", {{"day", day}}}};
    });
}

bool ClnReading::is_behind_chain() const {
    return std::find(node_.doubts.begin(), node_.doubts.end(), domain::NodeDoubt::not_synced_to_chain) !=
           node_.doubts.end();
}

Result<void> ClnReading::note_costs_untold(const std::function<Error(Day)>& why) {
    for (const domain::NodeDayFlow& flow : node_.days) {
        if (!flow.chain) {
            return note(NodePart::chain_costs, at_method(why(flow.day), "bkpr-listincome"));
        }
    }
    return {};
}

/// Of what is there in no network: it costs the node nothing, and needs the same rights.
constexpr std::string_view kNoNode = R"({"id":"0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798"})";
constexpr std::string_view kNoForward = R"({"in_channel":"1x1x1","status":"settled"})";
constexpr std::string_view kNoIncome = R"({"consolidate_fees":false,"start_time":4102444800})"; // of the year 2100

struct Trying {
    NodePart part;
    std::string_view method;
    std::string_view parameters;
};

constexpr Trying kTryings[] = {
    {NodePart::channels, "listpeerchannels", kNoNode}, {NodePart::closings, "listclosedchannels", kNoNode},
    {NodePart::wallet, "listfunds", kNothing},         {NodePart::peers, "listpeers", kNoNode},
    {NodePart::forwards, "listforwards", kNoForward},  {NodePart::chain_costs, "bkpr-listincome", kNoIncome},
};

} // namespace

Task<Result<OwnNode>> read_cln(NodeCalls calls, Day day, std::vector<domain::NodeDayFlow> known) {
    ClnReading reading(std::move(calls), day, std::move(known));
    Result<OwnNode> node = co_await reading.read();
    co_return node;
}

namespace {

Task<Result<ClnInfo>> ask_info(std::shared_ptr<ClnTalk> talk) {
    std::string parameters(kNothing);
    Result<std::string> body = co_await talk->ask("getinfo", std::move(parameters), kShort);
    Result<ClnInfo> info = body ? read_cln_info(*body) : fail(std::move(body.error()));
    if (!info && body) {
        co_return fail(at_method(std::move(info.error()), "getinfo"));
    }
    co_return info;
}

} // namespace

Task<Result<ports::NodeTrial>> try_cln(NodeCalls calls) {
    const auto talk = std::make_shared<ClnTalk>(std::move(calls));
    Result<ClnInfo> info = co_await ask_info(talk);
    if (!info) {
        co_return fail(std::move(info.error()));
    }
    ports::NodeTrial trial{.key = info->key,
                           .alias = std::move(info->alias),
                           .version = std::move(info->version),
                           .doubts = std::move(info->doubts),
                           .missing = {}};
    for (const Trying& one : kTryings) {
        std::string parameters(one.parameters);
        Result<void> let_in = co_await talk->may_ask(one.method, std::move(parameters));
        if (!let_in && !is_cln_gap(let_in.error())) {
            co_return fail(std::move(let_in.error()));
        }
        if (!let_in) {
            trial.missing.push_back({one.part, std::move(let_in.error())});
        }
    }
    co_return trial;
}

Task<Result<void>> knock_cln(NodeCalls calls) {
    const auto talk = std::make_shared<ClnTalk>(std::move(calls));
    const Result<ClnInfo> info = co_await ask_info(talk);
    if (!info) {
        co_return fail(info.error());
    }
    co_return Result<void>{};
}

} // namespace mcp::adapters
