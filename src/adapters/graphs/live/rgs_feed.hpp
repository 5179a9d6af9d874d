#pragma once
#include "adapters/graphs/live/graph_feed.hpp"

#include <string>
#include <string_view>

namespace mcp::adapters {

/// A Rapid Gossip Sync server: its full snapshot, `GET URL/0`, which it makes once a day. It names no nodes.
class RgsFeed final : public GraphFeed {
public:
    /// @param url "https://rapidsync.lightningdevkit.org/snapshot"
    RgsFeed(std::string_view url, FeedTools tools);

    [[nodiscard]] std::string_view name() const override;
    [[nodiscard]] std::string_view url() const override { return url_; }
    [[nodiscard]] Task<Result<void>> fetch(std::shared_ptr<GraphSink> sink, Timer::Span time_max) override;
    /// Reads the head of the snapshot only.
    [[nodiscard]] Task<Result<FeedFacts>> probe(Timer::Span time_max) override;

private:
    std::string url_;
    FeedTools tools_;
};

/// The date in the head of a snapshot; nothing when it is no snapshot.
[[nodiscard]] std::optional<Time> rgs_date(std::string_view head);

} // namespace mcp::adapters
