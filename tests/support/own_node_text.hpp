#pragma once
#include "base/iso_time.hpp"
#include "domain/own_node.hpp"
#include "language/language.hpp"

#include <fmt/format.h>
#include <string>

/// What a node told, as text to compare. Each struct is taken apart by all its members: one that is new does not
/// compile until it is told here too.
namespace mcp::test {

namespace own_node_detail {

inline std::string shown(const std::string& text) {
    return "'" + text + "'";
}
inline std::string shown(bool flag) {
    return flag ? "yes" : "no";
}
template <typename T>
requires std::is_arithmetic_v<T> &&(!std::is_same_v<T, bool>)std::string shown(T number) {
    return fmt::to_string(number);
}
template <typename T>
requires std::is_enum_v<T> std::string shown(T value) {
    return fmt::format("#{}", static_cast<int>(value));
}
template <typename Tag>
std::string shown(Quantity<Tag> amount) {
    return fmt::to_string(amount.value);
}
inline std::string shown(std::chrono::seconds span) {
    return fmt::format("{} s", span.count());
}
inline std::string shown(Time time) {
    return iso_time(time);
}
inline std::string shown(Day day) {
    return iso_time(day).substr(0, 10);
}
inline std::string shown(const domain::PubKey& key) {
    return key.hex();
}
inline std::string shown(domain::ShortChannelId id) {
    return id.text();
}
inline std::string shown(const Error& error) {
    return fmt::format("[{}|{}|{}]", static_cast<int>(error.kind), language::render(error, language::Language::en),
                       language::render(error, language::Language::fr));
}
inline std::string shown(const domain::NodeGap& gap) {
    const auto& [part, why] = gap;
    return shown(part) + shown(why);
}

template <typename T>
std::string shown(const std::optional<T>& value);
template <typename T>
std::string shown(const std::vector<T>& list);

template <typename... Values>
std::string all(const Values&... values) {
    return "(" + ((shown(values) + " ") + ...) + ")";
}

inline std::string shown(const domain::PendingHtlc& htlc) {
    const auto& [incoming, amount, expires] = htlc;
    return all(incoming, amount, expires);
}
inline std::string shown(const domain::ChannelFee& fee) {
    const auto& [base, rate, inbound_base, inbound_rate] = fee;
    return all(base, rate, inbound_base, inbound_rate);
}
inline std::string shown(const domain::NodeChannel& channel) {
    const auto& [id, outpoint, peer, capacity, is_public, is_active, opened, local, remote, local_reserve,
                 remote_reserve, can_send, can_receive, htlcs, fee, watched, online] = channel;
    return all(id, outpoint, peer, capacity, is_public, is_active, opened, local, remote, local_reserve, remote_reserve,
               can_send, can_receive, htlcs, fee, watched, online) +
           "\n";
}
inline std::string shown(const domain::NodeBalances& balances) {
    const auto& [local, remote, unsettled_local, unsettled_remote] = balances;
    return all(local, remote, unsettled_local, unsettled_remote);
}
inline std::string shown(const domain::PendingChannel& pending) {
    const auto& [kind, outpoint, peer, capacity, ours, blocks_left, txid] = pending;
    return all(kind, outpoint, peer, capacity, ours, blocks_left, txid);
}
inline std::string shown(const domain::NodeClosing& closing) {
    const auto& [id, outpoint, peer, capacity, kind, by_us, height, ours] = closing;
    return all(id, outpoint, peer, capacity, kind, by_us, height, ours);
}
inline std::string shown(const domain::NodeWallet& wallet) {
    const auto& [confirmed, unconfirmed, reserve] = wallet;
    return all(confirmed, unconfirmed, reserve);
}
inline std::string shown(const domain::NodePeer& peer) {
    const auto& [key, connected, flaps, last_flap] = peer;
    return all(key, connected, flaps, last_flap);
}
inline std::string shown(const domain::ForwardSum& sum) {
    const auto& [in, out, count, amount_in, amount_out] = sum;
    return all(in, out, count, amount_in, amount_out);
}
inline std::string shown(const domain::SizeCount& size) {
    const auto& [amount, count] = size;
    return all(amount, count);
}
inline std::string shown(const domain::FailureSum& sum) {
    const auto& [in, out, here, beyond] = sum;
    return all(in, out, here, beyond);
}
inline std::string shown(const domain::ChainCosts& costs) {
    const auto& [transactions, fees] = costs;
    return all(transactions, fees);
}
inline std::string shown(const domain::NodeDayFlow& flow) {
    const auto& [day, forwards, sizes, failures, chain] = flow;
    return all(day, forwards, sizes, failures, chain) + "\n";
}
inline std::string shown(const domain::NodeWatched& watched) {
    const auto& [span, reached] = watched;
    return all(span, reached);
}

template <typename T>
std::string shown(const std::optional<T>& value) {
    return value ? "=" + shown(*value) : "-";
}
template <typename T>
std::string shown(const std::vector<T>& list) {
    std::string text = "[";
    for (const T& one : list) {
        text += shown(one);
    }
    return text + "]";
}

} // namespace own_node_detail

/// Two nodes told the same exactly when their texts are the same.
inline std::string own_node_text(const domain::OwnNode& node) {
    const auto& [key, kind, alias, version, day, read_at, height, doubts, channels, balances, pending, closings, wallet,
                 peers, days, gaps, watched, expires] = node;
    return own_node_detail::all(key, kind, alias, version, day, read_at, height, doubts, channels, balances, pending,
                                closings, wallet, peers, days, gaps, watched, expires);
}

} // namespace mcp::test
