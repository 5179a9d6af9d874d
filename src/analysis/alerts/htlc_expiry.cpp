#include "analysis/alerts/all.hpp"
#include "analysis/own/risks.hpp"
#include "analysis/wording.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

using domain::Severity;

constexpr std::size_t kNamedHtlcs = 3;

/// Most payments under way are through in seconds, whatever time they have left: those with much of it count only when
/// they hang.
std::vector<ExpiringHtlc> worth_telling(const OwnDay& own) {
    std::vector<ExpiringHtlc> list = expiring_htlcs(own, kExpiryNoted);
    std::erase_if(list, [&](const ExpiringHtlc& one) {
        return one.blocks_left > kExpirySoon && !was_there_yesterday(own, one).value_or(true);
    });
    return list;
}

std::vector<Message> name_htlcs(const NodeView& view, const std::vector<ExpiringHtlc>& list) {
    std::vector<Message> names;
    for (std::size_t i = 0; i < std::min(kNamedHtlcs, list.size()); ++i) {
        const ExpiringHtlc& one = list[i];
        names.push_back({one.htlc->incoming ? "alert.htlc_expiry.incoming" : "alert.htlc_expiry.outgoing",
                         {{"amount", to_sat_floor(one.htlc->amount)},
                          {"peer", display_name(view, one.channel->peer)},
                          {"channel", one.channel->id.text()},
                          {"blocks", std::max<std::int64_t>(0, one.blocks_left)}}});
    }
    if (list.size() > kNamedHtlcs) {
        names.push_back({"wording.more", {{"count", static_cast<std::int64_t>(list.size() - kNamedHtlcs)}}});
    }
    return names;
}

/// Where it hangs decides: a peer that is gone can be called back, one that is there waits for somebody further along.
std::vector<Message> what_to_do(const OwnDay& own, const ExpiringHtlc& one) {
    if (!one.channel->is_active) {
        return {{"alert.htlc_expiry.connect", {}}};
    }
    if (was_there_yesterday(own, one).value_or(false)) {
        return {{"alert.htlc_expiry.further_along", {}}};
    }
    return {{"alert.htlc_expiry.maybe_through", {}}};
}

} // namespace

// A payment that hangs until it runs out ends in a channel closed by force: LND does so about ten blocks before.
std::optional<Finding> htlc_expiry(const RuleInput& in) {
    const OwnDay* own = in.today.own();
    const std::vector<ExpiringHtlc> list = own != nullptr ? worth_telling(*own) : std::vector<ExpiringHtlc>{};
    if (list.empty()) {
        return std::nullopt;
    }
    const auto gravest = std::min_element(list.begin(), list.end(), [&](const ExpiringHtlc& a, const ExpiringHtlc& b) {
        return severity_of(*own, a) < severity_of(*own, b); // of the same: the one that runs out first
    });
    const Severity severity = severity_of(*own, *gravest);
    Msat amount;
    for (const ExpiringHtlc& one : list) {
        amount += one.htlc->amount;
    }
    const auto count = static_cast<std::int64_t>(list.size());
    return Finding{.severity = severity,
                   .title = {"alert.htlc_expiry.title",
                             {{"count", count}, {"blocks", std::max<std::int64_t>(0, list.front().blocks_left)}}},
                   .description = {"alert.htlc_expiry.description",
                                   {{"amount", to_sat_floor(amount)},
                                    {"list", name_htlcs(in.today.view, list)},
                                    {"advice", what_to_do(*own, *gravest)}}},
                   .requires_action = severity != Severity::info};
}

} // namespace mcp::analysis
