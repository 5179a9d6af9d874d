#include "flow/schedule.hpp"

#include <fmt/format.h>

namespace mcp::flow {

std::string Schedule::clock_text() const {
    return fmt::format("{:02}:{:02}", at.count() / 60, at.count() % 60);
}

std::string Schedule::cron_text() const {
    return fmt::format("{} {} * * *", at.count() % 60, at.count() / 60);
}

std::string Schedule::in_words() const {
    return fmt::format("Every day at {} UTC", clock_text());
}

} // namespace mcp::flow
