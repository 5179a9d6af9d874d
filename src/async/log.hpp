#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mcp {

enum class LogLevel { debug, info, warning, error };

/// A figure of an event beside its sentence, for logs in JSON; the sentence holds it already.
struct LogField {
    std::string_view name;
    std::variant<std::string, std::int64_t, double, bool> value;
};

/// Tells operators what happens: one event a line, in English, because scripts look for the words (CONTRACT section 1).
/// Every failure is `error`, and nothing else is. May be called from any thread. Control characters are taken out and
/// e-mail addresses masked on the way; secrets must not come here at all.
class Log {
public:
    virtual ~Log() = default;
    virtual void write(LogLevel level, std::string_view component, std::string_view text,
                       std::vector<LogField> fields = {}) = 0;
};

} // namespace mcp
