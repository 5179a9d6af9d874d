#include "adapters/sources/mempool_source.hpp"

#include "adapters/sources/mempool_answers.hpp"
#include "adapters/sources/provider_answer.hpp"
#include "domain/figure.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <stdexcept>

namespace mcp::adapters {
namespace {

using namespace std::chrono_literals;
using ports::HttpRequest;
using ports::HttpResponse;
using ports::Question;

using Read = Result<void> (*)(std::string_view, Time, domain::Outside&);

struct Row {
    Question question;
    std::string_view path; ///< "{}" stands for the node's key
    Read read;
};

// A report comes once a day: what is asked of each node stays fresh for 20 h, so that each day's run asks once, also
// when yesterday's question was spread over the four hours before it, and a second run of the day asks nothing.
// The network's row changes once a day at most; fees and price move within the hour.
constexpr std::array<Row, 6> kRows{{
    {{.name = "fees", .of_node = false, .fresh = 1h, .nodes_max = 1, .keeps_days = true},
     "/api/v1/fees/precise",
     mempool::read_fees},
    {{.name = "price", .of_node = false, .fresh = 1h, .nodes_max = 1, .keeps_days = false},
     "/api/v1/prices",
     mempool::read_price},
    {{.name = "network", .of_node = false, .fresh = 12h, .nodes_max = 1, .keeps_days = false},
     "/api/v1/lightning/statistics/latest",
     mempool::read_network},
    {{.name = "node", .of_node = true, .fresh = 20h, .nodes_max = 1, .keeps_days = false},
     "/api/v1/lightning/nodes/{}",
     mempool::read_node},
    {{.name = "closed_channels", .of_node = true, .fresh = 20h, .nodes_max = 1, .keeps_days = false},
     "/api/v1/lightning/channels?public_key={}&status=closed&index=0",
     mempool::read_closed},
    {{.name = "statistics", .of_node = true, .fresh = 20h, .nodes_max = 1, .keeps_days = false},
     "/api/v1/lightning/nodes/{}/statistics",
     mempool::read_statistics},
}};

constexpr std::string_view kFeesOfOldInstances = "/api/v1/fees/recommended";
constexpr std::uint64_t kAnswerBytesMax = 1 << 20;

const Row& row_of(std::string_view question) {
    for (const Row& row : kRows) {
        if (row.question.name == question) {
            return row;
        }
    }
    throw std::logic_error("mempool is not asked such a question");
}

/// The body, once it is known to say what the question promises: a fault must not take the place of a good answer.
Result<std::string> checked(const Row& row, std::string body) {
    domain::Outside unused;
    if (Result<void> read = row.read(body, kFarFuture, unused); !read) {
        return fail(asked(std::move(read.error()), domain::source::kMempool, row.question.name));
    }
    return body;
}

bool is_2xx(const HttpResponse& response) {
    return response.status >= 200 && response.status <= 299;
}

} // namespace

std::span<const Question> mempool_questions() {
    static const std::array<Question, kRows.size()> questions = [] {
        std::array<Question, kRows.size()> of_rows;
        std::transform(kRows.begin(), kRows.end(), of_rows.begin(), [](const Row& row) { return row.question; });
        return of_rows;
    }();
    return questions;
}

MempoolSource::MempoolSource(ports::HttpClient& http, std::string_view url) : http_(http), place_(place_of(url)) {}

std::string_view MempoolSource::name() const {
    return domain::source::kMempool;
}

std::span<const Question> MempoolSource::questions() const {
    return mempool_questions();
}

Task<Result<HttpResponse>> MempoolSource::get(std::string path, bool of_node) {
    HttpRequest request;
    request.url = place_ + path;
    request.headers.emplace_back("accept", "application/json"); // errors come as plain text without it
    request.body_bytes_max = kAnswerBytesMax;
    if (of_node) {
        request.is_answer = [](const HttpResponse& response) { return mempool::knows_no_such_node(response.body); };
    }
    return http_.send(std::move(request));
}

Task<MempoolSource::Answer> MempoolSource::ask_network(std::string question) {
    const Row& row = row_of(question);
    auto asking = get(std::string(row.path));
    Result<HttpResponse> response = co_await std::move(asking);
    if (response && response->status == 404 && question == "fees") {
        auto asking_again = get(std::string(kFeesOfOldInstances));
        response = co_await std::move(asking_again);
    }
    if (!response) {
        co_return fail(std::move(response.error()));
    }
    if (!is_2xx(*response)) {
        co_return fail(status_error(response->status));
    }
    co_return checked(row, in_utf8(std::move(response->body)));
}

Task<MempoolSource::Answer> MempoolSource::ask_node(std::string question, domain::PubKey node) {
    const Row& row = row_of(question);
    auto asking = get(fmt::format(fmt::runtime(row.path), node.hex()), question == "node");
    Result<HttpResponse> response = co_await std::move(asking);
    if (!response) {
        co_return fail(std::move(response.error()));
    }
    if (question == "node" && mempool::knows_no_such_node(response->body)) {
        co_return Result<std::string>(std::move(response->body)); // its status is 500, or 404 where that is mended
    }
    if (!is_2xx(*response)) {
        co_return fail(status_error(response->status));
    }
    std::string told = in_utf8(std::move(response->body));
    if (question == "statistics") {
        told = mempool::newest_statistics(std::move(told));
    }
    Result<std::string> body = checked(row, std::move(told));
    if (body && question == "node" && mempool::node_of(*body) != node) {
        body = fail(asked({ErrorKind::bad_upstream, {"provider.other_node", {}}}, domain::source::kMempool, question));
    }
    co_return body;
}

Task<Result<std::vector<Result<std::string>>>> MempoolSource::ask(const Question& question,
                                                                  std::vector<domain::PubKey> nodes) {
    const std::string name(question.name);
    if (nodes.size() != (row_of(name).question.of_node ? 1 : 0)) {
        throw std::logic_error("mempool is asked of one node at a time, or of the network");
    }
    auto asking = nodes.empty() ? ask_network(name) : ask_node(name, nodes.front());
    Answer answer = co_await std::move(asking);
    if (!answer) {
        co_return fail(asked(std::move(answer.error()), domain::source::kMempool, name));
    }
    std::vector<Result<std::string>> answers;
    answers.push_back(std::move(*answer));
    co_return answers;
}

Result<void> MempoolSource::read(const Question& question, std::string_view answer, Time asked_at,
                                 domain::Outside& outside) const {
    const Row& row = row_of(question.name);
    Result<void> read = row.read(answer, asked_at, outside);
    return read ? read : fail(asked(std::move(read.error()), domain::source::kMempool, question.name));
}

} // namespace mcp::adapters
