// Any bytes as a statement of a node: what is read is bounded, adds up, and is written and read again as the same; what
// is refused is told in words.
#include "flow/node/statement.hpp"
#include "base/text.hpp"
#include "language/language.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using mcp::Msat;

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

/// Adds up what reports add up: an overflow throws.
void check_sums(const mcp::domain::OwnNode& node) {
    Msat local;
    Msat under_way;
    for (const mcp::domain::NodeChannel& channel : node.channels) {
        local += channel.local + channel.remote;
        for (const mcp::domain::PendingHtlc& htlc : channel.htlcs) {
            under_way += htlc.amount;
        }
    }
    Msat fees;
    for (const mcp::domain::NodeDayFlow& day : node.days) {
        for (const mcp::domain::ForwardSum& sum : day.forwards) {
            demand(sum.fees().value >= 0);
            fees += sum.fees();
        }
        fees += day.chain ? day.chain->fees : Msat{};
    }
    demand(node.days.empty() || node.days.size() == mcp::domain::kFlowDays);
    demand(node.channels.size() <= mcp::domain::kNodeChannelsMax);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const mcp::Result<mcp::domain::OwnNode> node = mcp::flow::read_statement(text);
    if (!node) {
        demand(node.error().kind == mcp::ErrorKind::invalid_input);
        demand(mcp::is_utf8(mcp::language::render(node.error(), mcp::language::Language::fr)));
        return 0;
    }
    check_sums(*node);
    for (const mcp::domain::NodeGap& gap : node->gaps) {
        demand(mcp::is_utf8(mcp::language::render(gap.why, mcp::language::Language::fr)));
    }
    const std::string written = mcp::flow::statement_text(*node);
    const mcp::Result<mcp::domain::OwnNode> again = mcp::flow::read_statement(written);
    demand(again.has_value());
    demand(mcp::flow::statement_text(*again) == written);
    return 0;
}
