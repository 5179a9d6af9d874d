#pragma once
#include "api/services.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace mcp::api {

/// What is not ready. Asked by everybody at any rate, so an answer counts for a second, and nobody asks twice at once.
class ReadinessBoard {
public:
    ReadinessBoard(Env& env, std::vector<Readiness> parts);

    /// The parts that are not ready; before the first answer all of them.
    Task<std::vector<const Readiness*>> not_ready();

    static constexpr std::chrono::seconds kFresh{1};

private:
    Task<void> ask_all();
    Task<bool> ask(std::size_t part);

    Env& env_;
    std::vector<Readiness> parts_;
    std::vector<bool> is_ready_;
    std::optional<Timer::Span> asked_at_;
    bool is_asking_ = false;
};

} // namespace mcp::api
