#pragma once
#include "adapters/log/log_sink.hpp"
#include "async/log.hpp"
#include "base/error.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace mcp::adapters {

enum class LogFormat { text, json };

using MillisecondClock = std::function<std::chrono::sys_time<std::chrono::milliseconds>()>;

struct LineLogOptions {
    std::string file = {};      ///< empty: standard error alone
    bool file_is_wanted = true; ///< it was asked for by name: without it the log does not begin
    LogFormat format = LogFormat::text;
    LogLevel minimum = LogLevel::info; ///< what is below is left out
    int error_descriptor = 2;          ///< where the other copy goes; standard error, unless a test listens
};

/// The log of the service: each event one line (CONTRACT section 1), once to standard error, for journald, and once to
/// a file. A line is one write(2) to a file opened for appending, so that lines of several processes never mix. A disk
/// that is full stops nothing: lines are lost then and counted, which is said once, and each next line tries again.
class LineLog final : public Log {
public:
    /// @return an error when the file cannot be opened and is wanted; else there is a warning, and standard error alone
    [[nodiscard]] static Result<std::unique_ptr<LineLog>> open(LineLogOptions options, MillisecondClock clock);

    void write(LogLevel level, std::string_view component, std::string_view text,
               std::vector<LogField> fields) override;

    /// Opens the file by its name anew, after logrotate has moved it (SIGHUP). Where that fails the old one goes on,
    /// and the log says so.
    void reopen();

    /// Lines that the file has not got, ever.
    [[nodiscard]] std::int64_t lost_lines() const;

private:
    LineLog(LineLogOptions options, MillisecondClock clock);
    [[nodiscard]] Result<void> open_file();
    [[nodiscard]] std::string line(LogLevel level, std::string_view component, std::string_view text,
                                   const std::vector<LogField>& fields) const;
    void put(LogLevel level, std::string_view component, std::string_view text, const std::vector<LogField>& fields);
    void put_into_file(std::string_view line);
    void say(LogLevel level, std::string_view text); ///< of the log itself, to standard error

    LineLogOptions options_;
    MillisecondClock clock_;
    mutable std::mutex mutex_;
    LogSink error_;
    std::optional<LogSink> file_;
    std::int64_t lost_ = 0;
    std::int64_t lost_in_a_row_ = 0;
};

} // namespace mcp::adapters
