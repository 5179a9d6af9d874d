#pragma once
#include "ports/source.hpp"
#include "tests/support/virtual_time.hpp"

#include <charconv>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mcp::test {

/// A source as a test would have it: answers "QUESTION FIGURE" in its time, and keeps what it was asked. What it says
/// of "fees", "network" and "node" is read into the figures of these; of other questions nothing is.
class FakeSource final : public ports::Source {
public:
    struct Request {
        Time at;
        std::string question;
        std::vector<domain::PubKey> nodes;
    };

    FakeSource(std::string_view name, std::vector<ports::Question> questions, VirtualTime& time)
        : name_(name), questions_(std::move(questions)), time_(time) {}

    [[nodiscard]] std::string_view name() const override { return name_; }
    [[nodiscard]] std::span<const ports::Question> questions() const override { return questions_; }

    Task<Result<std::vector<Result<std::string>>>> ask(const ports::Question& question,
                                                       std::vector<domain::PubKey> nodes) override {
        const Request request{.at = time_.now(), .question = std::string(question.name), .nodes = std::move(nodes)};
        requests.push_back(request);
        co_await time_.timer().wait(takes);
        if (const std::optional<Error> error = fault ? fault(request) : std::nullopt) {
            co_return fail(*error);
        }
        std::vector<Result<std::string>> answers;
        for (std::size_t i = 0; i < std::max<std::size_t>(1, request.nodes.size()); ++i) {
            const auto node = request.nodes.empty() ? std::nullopt : std::optional(request.nodes[i]);
            answers.push_back(say ? say(request, node) : fmt::format("{} {}", question.name, figure));
        }
        co_return answers;
    }

    [[nodiscard]] Result<void> read(const ports::Question& question, std::string_view answer, Time asked_at,
                                    domain::Outside& outside) const override {
        const std::string_view name = question.name;
        std::int64_t number = -1;
        if (answer.substr(0, name.size()) == name && answer.size() > name.size()) {
            std::from_chars(answer.data() + name.size() + 1, answer.data() + answer.size(), number);
        }
        if (number < 0) {
            return fail(ErrorKind::bad_upstream, {"provider.not_the_promised", {}});
        }
        const auto rate = static_cast<double>(number);
        if (name == "fees") {
            outside.fees = domain::OnchainFees{rate, rate, rate, rate, rate, asked_at};
        } else if (name == "network") {
            domain::ProviderNetwork network{};
            network.source = name_;
            network.channels = number;
            outside.networks.push_back(network);
        } else if (name == "node") {
            domain::ProviderNode node{};
            node.source = name_;
            node.channels = number;
            outside.nodes.push_back(node);
        }
        return {};
    }

    /// How often each node was asked about with that question.
    [[nodiscard]] std::map<domain::PubKey, int> times_asked(std::string_view question) const {
        std::map<domain::PubKey, int> times;
        for (const Request& request : requests) {
            for (const domain::PubKey& node : request.nodes) {
                times[node] += request.question == question ? 1 : 0;
            }
        }
        return times;
    }
    [[nodiscard]] std::size_t count(std::string_view question) const {
        return static_cast<std::size_t>(std::count_if(
            requests.begin(), requests.end(), [&](const Request& request) { return request.question == question; }));
    }

    Timer::Span takes{};
    std::int64_t figure = 5;
    std::function<std::optional<Error>(const Request&)> fault; ///< of the whole request
    std::function<Result<std::string>(const Request&, std::optional<domain::PubKey>)> say;
    std::vector<Request> requests;

private:
    std::string_view name_;
    std::vector<ports::Question> questions_;
    VirtualTime& time_;
};

} // namespace mcp::test
