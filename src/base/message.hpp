#pragma once
#include "base/units.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mcp {

struct Message;

/// A number shown with a fixed count of decimals, by the reader's locale.
struct Decimal {
    double value;
    int decimals;
};

/// A share of 1 shown as a percentage with `decimals` decimals: 0.25 is "25 %" in French and "25%" in English.
struct Share {
    double value;
    int decimals = 0;
};

/// A fraction of a sentence that has its own translation: a list is shown with the locale's comma.
using MessageValue = std::variant<std::string, std::int64_t, Decimal, Share, Sat, Msat, Ppm, std::chrono::sys_seconds,
                                  std::chrono::sys_days, std::vector<Message>>;

struct MessageArg {
    std::string_view name;
    MessageValue value;
};

/// A sentence that waits for its language: a key of the message table (language/messages.cpp) and the figures in it.
/// Keys and argument names are string literals, so they outlive every message.
struct Message {
    std::string_view key;
    std::vector<MessageArg> args;
};

} // namespace mcp
