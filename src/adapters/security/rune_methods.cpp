#include "adapters/security/rune_methods.hpp"

#include <algorithm>
#include <array>

namespace mcp::adapters {
namespace {

constexpr std::string_view kMethod = "method";

/// Of Core Lightning these only read, and so do all methods that begin so: its own stock restrictions=readonly relies
/// on the first two.
constexpr std::array<std::string_view, 3> kReadingBeginnings{"list", "get", "bkpr-list"};

/// Not among them, though they look like it: bkpr-dumpincomecsv writes a file, showrunes shows other runes, checkrune
/// and waitblockheight are no business of a monitor, getsharedsecret computes with the node's key.
constexpr std::array<std::string_view, 8> kReadingMethods{"summary", "feerates",     "decode",      "decodepay",
                                                          "help",    "bkpr-inspect", "bkpr-report", "bkpr-channelsapy"};
constexpr std::string_view kSharedSecret = "getsharedsecret";

bool begins_as_reading(std::string_view text) {
    return std::any_of(kReadingBeginnings.begin(), kReadingBeginnings.end(),
                       [&](std::string_view beginning) { return text.starts_with(beginning); });
}

bool is_reading(std::string_view method) {
    return method != kSharedSecret &&
           (begins_as_reading(method) ||
            std::find(kReadingMethods.begin(), kReadingMethods.end(), method) != kReadingMethods.end());
}

bool holds(const RuneCondition& condition, std::string_view method) {
    const std::string_view value = condition.value;
    switch (condition.test) {
    case RuneTest::is_missing:
    case RuneTest::is_less: // no method is a number
    case RuneTest::is_greater:
        return false;
    case RuneTest::equals:
        return method == value;
    case RuneTest::differs:
        return method != value;
    case RuneTest::begins:
        return method.starts_with(value);
    case RuneTest::ends:
        return method.ends_with(value);
    case RuneTest::contains:
        return method.find(value) != std::string_view::npos;
    case RuneTest::sorts_before:
        return method < value;
    case RuneTest::sorts_after:
        return method > value;
    case RuneTest::comment:
        return true;
    }
    return true;
}

/// Whether the condition, where it holds, holds for reading methods only.
bool leaves_reading(const RuneCondition& condition, const Rune& rune) {
    if (condition.field != kMethod) {
        return false;
    }
    if (condition.test == RuneTest::equals) {
        return is_reading(condition.value) || !may_call(rune, condition.value);
    }
    return condition.test == RuneTest::begins && begins_as_reading(condition.value);
}

} // namespace

bool may_call(const Rune& rune, std::string_view method) {
    return std::all_of(rune.restrictions.begin(), rune.restrictions.end(), [&](const RuneRestriction& alternatives) {
        return std::any_of(alternatives.begin(), alternatives.end(), [&](const RuneCondition& condition) {
            return condition.field != kMethod || holds(condition, method);
        });
    });
}

bool only_reads(const Rune& rune) {
    return std::any_of(rune.restrictions.begin(), rune.restrictions.end(), [&](const RuneRestriction& alternatives) {
        return std::all_of(alternatives.begin(), alternatives.end(),
                           [&](const RuneCondition& condition) { return leaves_reading(condition, rune); });
    });
}

} // namespace mcp::adapters
