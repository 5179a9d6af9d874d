#pragma once
#include "ports/http_client.hpp"
#include "ports/source.hpp"

namespace mcp::adapters {

/// Amboss: the network and single nodes as it counts and ranks them, up to 50 nodes in one request. A node that it does
/// not know is an answer too, one that adds nothing. Thin: how often it is asked is the business of `http`.
class AmbossSource : public ports::Source {
public:
    /// @param url of its GraphQL, "https://api.amboss.space/graphql"   @param api_key empty: asked without one
    AmbossSource(ports::HttpClient& http, std::string url, std::string api_key);

    [[nodiscard]] std::string_view name() const override;
    [[nodiscard]] std::span<const ports::Question> questions() const override;
    /// Of nodes: up to two requests more, for those whose answer another node's error spoilt (GraphQL drops all data
    /// when something that may not be missing cannot be told).
    [[nodiscard]] Task<Result<std::vector<Result<std::string>>>> ask(const ports::Question& question,
                                                                     std::vector<domain::PubKey> nodes) override;
    [[nodiscard]] Result<void> read(const ports::Question& question, std::string_view answer, Time asked_at,
                                    domain::Outside& outside) const override;

private:
    using Answers = std::vector<Result<std::string>>;

    [[nodiscard]] Task<Result<std::string>> post(std::string body);
    [[nodiscard]] Task<Result<Answers>> ask_network();
    [[nodiscard]] Task<Result<Answers>> ask_nodes(std::vector<domain::PubKey> nodes);
    [[nodiscard]] Error without_key(Error error) const;

    ports::HttpClient& http_;
    std::string url_;
    std::string api_key_;
};

/// What can be asked of it, also for the table of sources.
[[nodiscard]] std::span<const ports::Question> amboss_questions();

} // namespace mcp::adapters
