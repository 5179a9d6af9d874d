#pragma once
#include "domain/own_node.hpp"
#include "tests/support/network_builder.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <random>
#include <string>
#include <vector>

/// What a node may tell, by seed: all kinds of it, each member absent now and then, amounts from 0 to the largest.
namespace mcp::test {

class OwnNodes {
public:
    explicit OwnNodes(std::uint64_t seed) : random_(seed) {}

    domain::OwnNode node(const domain::PubKey& key, Day day) {
        domain::OwnNode node;
        node.key = key;
        node.kind = flag() ? domain::NodeKind::lnd : domain::NodeKind::cln;
        node.alias = word();
        node.version = word();
        node.day = day;
        node.read_at = Time(day) + std::chrono::seconds{upto(86'399)};
        node.block_height = static_cast<std::uint32_t>(upto(16'000'000));
        if (flag()) {
            node.doubts = {domain::NodeDoubt::not_synced_to_chain, domain::NodeDoubt::no_channel_active};
        }
        node.channels = ascending<domain::NodeChannel>([&] { return channel(); }, [](const auto& c) { return c.id; });
        node.balances = maybe([&] { return domain::NodeBalances{msat(), msat(), msat(), msat()}; });
        node.pending = maybe([&] { return some<domain::PendingChannel>([&] { return pending(); }); });
        node.closings = maybe([&] { return some<domain::NodeClosing>([&] { return closing(); }); });
        node.wallet = maybe([&] { return domain::NodeWallet{sat(), sat(), maybe([&] { return sat(); })}; });
        node.peers = maybe([&] { return some<domain::NodePeer>([&] { return peer(day); }); });
        for (int back = domain::kFlowDays; flag(0.9) && back > 0; --back) {
            node.days.push_back(flow(day - std::chrono::days{back}));
        }
        if (node.days.size() != domain::kFlowDays) {
            node.days.clear();
        }
        node.gaps = gaps(day);
        node.watched = maybe([&] {
            const auto reached = upto(40'000);
            return domain::NodeWatched{std::chrono::seconds{reached + upto(40'000)}, std::chrono::seconds{reached}};
        });
        node.credential_expires = maybe([&] { return Time(day) + std::chrono::seconds{upto(10'000'000)}; });
        return node;
    }

private:
    bool flag(double share = 0.5) { return std::uniform_real_distribution<>(0, 1)(random_) < share; }
    std::int64_t upto(std::int64_t most) { return std::uniform_int_distribution<std::int64_t>(0, most)(random_); }
    /// Of all sizes; few enough of them to stay below all bitcoin together.
    std::int64_t sized(std::int64_t most) { return upto(std::max<std::int64_t>(1, most >> upto(50))); }
    Sat sat() { return Sat{sized(kAllBitcoin.value / 100)}; }
    Msat msat() { return Msat{sized(to_msat(kAllBitcoin).value / 1000)}; }
    domain::ShortChannelId id() { return {random_()}; }
    domain::PubKey key() { return key_of(static_cast<std::uint32_t>(upto(1'000'000))); }
    std::string txid() {
        return fmt::format("{:016x}{:016x}{:016x}{:016x}", random_(), random_(), random_(), random_());
    }
    std::string outpoint() { return flag(0.9) ? fmt::format("{}:{}", txid(), upto(70'000)) : std::string(); }
    std::string word() {
        const std::vector<std::string> words = {"", "alice", "0.21.0-beta", R"(say "no" \ or)", "nœud ⚡", "tab-less"};
        return words[static_cast<std::size_t>(upto(static_cast<std::int64_t>(words.size()) - 1))];
    }
    template <typename Make>
    auto maybe(Make make) -> std::optional<decltype(make())> {
        return flag(0.7) ? std::optional(make()) : std::nullopt;
    }
    template <typename T, typename Make>
    std::vector<T> some(Make make) {
        std::vector<T> all;
        for (std::int64_t left = upto(5); left > 0; --left) {
            all.push_back(make());
        }
        return all;
    }
    template <typename T, typename Make, typename Of>
    std::vector<T> ascending(Make make, Of of) {
        std::vector<T> all = some<T>(make);
        std::sort(all.begin(), all.end(), [&](const T& a, const T& b) { return of(a) < of(b); });
        all.erase(std::unique(all.begin(), all.end(), [&](const T& a, const T& b) { return of(a) == of(b); }),
                  all.end());
        return all;
    }
    domain::NodeChannel channel() {
        domain::NodeChannel channel;
        channel.id = id();
        channel.funding_outpoint = outpoint();
        channel.peer = key();
        channel.capacity = sat();
        channel.is_public = flag();
        channel.is_active = flag();
        channel.opened_by_us = maybe([&] { return flag(); });
        channel.local = msat();
        channel.remote = msat();
        channel.local_reserve = msat();
        channel.remote_reserve = msat();
        channel.can_send = msat();
        channel.can_receive = msat();
        channel.htlcs = some<domain::PendingHtlc>([&] {
            return domain::PendingHtlc{flag(), msat(), static_cast<std::uint32_t>(upto(4'000'000'000))};
        });
        channel.fee = maybe([&] {
            return domain::ChannelFee{Msat{upto(4'294'967'295)}, Ppm{upto(4'294'967'295)},
                                      maybe([&] { return Msat{upto(9'000) - 9'000}; }),
                                      maybe([&] { return Ppm{upto(9'000) - 4'000}; })};
        });
        channel.online = maybe([&] { return std::chrono::seconds{upto(1'000'000)}; });
        channel.watched = maybe(
            [&] { return channel.online.value_or(std::chrono::seconds{0}) + std::chrono::seconds{upto(1'000'000)}; });
        return channel;
    }
    domain::PendingChannel pending() {
        return {static_cast<domain::PendingKind>(upto(2)),
                outpoint(),
                key(),
                sat(),
                sat(),
                maybe([&] { return static_cast<std::int32_t>(upto(4000) - 2000); }),
                flag() ? txid() : ""};
    }
    domain::NodeClosing closing() {
        return {id(),
                outpoint(),
                maybe([&] { return key(); }),
                sat(),
                static_cast<domain::CloseKind>(upto(4)),
                maybe([&] { return flag(); }),
                maybe([&] { return static_cast<std::uint32_t>(upto(900'000)); }),
                msat()};
    }
    domain::NodePeer peer(Day day) {
        return {key(), flag(), maybe([&] { return upto(1'000'000); }),
                maybe([&] { return Time(day) - std::chrono::seconds{upto(1'000'000)}; })};
    }
    domain::NodeDayFlow flow(Day day) {
        domain::NodeDayFlow flow;
        flow.day = day;
        const auto pair = [](const auto& sum) { return std::tuple(sum.in, sum.out); };
        flow.forwards = ascending<domain::ForwardSum>(
            [&] {
                const Msat out = msat();
                return domain::ForwardSum{id(), id(), upto(1'000'000), out + Msat{upto(1'000'000)}, out};
            },
            pair);
        flow.sizes = ascending<domain::SizeCount>(
            [&] {
                return domain::SizeCount{msat(), upto(1'000'000)};
            },
            [](const auto& size) { return size.amount; });
        flow.failures = maybe([&] {
            return ascending<domain::FailureSum>(
                [&] {
                    return domain::FailureSum{id(), flag() ? id() : domain::ShortChannelId{}, upto(9), upto(1'000'000)};
                },
                pair);
        });
        flow.chain = maybe([&] { return domain::ChainCosts{upto(1'000), msat()}; });
        return flow;
    }
    std::vector<domain::NodeGap> gaps(Day day) {
        std::vector<domain::NodeGap> gaps;
        const std::vector<Error> errors = {
            {ErrorKind::forbidden, {"live.lnd_macaroon_weak", {}}},
            {ErrorKind::unauthenticated,
             {"live.said", {{"status", std::int64_t{500}}, {"text", std::string("a \"b\"")}}}},
            {ErrorKind::timeout, {"live.no_time", {}}, {{"live.source", {{"source", std::string("lnd")}}}}},
            {ErrorKind::internal, {"headline.alert", {{"what", std::vector<Message>{{"outside.fault", {}}}}}}},
            {ErrorKind::conflict, {"facts.figure", {{"value", Msat{upto(1'000'000)}}}}},
            {ErrorKind::invalid_input, {"facts.figure", {{"value", day}}}},
            {ErrorKind::cancelled, {"facts.figure", {{"value", Time(day)}}}},
            {ErrorKind::bad_upstream, {"facts.figure", {{"value", Share{0.25, 1}}}}}};
        for (std::size_t i = 0; i < errors.size(); ++i) {
            if (flag(0.3)) {
                gaps.push_back({static_cast<domain::NodePart>(i), errors[i]});
            }
        }
        std::shuffle(gaps.begin(), gaps.end(), random_);
        return gaps;
    }

    std::mt19937_64 random_;
};

} // namespace mcp::test
