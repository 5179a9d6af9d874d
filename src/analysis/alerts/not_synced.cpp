#include "analysis/alerts/all.hpp"
#include "analysis/own/doubts.hpp"

#include <algorithm>

namespace mcp::analysis {
namespace {

/// Up to date, and still none of its channels could be used.
bool is_only_cut_off(const domain::OwnNode& node) {
    return std::all_of(node.doubts.begin(), node.doubts.end(),
                       [](domain::NodeDoubt doubt) { return doubt == domain::NodeDoubt::no_channel_active; });
}

} // namespace

// A node that does not know the newest blocks cannot defend its channels in time, and what it says of the moment is not
// to be trusted.
std::optional<Finding> not_synced(const RuleInput& in) {
    if (in.today.own() == nullptr || !in.today.own()->in_doubt()) {
        return std::nullopt;
    }
    const domain::OwnNode& node = in.today.own()->node();
    if (is_only_cut_off(node)) {
        return Finding{.severity = domain::Severity::warning,
                       .title = {"alert.not_synced.no_channel", {}},
                       .description = {"alert.not_synced.no_channel_description",
                                       {{"time", node.read_at}, {"height", std::int64_t{node.block_height}}}},
                       .requires_action = true};
    }
    return Finding{.severity = domain::Severity::warning,
                   .title = {"alert.not_synced.title", {}},
                   .description = {"alert.not_synced.description",
                                   {{"why", words_of(node.doubts)},
                                    {"time", node.read_at},
                                    {"height", std::int64_t{node.block_height}}}},
                   .requires_action = true};
}

} // namespace mcp::analysis
