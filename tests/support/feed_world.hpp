#pragma once
#include "adapters/graphs/live/graph_feed.hpp"
#include "language/language.hpp"
#include "tests/support/fake_http.hpp"
#include "tests/support/temporary_folder.hpp"
#include "tests/support/virtual_time.hpp"

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace mcp::test {

/// The folder of recorded answers beside the project; empty when this machine has none (tests then skip).
inline std::filesystem::path recorded_answers() {
    const std::filesystem::path folder = MCP_SOURCE_DIR "/../shared/data/recorded";
    return std::filesystem::exists(folder) ? folder : std::filesystem::path();
}

/// A feed's servers, time and files; a test says what the servers answer.
class FeedWorld {
public:
    [[nodiscard]] adapters::FeedTools tools() { return {.http = http, .timer = time.timer(), .files = time.pool()}; }

    /// The next request is answered so, streamed in small pieces where it is good and wanted so.
    void will_stream(int status, std::string body) {
        http.will([status, body = std::move(body)](const ports::HttpRequest& request) -> Result<ports::HttpResponse> {
            const bool is_good = status >= 200 && status <= 299;
            if (!request.on_body || !is_good) {
                return ports::HttpResponse{.status = status, .headers = {}, .body = body};
            }
            for (std::size_t at = 0; at < body.size(); at += 7) {
                if (!request.on_body(std::string_view(body).substr(at, 7))) {
                    return fail(ErrorKind::cancelled, {"fetch.called_off", {}});
                }
            }
            return ports::HttpResponse{.status = status, .headers = {}, .body = ""};
        });
    }

    Result<void> fetch(adapters::GraphFeed& feed, Timer::Span time_max = std::chrono::minutes{1}) {
        sink = std::move(*adapters::GraphSink::begin(folder.path("incoming")));
        return time.run(feed.fetch(sink, time_max));
    }
    Result<adapters::FeedFacts> probe(adapters::GraphFeed& feed) {
        return time.run(feed.probe(std::chrono::minutes{1}));
    }
    /// What came, once it has been committed.
    [[nodiscard]] std::string fetched() const {
        if (!sink->commit(folder.path("incoming/graph"), Time{std::chrono::seconds{1'700'000'000}})) {
            throw std::runtime_error("not committed");
        }
        return folder.content("incoming/graph");
    }

    /// "kind of the fault: words" of what failed; empty for what did not.
    template <typename T>
    static std::string fault(const Result<T>& result) {
        return result ? "" : language::render(result.error(), language::Language::en);
    }

    VirtualTime time{Time{std::chrono::seconds{1'700'000'000}}};
    FakeHttp http;
    TemporaryFolder folder;
    std::shared_ptr<adapters::GraphSink> sink;
};

} // namespace mcp::test
