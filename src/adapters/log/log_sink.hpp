#pragma once
#include "adapters/files/raw_file.hpp"
#include "base/error.hpp"

#include <string>
#include <string_view>

namespace mcp::adapters {

/// Where lines go: a descriptor, each line one write(2).
class LogSink {
public:
    /// @param file a regular file or a device, made with mode 0640 when it is not there; lines are appended
    [[nodiscard]] static Result<LogSink> open(const std::string& file);
    explicit LogSink(Descriptor target) : target_(std::move(target)) {}

    /// @param line ends with a newline
    /// @return 0 when the whole line is written, else the error number. What was cut short is ended before the next.
    [[nodiscard]] int put(std::string_view line);

private:
    Descriptor target_;
    bool is_in_line_ = false;
};

} // namespace mcp::adapters
