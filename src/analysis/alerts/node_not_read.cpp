#include "analysis/alerts/all.hpp"
#include "analysis/outside/source_gaps.hpp"

namespace mcp::analysis {
namespace {

/// It was read for the last day before; none of the days since. Of one that was never read nobody knows how long it
/// has been so: a day at least.
Standing since(const std::optional<Day>& last_told, Day today) {
    if (!last_told) {
        return {};
    }
    return {.days = static_cast<int>((today - *last_told).count()), .before_is_known = true};
}

} // namespace

// The user connected the node, and half of the report is missing. One bad morning is a note: nodes are restarted. One
// that was never read will hardly mend by itself.
std::optional<Finding> node_not_read(const RuleInput& in) {
    if (in.surroundings == nullptr || in.today.own() != nullptr) {
        return std::nullopt;
    }
    const domain::SourceState node = state_of(in.surroundings->other_sources, domain::source::kNode);
    if (node.status == domain::SourceStatus::not_configured) {
        return std::nullopt;
    }
    const std::optional<Day>& last = in.surroundings->node_last_told;
    const Standing standing = since(last, in.today.view.day().date);
    const Message& reason = in.today.why_no_own.reason;
    const bool doubles = reason.key == "absent.node_not_read_why" && node.error; // its first words are the title's
    const std::vector<Message> why = {doubles ? *node.error : reason};
    return Finding{.severity = !last || standing.days > 1 ? domain::Severity::warning : domain::Severity::info,
                   .title = {"alert.node_not_read.title", {}},
                   .description = last ? Message{"alert.node_not_read.description", {{"why", why}, {"day", *last}}}
                                       : Message{"alert.node_not_read.never", {{"why", why}}},
                   .requires_action = true,
                   .standing = standing};
}

} // namespace mcp::analysis
