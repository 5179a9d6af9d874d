#pragma once
#include "adapters/graphs/live/graph_feed.hpp"

#include <string>
#include <string_view>

namespace mcp::adapters {

struct ClnFeedOptions {
    std::string url;              ///< "https://127.0.0.1:3010"
    std::string rune_file;        ///< empty: none is sent
    std::string certificate_file; ///< clnrest's ca.pem, the only one believed then; empty: those the system trusts
};

/// The operator's own Core Lightning by clnrest: listnodes and listchannels, their answers one after the other.
class ClnFeed final : public GraphFeed {
public:
    ClnFeed(ClnFeedOptions options, FeedTools tools);

    [[nodiscard]] std::string_view name() const override;
    [[nodiscard]] std::string_view url() const override { return options_.url; }
    [[nodiscard]] Task<Result<void>> fetch(std::shared_ptr<GraphSink> sink, Timer::Span time_max) override;
    [[nodiscard]] Task<Result<FeedFacts>> probe(Timer::Span time_max) override;

private:
    [[nodiscard]] Task<Result<ports::HttpRequest>> with_keys();
    [[nodiscard]] Task<Result<ports::HttpResponse>> ask(ports::HttpRequest request, std::string method,
                                                        std::shared_ptr<GraphSink> sink);

    ClnFeedOptions options_;
    FeedTools tools_;
};

/// What clnrest refuses a request for.
[[nodiscard]] Error cln_refusal(const ports::HttpResponse& answer);

} // namespace mcp::adapters
