#include "adapters/sources/amboss_source.hpp"

#include "adapters/sources/amboss_answers.hpp"
#include "adapters/sources/amboss_queries.hpp"
#include "adapters/sources/provider_answer.hpp"
#include "domain/figure.hpp"

#include <array>
#include <stdexcept>

namespace mcp::adapters {
namespace {

using namespace std::chrono_literals;
using amboss::Part;
using domain::PubKey;
using domain::source::kAmboss;
using ports::HttpRequest;
using ports::HttpResponse;
using ports::Question;

// Once a day: see the same figures of mempool.
constexpr std::array<Question, 2> kQuestions{{
    {.name = "network", .of_node = false, .fresh = 12h, .nodes_max = 1, .keeps_days = false},
    {.name = "node", .of_node = true, .fresh = 20h, .nodes_max = amboss::kNodesMax, .keeps_days = false},
}};

constexpr std::uint64_t kAnswerBytesMax = 4 << 20;
constexpr int kRequestsMax = 3;

/// A node's part as the answer to be kept, once it is known to tell of that node what is promised: a fault must not
/// take the place of a good answer.
Result<std::string> checked_node(Result<std::string> part, const PubKey& node) {
    if (!part) {
        return part;
    }
    domain::Outside unused;
    if (Result<void> read = amboss::read_node(*part, kFarFuture, unused); !read) {
        return fail(std::move(read.error()));
    }
    const std::optional<PubKey> told_of = amboss::node_of(*part);
    if (told_of && *told_of != node) {
        return fail(ErrorKind::bad_upstream, {"provider.other_node", {}});
    }
    return part;
}

/// Nodes of one call, of which some may still wait for their answer.
class Asking {
public:
    explicit Asking(std::vector<PubKey> nodes) : nodes_(std::move(nodes)), answers_(nodes_.size()) {}

    [[nodiscard]] std::vector<PubKey> waiting() const {
        std::vector<PubKey> waiting;
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            if (!answers_[i]) {
                waiting.push_back(nodes_[i]);
            }
        }
        return waiting;
    }

    /// @param parts one for each that waits
    void take(std::vector<Part> parts) {
        std::size_t next = 0;
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            if (answers_[i]) {
                continue;
            }
            if (Part& part = parts[next++]) {
                answers_[i] = checked_node(std::move(*part), nodes_[i]);
            }
        }
    }

    /// @param why those that still wait have no answer
    [[nodiscard]] std::vector<Result<std::string>> finish(const Error& why) && {
        std::vector<Result<std::string>> answers;
        answers.reserve(answers_.size());
        for (Part& answer : answers_) {
            answers.push_back(answer ? std::move(*answer) : Result<std::string>(fail(why)));
        }
        return answers;
    }

private:
    std::vector<PubKey> nodes_;
    std::vector<Part> answers_;
};

std::vector<std::string> aliases(std::size_t nodes) {
    std::vector<std::string> names;
    names.reserve(nodes);
    for (std::size_t node = 0; node < nodes; ++node) {
        names.push_back(amboss::alias_of(node));
    }
    return names;
}

} // namespace

std::span<const Question> amboss_questions() {
    return kQuestions;
}

AmbossSource::AmbossSource(ports::HttpClient& http, std::string url, std::string api_key)
    : http_(http), url_(std::move(url)), api_key_(std::move(api_key)) {}

std::string_view AmbossSource::name() const {
    return kAmboss;
}

std::span<const Question> AmbossSource::questions() const {
    return kQuestions;
}

/// @return the body of an answer that may be GraphQL's: one with a fault of the query has status 400 in some servers
Task<Result<std::string>> AmbossSource::post(std::string body) {
    HttpRequest request;
    request.method = "POST";
    request.url = url_;
    request.headers.emplace_back("accept", "application/json");
    request.headers.emplace_back("content-type", "application/json");
    if (!api_key_.empty()) {
        request.headers.emplace_back("authorization", "Bearer " + api_key_);
    }
    request.body = std::move(body);
    request.body_bytes_max = kAnswerBytesMax;
    auto sending = http_.send(std::move(request));
    Result<HttpResponse> response = co_await std::move(sending);
    if (!response) {
        co_return fail(std::move(response.error()));
    }
    const bool may_be_graphql = (response->status >= 200 && response->status <= 299) || response->status == 400;
    if (!may_be_graphql) {
        co_return fail(status_error(response->status));
    }
    co_return in_utf8(std::move(response->body));
}

Task<Result<AmbossSource::Answers>> AmbossSource::ask_network() {
    auto posting = post(amboss::network_request());
    Result<std::string> body = co_await std::move(posting);
    if (!body) {
        co_return fail(std::move(body.error()));
    }
    const std::vector<std::string> fields{std::string(amboss::kNetworkField)};
    Result<std::vector<Part>> parts = amboss::split_answer(*body, fields);
    if (!parts) {
        co_return fail(std::move(parts.error()));
    }
    Result<std::string> answer = std::move(*parts->front()); // of one name, it is told
    domain::Outside unused;
    if (answer) {
        if (Result<void> read = amboss::read_network(*answer, kFarFuture, unused); !read) {
            answer = fail(std::move(read.error()));
        }
    }
    Answers answers;
    answers.push_back(std::move(answer));
    co_return answers;
}

Task<Result<AmbossSource::Answers>> AmbossSource::ask_nodes(std::vector<PubKey> nodes) {
    Asking asking(std::move(nodes));
    Error why{ErrorKind::unavailable, {"provider.spoilt", {}}};
    for (int request = 0; request < kRequestsMax; ++request) {
        const std::vector<PubKey> waiting = asking.waiting();
        if (waiting.empty()) {
            break;
        }
        auto posting = post(amboss::nodes_request(waiting));
        Result<std::string> body = co_await std::move(posting);
        Result<std::vector<Part>> parts =
            body ? amboss::split_answer(*body, aliases(waiting.size())) : fail(std::move(body.error()));
        if (!parts && request == 0) {
            co_return fail(std::move(parts.error()));
        }
        if (!parts) {
            why = std::move(parts.error());
            break;
        }
        asking.take(std::move(*parts));
    }
    co_return std::move(asking).finish(why);
}

Task<Result<std::vector<Result<std::string>>>> AmbossSource::ask(const Question& question, std::vector<PubKey> nodes) {
    const std::string name(question.name);
    if ((name == "node") == nodes.empty() || nodes.size() > amboss::kNodesMax) {
        throw std::logic_error("Amboss is asked of 1 to 50 nodes at a time, or of the network");
    }
    auto asking = nodes.empty() ? ask_network() : ask_nodes(std::move(nodes));
    Result<Answers> answers = co_await std::move(asking);
    if (!answers) {
        co_return fail(asked(without_key(std::move(answers.error())), kAmboss, name));
    }
    for (Result<std::string>& answer : *answers) {
        if (!answer) {
            answer = fail(asked(without_key(std::move(answer.error())), kAmboss, name));
        }
    }
    co_return answers;
}

/// An error's words come from the other side, which knows our key; they may hold the beginning of it only.
Error AmbossSource::without_key(Error error) const {
    constexpr std::size_t kTellingBytes = 8;
    for (MessageArg& arg : error.what.args) {
        auto* text = std::get_if<std::string>(&arg.value);
        if (text != nullptr && !api_key_.empty() &&
            text->find(api_key_.substr(0, kTellingBytes)) != std::string::npos) {
            *text = "...";
        }
    }
    return error;
}

Result<void> AmbossSource::read(const Question& question, std::string_view answer, Time asked_at,
                                domain::Outside& outside) const {
    Result<void> read = question.name == "node" ? amboss::read_node(answer, asked_at, outside)
                                                : amboss::read_network(answer, asked_at, outside);
    return read ? read : fail(asked(std::move(read.error()), kAmboss, question.name));
}

} // namespace mcp::adapters
