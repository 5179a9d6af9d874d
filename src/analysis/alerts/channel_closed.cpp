#include "analysis/alerts/all.hpp"
#include "analysis/wording.hpp"

#include <unordered_set>

namespace mcp::analysis {
namespace {

ChannelList gone_since_yesterday(const NodeView& yesterday, const NodeView& today) {
    std::unordered_set<std::uint64_t> still_there;
    for (const OwnChannel& channel : today.channels()) {
        still_there.insert(channel.channel->id.value);
    }
    return channels_where(yesterday,
                          [&](const OwnChannel& channel) { return !still_there.contains(channel.channel->id.value); });
}

} // namespace

// The public graph tells that a channel is gone, not who closed it or how; a silent one may only have been forgotten.
std::optional<Finding> channel_closed(const RuleInput& in) {
    const auto has_ids = [](const NodeDay& day) { return !day.view.day().network.positional_ids; };
    if (in.yesterday == nullptr || !has_ids(*in.yesterday) || !has_ids(in.today)) {
        return std::nullopt;
    }
    const ChannelList gone = gone_since_yesterday(in.yesterday->view, in.today.view);
    if (gone.empty()) {
        return std::nullopt;
    }
    const auto count = static_cast<std::int64_t>(gone.size());
    return Finding{.severity = domain::Severity::info,
                   .title = {"alert.channel_closed.title", {{"count", count}}},
                   .description = {"alert.channel_closed.description",
                                   {{"count", count},
                                    {"capacity", total_capacity_words(gone)},
                                    {"largest", name_peers(in.yesterday->view, gone)}}},
                   .is_event = true};
}

} // namespace mcp::analysis
