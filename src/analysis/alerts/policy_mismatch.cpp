#include "analysis/alerts/all.hpp"
#include "analysis/own/mismatches.hpp"
#include "analysis/wording.hpp"

namespace mcp::analysis {

// Payers who ask at the old price are refused, or pay too little or too much: the announcement did not get through.
std::optional<Finding> policy_mismatch(const RuleInput& in) {
    const std::vector<PolicyMismatch> mismatches = policy_mismatches(in.today);
    if (mismatches.empty()) {
        return std::nullopt;
    }
    const NodeView& view = in.today.view;
    ChannelList channels;
    double sats = 0;
    for (const PolicyMismatch& one : mismatches) {
        channels.push_back(one.channel);
        sats += one.channel->capacity_sats();
    }
    const PolicyMismatch& first = mismatches.front();
    const bool is_much = sats >= in.thresholds.inactive_share * view.capacity_sats();
    return Finding{.severity = is_much ? domain::Severity::warning : domain::Severity::info,
                   .title = {"alert.policy_mismatch.title", {{"count", static_cast<std::int64_t>(channels.size())}}},
                   .description = {"alert.policy_mismatch.description",
                                   {{"peer", display_name(view.peer(first.channel->peer))},
                                    {"asked", asked_words(first)},
                                    {"heard", heard_words(first)},
                                    {"largest", name_peers(view, channels)}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
