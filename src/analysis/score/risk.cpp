#include "analysis/absences.hpp"
#include "analysis/own/risks.hpp"
#include "analysis/score/all.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

constexpr double kConcentrationPenalty = 60;   // all capacity with one peer
constexpr double kHarmlessConcentration = 0.1; // ten equal peers
constexpr double kCutOffPenalty = 40;

// What the node itself tells of money that is at risk now.
constexpr double kSoonPenalty = 15;       // a payment under way has 40 blocks or fewer
constexpr double kCriticalPenalty = 30;   // 13 or fewer: a channel is about to be closed by force
constexpr double kReservePenalty = 10;    // no coins to close by force at a high fee
constexpr double kForceClosePenalty = 10; // coins are locked until a close by force has run its time
constexpr double kFlapPenalty = 20;       // all capacity with peers that come and go

struct Penalty {
    double points;
    Message why;
};

std::vector<Penalty> penalties_of(const OwnDay& own) {
    std::vector<Penalty> list;
    if (const auto soon = expiring_htlcs(own, kExpirySoon); !soon.empty()) {
        const bool is_critical = soon.front().blocks_left <= kExpiryCritical;
        list.push_back({is_critical ? kCriticalPenalty : kSoonPenalty,
                        {"score.risk.htlc", {{"blocks", soon.front().blocks_left}}}});
    }
    if (const auto reserve = anchor_reserve(own); reserve && reserve->is_short()) {
        list.push_back({kReservePenalty, {"score.risk.reserve", {{"amount", reserve->needed - reserve->there}}}});
    }
    if (const auto closing = force_closing(own); !closing.empty()) {
        list.push_back(
            {kForceClosePenalty, {"score.risk.force_close", {{"count", static_cast<std::int64_t>(closing.size())}}}});
    }
    double all = 0;
    double flapping = 0;
    for (const domain::NodeChannel& channel : own.node().channels) {
        all += static_cast<double>(channel.capacity.value);
    }
    for (const FlappingPeer& peer : flapping_peers(own)) {
        flapping += static_cast<double>(peer.capacity.value);
    }
    if (flapping > 0) {
        list.push_back({kFlapPenalty * flapping / all, {"score.risk.flapping", {{"share", Share{flapping / all}}}}});
    }
    return list;
}

/// What it did not tell is named: nobody knows whether anything is at risk there.
/// @pre own.tells_the_moment()
PartResult with_state_of_node(const NodeDay& day, const OwnDay& own, double value) {
    std::vector<Message> why;
    for (Penalty& penalty : penalties_of(own)) {
        value -= penalty.points;
        why.push_back(std::move(penalty.why));
    }
    const bool told_all = own.node().pending && own.node().wallet;
    if (why.empty()) {
        why.push_back({told_all ? "score.risk.nothing" : "score.risk.nothing_told", {}});
    }
    if (!own.node().pending) {
        why.push_back({"score.risk.no_pending", {}});
    }
    if (!own.node().wallet) {
        why.push_back({"score.risk.no_wallet", {}});
    }
    return {std::max(0.0, value),
            {"score.risk_node",
             {{"hhi", Decimal{*day.concentration, 2}},
              {"cutting", static_cast<std::int64_t>(day.cutting_peers.size())},
              {"why", std::move(why)}}},
            true};
}

} // namespace

// What the loss of one peer would cost: capital in one hand, or the only way to the rest of the network.
PartResult risk(const NodeDay& day, const OwnDay* own) {
    if (day.view.channels().empty()) {
        return {no_channels_to_measure(), {"score.absent", {}}};
    }
    if (!day.concentration) {
        return {unknown_capacity(), {"score.absent", {}}};
    }
    const double excess = std::max(0.0, *day.concentration - kHarmlessConcentration) / (1 - kHarmlessConcentration);
    const double cut_off = day.cutting_peers.empty() ? 0 : kCutOffPenalty;
    const double value = 100 - kConcentrationPenalty * excess - cut_off;
    if (own != nullptr && own->tells_the_moment()) {
        return with_state_of_node(day, *own, value);
    }
    return {
        value,
        {"score.risk",
         {{"hhi", Decimal{*day.concentration, 2}}, {"cutting", static_cast<std::int64_t>(day.cutting_peers.size())}}}};
}

} // namespace mcp::analysis
