#pragma once
#include "base/error.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mcp::adapters {

/// How a condition of a rune compares, by the letter that stands for it (lightning-createrune(7)).
enum class RuneTest : char {
    is_missing = '!',
    equals = '=',
    differs = '/',
    begins = '^',
    ends = '$',
    contains = '~',
    is_less = '<',
    is_greater = '>',
    sorts_before = '{',
    sorts_after = '}',
    comment = '#' ///< always holds
};

/// "method^list"
struct RuneCondition {
    std::string field; ///< "method", "time", "rate", "id", "pnum", "pname...", "parr..."; of its number: empty
    RuneTest test;
    std::string value; ///< without its escapes

    [[nodiscard]] std::string text() const { return field + static_cast<char>(test) + value; }
};

/// Alternatives, one of which must hold.
using RuneRestriction = std::vector<RuneCondition>;

/// What a rune asks of each call: all its restrictions must hold. The code before them is the node's own matter.
struct Rune {
    std::vector<RuneRestriction> restrictions; ///< without its number ("=7"), which restricts nothing
};

/// Takes what Core Lightning's own reader does (ccan/rune/coding.c): base64url, with padding or without, of 32 bytes of
/// code and the restrictions.
/// @return invalid_input for anything else
[[nodiscard]] Result<Rune> parse_rune(std::string_view text);

} // namespace mcp::adapters
