// Any bytes as an answer of Amboss about three nodes and the network: it is taken apart and each part is read, or it is
// refused in words.
#include "adapters/sources/amboss_answers.hpp"
#include "base/json/document.hpp"
#include "base/text.hpp"
#include "language/language.hpp"
#include "tests/support/outside_text.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

namespace amboss = mcp::adapters::amboss;

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

void demand_words(const mcp::Error& error) {
    const std::string words = mcp::language::render(error, mcp::language::Language::en);
    demand(!words.empty() && words.size() < 5000 && mcp::is_utf8(words) && words.find('\n') == std::string::npos);
}

constexpr mcp::Time kAsked{std::chrono::seconds{1'789'300'000}};

void read_part(std::string_view part) {
    demand(mcp::json::Document::parse(part).has_value());
    mcp::domain::Outside outside;
    const mcp::Result<void> of_node = amboss::read_node(part, kAsked, outside);
    if (!of_node) {
        demand(of_node.error().kind == mcp::ErrorKind::bad_upstream);
        demand(mcp::test::outside_text(outside).empty());
        demand_words(of_node.error());
    }
    const mcp::Result<void> of_network = amboss::read_network(part, kAsked, outside);
    if (!of_network) {
        demand(outside.networks.empty());
        demand_words(of_network.error());
    }
    demand(mcp::is_utf8(mcp::test::outside_text(outside)));
    demand(outside.closed_channels.size() <= 10);
    for (const mcp::domain::ProviderNode& node : outside.nodes) {
        demand(!node.capacity || (node.capacity->value >= 0 && *node.capacity <= mcp::kAllBitcoin));
        demand(!node.capacity_rank || *node.capacity_rank > 0);
    }
    static_cast<void>(amboss::node_of(part));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::vector<std::string> fields{"n0", "n1", "n2", "getNetworkMetrics"};
    const auto parts = amboss::split_answer({reinterpret_cast<const char*>(data), size}, fields);
    if (!parts) {
        demand_words(parts.error());
        return 0;
    }
    demand(parts->size() == fields.size());
    bool is_any_told = false;
    for (const amboss::Part& part : *parts) {
        is_any_told = is_any_told || part.has_value();
        if (part && *part) {
            read_part(**part);
        } else if (part) {
            demand_words(part->error());
        }
    }
    demand(is_any_told);
    return 0;
}
