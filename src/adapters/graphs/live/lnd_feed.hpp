#pragma once
#include "adapters/graphs/live/graph_feed.hpp"

#include <string>
#include <string_view>

namespace mcp::adapters {

struct LndFeedOptions {
    std::string url;              ///< "https://127.0.0.1:8080"
    std::string macaroon_file;    ///< empty: none is sent
    std::string certificate_file; ///< LND's tls.cert, the only one believed then; empty: those the system trusts
};

/// The operator's own LND by REST: /v1/state and /v1/getinfo tell whether it knows the whole network, /v1/graph tells
/// it. (/v1/graph/info is never asked: its counts are random.)
class LndFeed final : public GraphFeed {
public:
    LndFeed(LndFeedOptions options, FeedTools tools);

    [[nodiscard]] std::string_view name() const override;
    [[nodiscard]] std::string_view url() const override { return options_.url; }
    [[nodiscard]] Task<Result<void>> fetch(std::shared_ptr<GraphSink> sink, Timer::Span time_max) override;
    [[nodiscard]] Task<Result<FeedFacts>> probe(Timer::Span time_max) override;

private:
    struct Asked {
        ports::HttpRequest request; ///< with the keys
        FeedFacts facts;
    };

    [[nodiscard]] Task<Result<ports::HttpRequest>> with_keys();
    [[nodiscard]] Task<Result<Asked>> look(Deadline deadline);
    [[nodiscard]] Task<Result<void>> look_at_state(ports::HttpRequest request);

    LndFeedOptions options_;
    FeedTools tools_;
};

/// What LND's answer to /v1/state says: whether it can be asked for more.
[[nodiscard]] Result<void> read_lnd_state(const ports::HttpResponse& answer);

/// What LND's answer to /v1/getinfo says. @return an error when it does not know the whole network
[[nodiscard]] Result<FeedFacts> read_lnd_info(const ports::HttpResponse& answer);

/// What LND refuses a request for. Its own words are all that tells: status and code are the same for all.
[[nodiscard]] Error lnd_refusal(const ports::HttpResponse& answer);

} // namespace mcp::adapters
