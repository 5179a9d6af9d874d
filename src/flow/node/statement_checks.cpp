#include "flow/node/statement_checks.hpp"

#include <fmt/format.h>
#include <initializer_list>
#include <set>
#include <string>
#include <tuple>

namespace mcp::flow {
namespace {

using domain::FailureSum;
using domain::ForwardSum;
using domain::NodeChannel;
using domain::NodeDayFlow;
using domain::OwnNode;

Result<void> refuse(std::string_view key, std::string path) {
    return fail(ErrorKind::invalid_input, {key, {{"path", std::move(path)}}});
}

template <typename List, typename Of>
Result<void> ascending(const List& list, std::string_view path, Of of) {
    for (std::size_t i = 1; i < list.size(); ++i) {
        if (!(of(list[i - 1]) < of(list[i]))) {
            return refuse("statement.order", fmt::format("{}[{}]", path, i));
        }
    }
    return {};
}

/// Adds what is each at most all bitcoin, so that the sum cannot overflow before it is refused.
template <typename List, typename Of>
Result<void> within_all_bitcoin(const List& list, std::string_view path, Of of) {
    Msat sum;
    for (std::size_t i = 0; i < list.size(); ++i) {
        sum += of(list[i]);
        if (sum > to_msat(kAllBitcoin)) {
            return refuse("statement.beyond_belief", fmt::format("{}[{}]", path, i));
        }
    }
    return {};
}

Result<void> first_fault(std::initializer_list<Result<void>> checks) {
    for (const Result<void>& check : checks) {
        if (!check) {
            return check;
        }
    }
    return {};
}

Result<void> check_htlcs(const std::vector<NodeChannel>& channels) {
    for (std::size_t i = 0; i < channels.size(); ++i) {
        const NodeChannel& channel = channels[i];
        const auto amount = [](const domain::PendingHtlc& htlc) { return htlc.amount; };
        Result<void> sum = within_all_bitcoin(channel.htlcs, fmt::format("channels[{}].htlcs", i), amount);
        if (!sum) {
            return sum;
        }
        if (channel.watched && channel.online && *channel.online > *channel.watched) {
            return refuse("statement.beyond_belief", fmt::format("channels[{}].online_seconds", i));
        }
    }
    return {};
}

Result<void> check_channels(const std::vector<NodeChannel>& all) {
    const auto sum = [&all](auto of) { return within_all_bitcoin(all, "channels", of); };
    const auto under_way = [](const NodeChannel& channel) {
        Msat amount;
        for (const domain::PendingHtlc& htlc : channel.htlcs) {
            amount += htlc.amount;
        }
        return amount;
    };
    const Result<void> htlcs = check_htlcs(all);
    if (!htlcs) {
        return htlcs;
    }
    return first_fault({ascending(all, "channels", [](const NodeChannel& one) { return one.id; }),
                        sum([](const NodeChannel& one) { return to_msat(one.capacity); }),
                        sum([](const NodeChannel& one) { return one.local; }),
                        sum([](const NodeChannel& one) { return one.remote; }),
                        sum([](const NodeChannel& one) { return one.local_reserve; }),
                        sum([](const NodeChannel& one) { return one.remote_reserve; }),
                        sum([](const NodeChannel& one) { return one.can_send; }),
                        sum([](const NodeChannel& one) { return one.can_receive; }), sum(under_way)});
}

Result<void> check_pending(const OwnNode& node) {
    if (node.pending) {
        const auto capacity = [](const domain::PendingChannel& one) { return to_msat(one.capacity); };
        const auto ours = [](const domain::PendingChannel& one) { return to_msat(one.ours); };
        return first_fault({within_all_bitcoin(*node.pending, "pending", capacity),
                            within_all_bitcoin(*node.pending, "pending", ours)});
    }
    return {};
}

Result<void> check_closings(const OwnNode& node) {
    if (node.closings) {
        const auto capacity = [](const domain::NodeClosing& one) { return to_msat(one.capacity); };
        const auto ours = [](const domain::NodeClosing& one) { return one.ours; };
        return first_fault({within_all_bitcoin(*node.closings, "closings", capacity),
                            within_all_bitcoin(*node.closings, "closings", ours)});
    }
    return {};
}

Result<void> check_forwards(const NodeDayFlow& day, const std::string& path) {
    for (std::size_t i = 0; i < day.forwards.size(); ++i) {
        if (day.forwards[i].amount_out > day.forwards[i].amount_in) {
            return refuse("statement.beyond_belief", fmt::format("{}.forwards[{}]", path, i));
        }
    }
    const auto pair = [](const auto& sum) { return std::tuple(sum.in, sum.out); };
    return first_fault(
        {ascending(day.forwards, path + ".forwards", pair),
         within_all_bitcoin(day.forwards, path + ".forwards", [](const ForwardSum& sum) { return sum.amount_in; }),
         ascending(day.sizes, path + ".sizes", [](const auto& size) { return size.amount; }),
         day.failures ? ascending(*day.failures, path + ".failures", pair) : Result<void>()});
}

Result<void> check_days(const OwnNode& node) {
    const auto days = static_cast<std::ptrdiff_t>(node.days.size());
    if (days != 0 && days != domain::kFlowDays) {
        return fail(ErrorKind::invalid_input,
                    {"statement.days", {{"path", std::string("days")}, {"count", std::int64_t{domain::kFlowDays}}}});
    }
    for (std::size_t i = 0; i < node.days.size(); ++i) {
        const std::string path = fmt::format("days[{}]", i);
        if (node.days[i].day != node.day - std::chrono::days{domain::kFlowDays - static_cast<int>(i)}) {
            return fail(ErrorKind::invalid_input,
                        {"statement.days", {{"path", path + ".day"}, {"count", std::int64_t{domain::kFlowDays}}}});
        }
        Result<void> forwards = check_forwards(node.days[i], path);
        if (!forwards) {
            return forwards;
        }
    }
    return {};
}

/// What a week brought is added up too.
Result<void> check_week(const OwnNode& node) {
    Msat week;
    for (std::size_t i = 0; i < node.days.size(); ++i) {
        for (const ForwardSum& sum : node.days[i].forwards) {
            week += sum.amount_in;
            if (week > to_msat(kAllBitcoin)) {
                return refuse("statement.beyond_belief", fmt::format("days[{}].forwards", i));
            }
        }
    }
    const auto fees = [](const NodeDayFlow& day) { return day.chain ? day.chain->fees : Msat{}; };
    return within_all_bitcoin(node.days, "days", fees);
}

Result<void> check_watched(const OwnNode& node) {
    if (node.watched && (node.watched->reached > node.watched->watched ||
                         node.watched->watched > std::chrono::seconds{std::chrono::days{1}})) {
        return refuse("statement.beyond_belief", "watched");
    }
    return {};
}

/// Of each part one gap.
Result<void> check_gaps(const OwnNode& node) {
    std::set<domain::NodePart> parts;
    for (std::size_t i = 0; i < node.gaps.size(); ++i) {
        if (!parts.insert(node.gaps[i].part).second) {
            return refuse("statement.beyond_belief", fmt::format("gaps[{}]", i));
        }
    }
    return {};
}

} // namespace

Result<void> check_statement(const OwnNode& node) {
    const Result<void> days = check_days(node);
    if (!days) {
        return days;
    }
    return first_fault({check_channels(node.channels), check_pending(node), check_closings(node), check_week(node),
                        check_watched(node), check_gaps(node)});
}

} // namespace mcp::flow
