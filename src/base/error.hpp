#pragma once
#include "base/message.hpp"

#include <tl/expected.hpp>
#include <utility>
#include <vector>

namespace mcp {

/// What a caller can do about a failure, told apart.
enum class ErrorKind {
    invalid_input,
    unauthenticated,
    forbidden,
    not_found,
    conflict,
    rate_limited,
    timeout,
    unavailable,
    bad_upstream,
    cancelled,
    internal
};

/// What went wrong, for callers to act on and for a person to read in their language. No secret, no newline.
struct [[nodiscard]] Error {
    ErrorKind kind;
    Message what;
    std::vector<Message> steps = {}; ///< where it happened, outermost first

    /// The same error seen from one step further out: "graph.json: line 3: ...".
    Error in(Message step) && {
        steps.insert(steps.begin(), std::move(step));
        return std::move(*this);
    }
};

template <typename T>
using Result = tl::expected<T, Error>;

[[nodiscard]] inline tl::unexpected<Error> fail(Error error) {
    return tl::unexpected<Error>(std::move(error));
}

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorKind kind, Message what) {
    return fail(Error{.kind = kind, .what = std::move(what)});
}

} // namespace mcp
