#pragma once
#include "ports/http_client.hpp"

#include <deque>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace mcp::test {

/// Other servers, as a test would have them: answers what it was told to, in that order, and keeps what it was asked.
class FakeHttp : public ports::HttpClient {
public:
    using Answer = std::function<Result<ports::HttpResponse>(const ports::HttpRequest&)>;

    /// The next request gets this answer.
    void will(Answer answer) { answers_.push_back(std::move(answer)); }
    void will_answer(int status, std::string body,
                     std::vector<std::pair<std::string, std::string>> headers = {
                         {"content-type", "application/json"}}) {
        ports::HttpResponse response{.status = status, .headers = std::move(headers), .body = std::move(body)};
        will([response = std::move(response)](const ports::HttpRequest&) { return response; });
    }
    void will_fail(ErrorKind kind, Message what) {
        will([error = Error{kind, std::move(what)}](const ports::HttpRequest&) -> Result<ports::HttpResponse> {
            return fail(error);
        });
    }
    /// Requests that no will...() awaits get this answer; without it they throw.
    void otherwise(Answer answer) { otherwise_ = std::move(answer); }

    [[nodiscard]] const std::vector<ports::HttpRequest>& requests() const { return requests_; }
    [[nodiscard]] std::size_t awaited() const { return answers_.size(); } ///< answers that nobody has asked for yet

    [[nodiscard]] Task<Result<ports::HttpResponse>> send(ports::HttpRequest request) override {
        requests_.push_back(request);
        Answer answer = otherwise_;
        if (!answers_.empty()) {
            answer = std::move(answers_.front());
            answers_.pop_front();
        }
        if (!answer) {
            throw std::logic_error("a request that the test did not foresee: " + request.url);
        }
        co_return answer(request);
    }

private:
    std::deque<Answer> answers_;
    Answer otherwise_;
    std::vector<ports::HttpRequest> requests_;
};

} // namespace mcp::test
