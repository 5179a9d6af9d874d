// Any bytes as an answer of mempool.space, to each question: what is read lies within its bounds, what is refused adds
// nothing and is told in words.
#include "adapters/sources/mempool_answers.hpp"
#include "adapters/sources/mempool_source.hpp"
#include "base/text.hpp"
#include "language/language.hpp"
#include "tests/support/outside_text.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

void demand(bool holds) {
    if (!holds) {
        std::abort();
    }
}

/// Nobody is asked.
class NoHttp : public mcp::ports::HttpClient {
public:
    mcp::Task<mcp::Result<mcp::ports::HttpResponse>> send(mcp::ports::HttpRequest) override { std::abort(); }
};

constexpr mcp::Time kAsked{std::chrono::seconds{1'789'300'000}};

void check(const mcp::domain::Outside& outside) {
    const std::string text = mcp::test::outside_text(outside);
    demand(mcp::is_utf8(text));
    if (outside.fees) {
        demand(outside.fees->hour > 0 && outside.fees->next_block <= 100'000);
    }
    if (outside.price) {
        demand(outside.price->at <= kAsked + std::chrono::days{1} && (outside.price->usd || outside.price->eur));
    }
    for (const mcp::domain::ProviderNetwork& network : outside.networks) {
        demand(network.as_of && (!network.capacity || network.capacity->value >= 0));
    }
    for (const mcp::domain::ProviderNode& node : outside.nodes) {
        demand(!node.capacity_then || *node.capacity_then <= mcp::kAllBitcoin);
        demand(node.earlier_as_of || (!node.capacity_then && !node.channels_then));
        demand(!node.channels_then || *node.channels_then >= 0);
    }
    demand(outside.closed_channels.size() <= 10);
    for (const mcp::domain::ClosedChannel& channel : outside.closed_channels) {
        demand(!channel.id_text.empty() && channel.peer_alias.find('\n') == std::string::npos);
        demand(!channel.capacity || *channel.capacity <= mcp::kAllBitcoin);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static NoHttp http;
    static const mcp::adapters::MempoolSource source(http, "https://mempool.space");
    const std::string_view answer(reinterpret_cast<const char*>(data), size);
    for (const mcp::ports::Question& question : source.questions()) {
        mcp::domain::Outside outside;
        const mcp::Result<void> read = source.read(question, answer, kAsked, outside);
        if (read) {
            check(outside);
        } else {
            demand(read.error().kind == mcp::ErrorKind::bad_upstream);
            demand(mcp::test::outside_text(outside).empty());
            demand(mcp::is_utf8(mcp::language::render(read.error(), mcp::language::Language::fr)));
        }
    }
    static_cast<void>(mcp::adapters::mempool::node_of(answer));
    const std::string kept = mcp::adapters::mempool::newest_statistics(std::string(answer));
    demand(mcp::adapters::mempool::newest_statistics(kept) == kept);
    return 0;
}
