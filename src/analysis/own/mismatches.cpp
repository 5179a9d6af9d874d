#include "analysis/own/mismatches.hpp"

#include <unordered_map>

namespace mcp::analysis {
namespace {

using domain::ChannelFee;

constexpr std::chrono::hours kTimeToSpread{12}; // what was asked when the node was read before has reached all by then

bool is_same(const ChannelFee& a, const ChannelFee& b) {
    return a.base == b.base && a.rate == b.rate && a.inbound_base == b.inbound_base && a.inbound_rate == b.inbound_rate;
}

/// Inbound fees count only where both tell them.
PolicyMismatch compare(const OwnChannel& channel, const ChannelFee& asked, bool tells_inbound) {
    const domain::Policy& heard = *channel.own_policy();
    const bool both_tell = tells_inbound && asked.inbound_base && asked.inbound_rate;
    return {.channel = &channel,
            .asked = asked,
            .outbound = asked.base != heard.base_fee || asked.rate != heard.fee_rate,
            .inbound = both_tell && (*asked.inbound_base != heard.inbound_base_fee ||
                                     *asked.inbound_rate != heard.inbound_fee_rate)};
}

Message outbound_words(Ppm rate, Msat base) {
    return {"wording.fee", {{"rate", rate}, {"base", base}}};
}

Message inbound_words(Ppm rate, Msat base) {
    return {"wording.fee_inbound", {{"rate", rate}, {"base", base}}};
}

} // namespace

std::vector<Message> asked_words(const PolicyMismatch& one) {
    std::vector<Message> words;
    if (one.outbound) {
        words.push_back(outbound_words(one.asked.rate, one.asked.base));
    }
    if (one.inbound) {
        words.push_back(inbound_words(*one.asked.inbound_rate, *one.asked.inbound_base));
    }
    return words;
}

std::vector<Message> heard_words(const PolicyMismatch& one) {
    const domain::Policy& heard = *one.channel->own_policy();
    std::vector<Message> words;
    if (one.outbound) {
        words.push_back(outbound_words(heard.fee_rate, heard.base_fee));
    }
    if (one.inbound) {
        words.push_back(inbound_words(heard.inbound_fee_rate, heard.inbound_base_fee));
    }
    return words;
}

std::vector<PolicyMismatch> policy_mismatches(const NodeDay& day) {
    std::vector<PolicyMismatch> found;
    const OwnDay* own = day.own();
    const domain::Network& network = day.view.day().network;
    if (own == nullptr || own->yesterday() == nullptr || !network.as_of ||
        *network.as_of < own->yesterday()->read_at + kTimeToSpread) {
        return found;
    }
    std::unordered_map<std::uint64_t, const domain::NodeChannel*> before;
    for (const domain::NodeChannel& channel : own->yesterday()->channels) {
        before.try_emplace(channel.id.value, &channel);
    }
    for (const OwnChannel& channel : day.view.channels()) {
        const domain::NodeChannel* told = own->told(channel);
        const auto then = told != nullptr ? before.find(told->id.value) : before.end();
        if (then == before.end() || !told->fee || !then->second->fee || !channel.own_policy()) {
            continue;
        }
        const PolicyMismatch one = compare(channel, *told->fee, network.tells.inbound_fees);
        if (is_same(*told->fee, *then->second->fee) && (one.outbound || one.inbound)) {
            found.push_back(one);
        }
    }
    return found;
}

} // namespace mcp::analysis
