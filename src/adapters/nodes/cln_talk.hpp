#pragma once
#include "adapters/nodes/node_call.hpp"
#include "async/task.hpp"
#include "async/timer.hpp"
#include "base/error.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace mcp::adapters {

/// The questions of one reading, in the manner of clnrest: POST, a rune, 201. A rune may allow one question a second
/// and refuse the next as "too soon": it is then asked again, and all further ones at that pace.
/// One question at a time; outlives its questions.
class ClnTalk {
public:
    explicit ClnTalk(NodeCalls calls) : calls_(std::move(calls)) {}

    /// @param method one of Core Lightning's, as a literal   @param parameters a JSON object
    /// @param body_bytes_max of the answer
    /// @return the body of a good answer. forbidden when the rune does not admit the question, not_found when this node
    /// does not know it, or not with these parameters (is_unknown_parameter)
    [[nodiscard]] Task<Result<std::string>> ask(std::string_view method, std::string parameters,
                                                std::uint64_t body_bytes_max);
    /// Whether ask() would be let in; does not wait for the answer's end.
    [[nodiscard]] Task<Result<void>> may_ask(std::string_view method, std::string parameters);

    [[nodiscard]] const NodeCalls& calls() const { return calls_; }

private:
    [[nodiscard]] Task<Result<std::string>> send(NodeQuestion question, std::string_view method);
    [[nodiscard]] bool slow_down();

    NodeCalls calls_;
    Timer::Span pace_{0}; ///< between two questions
    bool has_asked_ = false;
};

[[nodiscard]] bool is_unknown_parameter(const Error& error);

/// As is_gap(); and what the node tried to answer and could not, such as when a plugin has died.
[[nodiscard]] bool is_cln_gap(const Error& error);

} // namespace mcp::adapters
