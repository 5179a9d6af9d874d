#include "adapters/log/line_log.hpp"

#include "adapters/files/system_fault.hpp"
#include "adapters/log/safe_text.hpp"
#include "base/iso_time.hpp"
#include "language/language.hpp"

#include <boost/json/serialize.hpp>
#include <boost/json/string.hpp>
#include <cmath>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace mcp::adapters {
namespace {

constexpr std::size_t kTextBytes = 4096;
constexpr std::size_t kComponentBytes = 64;
constexpr std::size_t kFieldBytes = 512;
constexpr std::size_t kFields = 12;
constexpr std::string_view kOwnName = "log";

std::string_view name_of(LogLevel level) {
    switch (level) {
    case LogLevel::debug:
        return "DEBUG";
    case LogLevel::info:
        return "INFO";
    case LogLevel::warning:
        return "WARNING";
    case LogLevel::error:
        return "ERROR";
    }
    throw std::logic_error("no such level");
}

std::string text_of(std::chrono::sys_time<std::chrono::milliseconds> time) {
    const Time second = std::chrono::floor<std::chrono::seconds>(time);
    std::string text = iso_time(second);
    text.pop_back();
    return fmt::format("{}.{:03}Z", text, (time - second).count());
}

std::string quoted(std::string_view text) {
    return boost::json::serialize(boost::json::string_view(text.data(), text.size()));
}

struct JsonValue {
    std::string_view component;

    std::string operator()(const std::string& text) const {
        return quoted(without_words_of_others(safe_text(text, kFieldBytes), component));
    }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return std::isfinite(number) ? fmt::format("{}", number) : "null"; }
    std::string operator()(bool is_so) const { return is_so ? "true" : "false"; }
};

std::string json_fields(std::string_view component, const std::vector<LogField>& fields) {
    std::string text;
    for (std::size_t i = 0; i < fields.size() && i < kFields; ++i) {
        text += fmt::format(",{}:{}", quoted(fields[i].name), std::visit(JsonValue{component}, fields[i].value));
    }
    return text;
}

std::string english(const Error& error) {
    return language::render(error, language::Language::en);
}

} // namespace

LineLog::LineLog(LineLogOptions options, MillisecondClock clock)
    : options_(std::move(options)), clock_(std::move(clock)),
      error_(Descriptor(::fcntl(options_.error_descriptor, F_DUPFD_CLOEXEC, 0))) {}

Result<std::unique_ptr<LineLog>> LineLog::open(LineLogOptions options, MillisecondClock clock) {
    std::unique_ptr<LineLog> log(new LineLog(std::move(options), std::move(clock)));
    if (Result<void> opened = log->open_file(); !opened) {
        if (log->options_.file_is_wanted) {
            return fail(std::move(opened.error()));
        }
        log->say(LogLevel::warning, english(opened.error()) + "; logging to standard error only");
    }
    return log;
}

Result<void> LineLog::open_file() {
    if (options_.file.empty()) {
        return {};
    }
    Result<LogSink> sink = LogSink::open(options_.file);
    if (!sink) {
        return fail(std::move(sink.error()).in({"log.file", {{"path", options_.file}}}));
    }
    file_.emplace(std::move(*sink));
    return {};
}

void LineLog::write(LogLevel level, std::string_view component, std::string_view text, std::vector<LogField> fields) {
    if (level < options_.minimum) {
        return;
    }
    const std::lock_guard lock(mutex_);
    put(level, component, text, fields);
}

void LineLog::reopen() {
    const std::lock_guard lock(mutex_);
    if (Result<void> opened = open_file(); !opened) {
        put(LogLevel::error, kOwnName, english(opened.error()) + "; what was open before goes on", {});
    }
}

std::int64_t LineLog::lost_lines() const {
    const std::lock_guard lock(mutex_);
    return lost_;
}

std::string LineLog::line(LogLevel level, std::string_view component, std::string_view text,
                          const std::vector<LogField>& fields) const {
    const std::string time = text_of(clock_());
    const std::string safe_component = safe_text(component, kComponentBytes);
    const std::string message = without_words_of_others(safe_text(text, kTextBytes), component);
    if (options_.format == LogFormat::text) {
        return fmt::format("{} {} {} {}\n", time, name_of(level), safe_component, message);
    }
    return fmt::format(R"({{"time":"{}","level":"{}","component":{},"message":{}{}}})"
                       "\n",
                       time, name_of(level), quoted(safe_component), quoted(message), json_fields(component, fields));
}

void LineLog::put(LogLevel level, std::string_view component, std::string_view text,
                  const std::vector<LogField>& fields) {
    const std::string whole = line(level, component, text, fields);
    static_cast<void>(error_.put(whole)); // where nobody listens there is nobody to tell
    put_into_file(whole);
}

void LineLog::put_into_file(std::string_view whole) {
    if (!file_) {
        return;
    }
    const int fault = file_->put(whole);
    if (fault != 0) {
        ++lost_;
        if (++lost_in_a_row_ == 1) {
            const Error error = system_fault("log.cannot_write", fault);
            say(LogLevel::error, fmt::format("{}: {}", options_.file, english(error)));
        }
    } else if (lost_in_a_row_ != 0) {
        const std::string again =
            line(LogLevel::warning, kOwnName,
                 fmt::format("{}: written again; {} lines were lost", options_.file, lost_in_a_row_),
                 {{.name = "lost_lines", .value = lost_in_a_row_}});
        lost_in_a_row_ = 0;
        static_cast<void>(error_.put(again));
        static_cast<void>(file_->put(again));
    }
}

void LineLog::say(LogLevel level, std::string_view text) {
    static_cast<void>(error_.put(line(level, kOwnName, text, {})));
}

} // namespace mcp::adapters
