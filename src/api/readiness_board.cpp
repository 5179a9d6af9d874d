#include "api/readiness_board.hpp"

#include "language/language.hpp"

#include <fmt/format.h>

namespace mcp::api {

ReadinessBoard::ReadinessBoard(Env& env, std::vector<Readiness> parts)
    : env_(env), parts_(std::move(parts)), is_ready_(parts_.size(), false) {}

Task<bool> ReadinessBoard::ask(std::size_t part) {
    std::string fault;
    try {
        Task<Result<void>> question = parts_[part].check();
        const Result<void> answer = co_await std::move(question);
        fault = answer ? "" : language::render(answer.error(), language::Language::en);
    } catch (const std::exception& thrown) {
        fault = thrown.what();
    }
    const bool is_ready = fault.empty();
    const bool is_news = is_ready != is_ready_[part] || !asked_at_;
    if (is_news && !is_ready) {
        env_.log.write(LogLevel::error, "health", fmt::format("{} is not ready: {}", parts_[part].name, fault));
    } else if (is_news && asked_at_) {
        env_.log.write(LogLevel::info, "health", fmt::format("{} is ready again", parts_[part].name));
    }
    co_return is_ready;
}

Task<void> ReadinessBoard::ask_all() {
    for (std::size_t part = 0; part < parts_.size(); ++part) {
        const bool is_ready = co_await ask(part);
        is_ready_[part] = is_ready;
    }
    asked_at_ = env_.timer.now();
}

Task<std::vector<const Readiness*>> ReadinessBoard::not_ready() {
    const bool is_fresh = asked_at_ && env_.timer.now() - *asked_at_ < kFresh;
    if (!is_fresh && !is_asking_) {
        is_asking_ = true;
        co_await ask_all();
        is_asking_ = false;
    }
    std::vector<const Readiness*> missing;
    for (std::size_t part = 0; part < parts_.size(); ++part) {
        if (!is_ready_[part]) {
            missing.push_back(&parts_[part]);
        }
    }
    co_return missing;
}

} // namespace mcp::api
