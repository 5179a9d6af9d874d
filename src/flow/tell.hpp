#pragma once
#include "async/timer.hpp"
#include "base/error.hpp"
#include "language/language.hpp"

#include <string>

namespace mcp::flow {

/// An error as logs tell it.
[[nodiscard]] inline std::string in_english(const Error& error) {
    return language::render(error, language::Language::en);
}

[[nodiscard]] inline double seconds_of(Timer::Span span) {
    return std::chrono::duration<double>(span).count();
}

} // namespace mcp::flow
