#include "app/config/settings.hpp"

namespace mcp::app {

flow::Schedule Settings::schedule() const {
    return {.enabled = scheduler_enabled, .at = std::chrono::hours{run_hour} + std::chrono::minutes{run_minute}};
}

domain::Language Settings::language() const {
    return default_language == "en" ? domain::Language::en : domain::Language::fr;
}

LogLevel Settings::least_log_level() const {
    if (log_level == "debug") {
        return LogLevel::debug;
    }
    if (log_level == "warning") {
        return LogLevel::warning;
    }
    return log_level == "error" ? LogLevel::error : LogLevel::info;
}

void Settings::complete() {
    if (data_folder.empty()) {
        data_folder = ".";
    }
    if (rag_folder.empty()) {
        rag_folder = data_folder + "/rag/RAG_assets";
    }
}

} // namespace mcp::app
