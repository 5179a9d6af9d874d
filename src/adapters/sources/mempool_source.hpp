#pragma once
#include "ports/http_client.hpp"
#include "ports/source.hpp"

namespace mcp::adapters {

/// Any instance of mempool.space: fees and price of the day, the network and single nodes as it counts them. A node
/// that it does not know is an answer too, one that adds nothing. Thin: how often it is asked is the business of
/// `http`.
class MempoolSource : public ports::Source {
public:
    /// @param url where the instance is, such as "https://mempool.space" or "https://mempool.space/testnet"
    MempoolSource(ports::HttpClient& http, std::string_view url);

    [[nodiscard]] std::string_view name() const override;
    [[nodiscard]] std::span<const ports::Question> questions() const override;
    /// Of fees: one request more when the instance is too old to know precise ones. Of a node's statistics: not the
    /// text as it came, but its newest 40 rows as JSON, so that no store keeps years of them.
    [[nodiscard]] Task<Result<std::vector<Result<std::string>>>> ask(const ports::Question& question,
                                                                     std::vector<domain::PubKey> nodes) override;
    [[nodiscard]] Result<void> read(const ports::Question& question, std::string_view answer, Time asked_at,
                                    domain::Outside& outside) const override;

private:
    /// What came with a status of 2xx, looked at; else an error of the whole request.
    using Answer = Result<Result<std::string>>;

    [[nodiscard]] Task<Result<ports::HttpResponse>> get(std::string path, bool of_node = false);
    [[nodiscard]] Task<Answer> ask_network(std::string question);
    [[nodiscard]] Task<Answer> ask_node(std::string question, domain::PubKey node);

    ports::HttpClient& http_;
    std::string place_;
};

/// What can be asked of it, also for the table of sources.
[[nodiscard]] std::span<const ports::Question> mempool_questions();

} // namespace mcp::adapters
