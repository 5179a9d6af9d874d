#pragma once
#include "adapters/http/node_address_rules.hpp"
#include "async/pool.hpp"
#include "async/task.hpp"
#include "async/timer.hpp"
#include "base/clock.hpp"
#include "base/error.hpp"
#include "domain/own_node.hpp"
#include "ports/http_client.hpp"
#include "ports/own_node.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What the reading of LND and of Core Lightning share.
namespace mcp::adapters {

/// What nodes are read with; all outlives the reading. The client must not try again by itself.
struct NodeTools {
    ports::HttpClient& http;
    Timer& timer;
    const Clock& clock;
    Pool work; ///< where large answers are taken apart, off the thread that serves everybody
    NodeAddressRules addresses;
};

/// One question to a node.
struct NodeQuestion {
    std::string method = "GET";
    std::string path = {}; ///< "/v1/getinfo", with its query
    std::vector<std::pair<std::string, std::string>> headers = {};
    std::string body = {};
    std::uint64_t body_bytes_max = 8 << 20;
    Timer::Span time_max = std::chrono::seconds{20}; ///< and never more than what is left for the whole reading
    bool only_whether = false;                       ///< a good answer is not read: its body may be empty then
};

/// The questions to one node during one reading: one deadline for all, and each is asked with the pinned certificate,
/// connects to allowed addresses only, and goes through Tor where the name demands it. The credential is in the headers
/// that the caller gives, so that nobody gets it who has not been looked at. To be passed by value; its tools outlive
/// it.
class NodeCalls {
public:
    /// @param access whose URL check_url() has approved   @param time_max for all questions together
    NodeCalls(const NodeTools& tools, ports::NodeAccess access, Timer::Span time_max)
        : tools_(&tools), access_(std::move(access)), deadline_(tools.timer, time_max) {}

    /// @return the answer, of whatever status; an error tells the question as its step: "GET /v1/getinfo: ..."
    [[nodiscard]] Task<Result<ports::HttpResponse>> ask(NodeQuestion question) const;
    /// Lets a node that wants to be asked less often rest. @return false, at once, when less time than that is left
    [[nodiscard]] Task<bool> pause(Timer::Span span) const;

    [[nodiscard]] const ports::NodeAccess& access() const { return access_; }
    [[nodiscard]] Time now() const { return tools_->clock.now(); }
    [[nodiscard]] const Pool& work() const { return tools_->work; }
    [[nodiscard]] const Deadline& deadline() const { return deadline_; }

private:
    const NodeTools* tools_;
    ports::NodeAccess access_;
    Deadline deadline_;
};

/// What a reading notes of a part that it has no time for.
[[nodiscard]] Error no_time_left();
/// What it notes of on-chain costs of days that the node does not know all blocks of. @param day the first of them
[[nodiscard]] Error behind_chain(Day day);

/// The same error told of a question: "GET /v1/channels: ...".
[[nodiscard]] Error at_question(Error error, const NodeQuestion& question);

/// Whether a part that failed so may be left out and the rest still be read: a right is lacking (forbidden), this node
/// does not know the question (not_found), it takes too long, or its answer is too large. Of a node that is locked,
/// starting or cut off nothing more is to be had, and of one that lies nothing more is wanted.
[[nodiscard]] bool is_gap(const Error& error);

/// Whether a reading that has the node's name and its channels goes on without that part. As is_gap(); and where the
/// time is over, as it will be every day with a slow node; where there is more than is kept; and where something odd is
/// told in a part that stands alone.
[[nodiscard]] bool is_gap_of(domain::NodePart part, const Error& error, const Deadline& deadline);

} // namespace mcp::adapters
