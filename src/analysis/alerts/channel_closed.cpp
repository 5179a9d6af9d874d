#include "analysis/alerts/all.hpp"
#include "analysis/outside/source_gaps.hpp"
#include "analysis/wording.hpp"

#include <algorithm>
#include <unordered_set>

namespace mcp::analysis {
namespace {

using domain::ClosingReason;
using domain::Severity;

constexpr std::size_t kToldClosings = 5; // more hide the message

ChannelList gone_since_yesterday(const NodeView& yesterday, const NodeView& today) {
    std::unordered_set<std::uint64_t> still_there;
    for (const OwnChannel& channel : today.channels()) {
        still_there.insert(channel.channel->id.value);
    }
    return channels_where(yesterday,
                          [&](const OwnChannel& channel) { return !still_there.contains(channel.channel->id.value); });
}

/// How one channel was closed, as one provider says, or the node itself.
struct Told {
    const OwnChannel* channel;
    ClosingReason reason;
    std::string_view source;
    std::optional<domain::ClosedBy> by;

    [[nodiscard]] bool by_node() const { return source == domain::source::kNode; }
};

/// All that is said of how `gone` were closed, gravest first. Providers that contradict each other both speak.
std::vector<Told> told_of(const RuleInput& in, const ChannelList& gone) {
    std::vector<Told> told;
    if (in.surroundings == nullptr) {
        return told;
    }
    for (const OwnChannel* channel : gone) {
        const std::string id = channel->channel->id.text();
        for (const domain::ReportClosing& closing : in.surroundings->closed_channels.rows) {
            for (const domain::ToldClosing& said : closing.told_by) {
                if (closing.channel_id == id && said.reason) {
                    const auto by = said.closed_by ? std::optional(*said.closed_by) : std::nullopt;
                    told.push_back({channel, *said.reason, said.source, by});
                }
            }
        }
    }
    std::stable_sort(told.begin(), told.end(), [](const Told& a, const Told& b) { return a.reason > b.reason; });
    return told;
}

std::string_view key_of(ClosingReason reason) {
    switch (reason) {
    case ClosingReason::penalty:
        return "alert.channel_closed.penalty";
    case ClosingReason::force:
        return "alert.channel_closed.force";
    case ClosingReason::mutual:
    case ClosingReason::unknown:
        break;
    }
    return "alert.channel_closed.mutual";
}

/// The node itself is no provider, and knows who closed.
Message how_one(const Told& told, const std::string& peer) {
    if (!told.by_node()) {
        return {key_of(told.reason), {{"peer", peer}, {"source", display_name(told.source)}}};
    }
    if (told.reason == ClosingReason::penalty) {
        return {"alert.channel_closed.node_penalty", {{"peer", peer}}};
    }
    if (told.reason != ClosingReason::force) {
        return {"alert.channel_closed.node_mutual", {{"peer", peer}}};
    }
    if (!told.by) {
        return {"alert.channel_closed.node_force", {{"peer", peer}}};
    }
    return {*told.by == domain::ClosedBy::own ? "alert.channel_closed.node_force_own"
                                              : "alert.channel_closed.node_force_peer",
            {{"peer", peer}}};
}

std::vector<Message> how(const NodeView& yesterday, const std::vector<Told>& told) {
    std::vector<Message> list;
    for (std::size_t i = 0; i < std::min(kToldClosings, told.size()); ++i) {
        list.push_back(how_one(told[i], display_name(yesterday.peer(told[i].channel->peer))));
    }
    if (told.size() > kToldClosings) {
        list.push_back({"wording.more", {{"count", static_cast<std::int64_t>(told.size() - kToldClosings)}}});
    }
    return list;
}

Finding found(const RuleInput& in, const ChannelList& gone) {
    const auto count = static_cast<std::int64_t>(gone.size());
    return {.severity = Severity::info,
            .title = {"alert.channel_closed.title", {{"count", count}}},
            .description = {"alert.channel_closed.description",
                            {{"count", count},
                             {"capacity", total_capacity_words(gone)},
                             {"largest", name_peers(in.yesterday->view, gone)}}},
            .is_event = true};
}

/// A penalty takes the whole channel from one of the two; a force close locks the money and costs more. Both mean that
/// something went wrong.
void tell_how(Finding& finding, const RuleInput& in, const ChannelList& gone, const std::vector<Told>& told) {
    const ClosingReason gravest = told.front().reason;
    if (gravest == ClosingReason::penalty) {
        finding.severity = Severity::critical;
        finding.title.key = "alert.channel_closed.title_penalty";
    } else if (gravest == ClosingReason::force) {
        finding.severity = Severity::warning;
        finding.title.key = "alert.channel_closed.title_force";
    }
    const bool is_known_who = std::any_of(told.begin(), told.end(), [](const Told& t) { return t.by_node(); });
    finding.requires_action = gravest != ClosingReason::mutual;
    const std::string_view what_to_do = gravest == ClosingReason::penalty ? "alert.channel_closed.after_penalty"
                                        : gravest == ClosingReason::force && is_known_who
                                            ? "alert.channel_closed.after_force_told"
                                        : gravest == ClosingReason::force ? "alert.channel_closed.after_force"
                                                                          : "alert.channel_closed.after_mutual";
    finding.description = {"alert.channel_closed.description_how",
                           {{"count", static_cast<std::int64_t>(gone.size())},
                            {"capacity", total_capacity_words(gone)},
                            {"largest", name_peers(in.yesterday->view, gone)},
                            {"how", how(in.yesterday->view, told)},
                            {"todo", std::vector<Message>{{what_to_do, {}}}}}};
}

} // namespace

// The public graph tells that a channel is gone, not who closed it or how; a silent one may only have been forgotten.
// Providers that watch the chain may tell how.
std::optional<Finding> channel_closed(const RuleInput& in) {
    const auto has_ids = [](const NodeDay& day) { return !day.view.day().network.positional_ids; };
    if (in.yesterday == nullptr || !has_ids(*in.yesterday) || !has_ids(in.today)) {
        return std::nullopt;
    }
    const ChannelList gone = gone_since_yesterday(in.yesterday->view, in.today.view);
    if (gone.empty()) {
        return std::nullopt;
    }
    Finding finding = found(in, gone);
    if (const std::vector<Told> told = told_of(in, gone); !told.empty()) {
        tell_how(finding, in, gone, told);
    }
    return finding;
}

} // namespace mcp::analysis
