#include "analysis/recommendations/building.hpp"

#include "analysis/absences.hpp"

#include <algorithm>
#include <cmath>

namespace mcp::analysis {
namespace {

constexpr std::chrono::days kValidFor{7};

} // namespace

bool old_enough(const OwnChannel& channel) {
    return channel.age_days && *channel.age_days >= kMinimumAgeDays;
}

double impact_of_share(const NodeView& view, const ChannelList& channels, double severity) {
    if (!(view.capacity_sats() > 0)) {
        return 0;
    }
    double sats = 0;
    for (const OwnChannel* channel : channels) {
        sats += channel->capacity_sats();
    }
    const double impact = 10 * severity * sats / view.capacity_sats();
    return std::round(10 * std::min(10.0, impact)) / 10;
}

domain::Priority priority_of(double impact) {
    if (impact >= 5) {
        return domain::Priority::high;
    }
    return impact >= 2 ? domain::Priority::medium : domain::Priority::low;
}

std::vector<std::string> ids_of(const ChannelList& channels) {
    std::vector<std::string> ids;
    for (const OwnChannel* channel : channels) {
        ids.push_back(channel->channel->id.text());
    }
    return ids;
}

domain::Recommendation advise_node(const RuleInput& in, double impact, domain::Category category, Commands commands) {
    return {.rule = {},
            .priority = priority_of(impact),
            .category = category,
            .title = {},
            .description = {},
            .impact_score = impact,
            .channels_affected = {},
            .suggested_action = {},
            .command_lnd = std::move(commands.lnd),
            .command_cln = std::move(commands.cln),
            .gain_a_month = in.today.own() != nullptr ? needs_weeks_of_flows() : in.today.why_no_own,
            .confidence = {"confidence.public", {}},
            .valid_until = in.today.view.day().date + kValidFor};
}

domain::Recommendation advise_on(const RuleInput& in, const ChannelList& channels, double severity,
                                 domain::Category category, Commands commands) {
    const double impact = impact_of_share(in.today.view, channels, severity);
    domain::Recommendation advice = advise_node(in, impact, category, std::move(commands));
    advice.channels_affected = ids_of(channels);
    return advice;
}

domain::Recommendation advise_as_node_tells(const RuleInput& in, double impact, domain::Category category,
                                            Commands commands) {
    domain::Recommendation advice = advise_node(in, impact, category, std::move(commands));
    advice.confidence = {"confidence.node", {}};
    return advice;
}

bool lacks_address(const RuleInput& in, const domain::Node& peer) {
    const OwnDay* own = in.today.own();
    return own != nullptr && own->node().kind == domain::NodeKind::lnd && peer.address.empty();
}

void keep_own_command(domain::Recommendation& advice, const RuleInput& in) {
    if (const OwnDay* own = in.today.own()) {
        (own->node().kind == domain::NodeKind::lnd ? advice.command_cln : advice.command_lnd).clear();
    }
}

} // namespace mcp::analysis
